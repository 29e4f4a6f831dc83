//! What has surely been assigned, along every way through the body.

use std::collections::BTreeSet;

use syn::{Label, Lifetime};

/// What has surely been assigned here.
#[derive(Clone)]
pub(super) enum State {
    Assigned(BTreeSet<String>),
    /// After `continue`, `return`, `panic!`: nothing comes here.
    Unreachable,
}

impl State {
    /// Two ways meet.
    pub(super) fn join(self, other: State) -> State {
        match (self, other) {
            (State::Unreachable, state) | (state, State::Unreachable) => state,
            (State::Assigned(a), State::Assigned(b)) => State::Assigned(a.intersection(&b).cloned().collect()),
        }
    }
}

/// A loop or labelled block that `break` can leave, and what holds where it does.
struct Exit {
    label: Option<String>,
    is_loop: bool,
    state: State,
}

/// What holds here, and at the ways out of the loops and blocks around.
pub(super) struct Flow {
    pub(super) state: State,
    exits: Vec<Exit>,
}

impl Flow {
    pub(super) fn new() -> Flow {
        Flow { state: State::Assigned(BTreeSet::new()), exits: Vec::new() }
    }

    /// Whether something comes here, and may not have assigned this.
    pub(super) fn lacks(&self, word: &str) -> bool {
        matches!(&self.state, State::Assigned(assigned) if !assigned.contains(word))
    }

    pub(super) fn assign(&mut self, word: String) {
        if let State::Assigned(assigned) = &mut self.state {
            assigned.insert(word);
        }
    }

    /// Nothing comes on from here.
    pub(super) fn end(&mut self) {
        self.state = State::Unreachable;
    }

    /// Another way came here too.
    pub(super) fn meet(&mut self, other: State) {
        self.state = self.state.clone().join(other);
    }

    /// Something begins that `break` can leave.
    pub(super) fn enter(&mut self, label: Option<&Label>, is_loop: bool) {
        let label = label.map(|label| label.name.ident.to_string());
        self.exits.push(Exit { label, is_loop, state: State::Unreachable });
    }

    /// It ends: what holds after all its `break`s.
    pub(super) fn exit(&mut self) -> State {
        self.exits.pop().map_or(State::Unreachable, |exit| exit.state)
    }

    /// `break`.
    pub(super) fn leave(&mut self, label: Option<&Lifetime>) {
        let name = label.map(|label| label.ident.to_string());
        let state = std::mem::replace(&mut self.state, State::Unreachable);
        let found = self.exits.iter_mut().rev().find(|exit| match &name {
            Some(name) => exit.label.as_ref() == Some(name),
            None => exit.is_loop,
        });
        if let Some(exit) = found {
            exit.state = exit.state.clone().join(state);
        }
    }

    /// For the body of a closure, which leaves nothing outside of it and may run or not, any number of times.
    pub(super) fn apart(&mut self) -> Flow {
        std::mem::replace(self, Flow { state: self.state.clone(), exits: Vec::new() })
    }
}
