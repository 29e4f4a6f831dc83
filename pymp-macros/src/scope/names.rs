//! The names that are bound where a pass stands.

use std::collections::BTreeMap;

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::{Block, Expr, Item, Pat, Stmt};

use crate::access::Sum;
use crate::nest::Level;

/// What a name bound in the loop stands for.
#[derive(Clone)]
pub(crate) enum Binding {
    /// The loop variable; under `collapse` the number says of which loop.
    Counter(usize),
    /// The variable of a loop inside the body, with the `m` of its `0..m`.
    Inner(Box<Expr>),
    /// `let k = i as usize;`, another name of what is made of loop variables.
    Index(Sum),
    Local,
    /// A function, constant or static in the body.
    Item,
}

#[derive(Default)]
pub(crate) struct Scope {
    /// Each with the number of the binding.
    frames: Vec<BTreeMap<String, (usize, Binding)>>,
    bound: usize,
}

impl Scope {
    /// The scope a loop body starts in: its own pattern variables.
    pub(crate) fn of(levels: &[Level<'_>]) -> Scope {
        let mut scope = Scope::default();
        scope.enter();
        for level in levels {
            scope.bind(level.pat);
        }
        for (depth, level) in levels.iter().enumerate() {
            if let Some(counter) = level.counter() {
                scope.insert(counter, Binding::Counter(depth));
            }
        }
        scope
    }

    pub(crate) fn enter(&mut self) {
        self.frames.push(BTreeMap::new());
    }

    pub(crate) fn leave(&mut self) {
        self.frames.pop();
    }

    pub(crate) fn insert(&mut self, name: &Ident, binding: Binding) {
        self.bound += 1;
        if let Some(frame) = self.frames.last_mut() {
            frame.insert(name.unraw().to_string(), (self.bound, binding));
        }
    }

    pub(crate) fn get(&self, name: &Ident) -> Option<&Binding> {
        self.found(&name.unraw().to_string()).map(|(_, binding)| binding)
    }

    /// Another number is another variable; 0 for what is captured.
    pub(crate) fn number(&self, name: &str) -> usize {
        self.found(name).map_or(0, |(number, _)| *number)
    }

    fn found(&self, name: &str) -> Option<&(usize, Binding)> {
        self.frames.iter().rev().find_map(|frame| frame.get(name))
    }

    pub(crate) fn is_captured(&self, name: &Ident) -> bool {
        self.get(name).is_none()
    }

    /// All names a pattern binds.
    pub(crate) fn bind(&mut self, pat: &Pat) {
        match pat {
            Pat::Ident(ident) => {
                self.insert(&ident.ident, Binding::Local);
                if let Some((_, inner)) = &ident.subpat {
                    self.bind(inner);
                }
            }
            Pat::Guard(guard) => self.bind(&guard.pat),
            Pat::Or(or) => or.cases.iter().for_each(|case| self.bind(case)),
            Pat::Paren(inner) => self.bind(&inner.pat),
            Pat::Reference(inner) => self.bind(&inner.pat),
            Pat::Slice(slice) => slice.elems.iter().for_each(|elem| self.bind(elem)),
            Pat::Struct(fields) => fields.fields.iter().for_each(|field| self.bind(&field.pat)),
            Pat::Tuple(tuple) => tuple.elems.iter().for_each(|elem| self.bind(elem)),
            Pat::TupleStruct(tuple) => tuple.elems.iter().for_each(|elem| self.bind(elem)),
            Pat::Type(typed) => self.bind(&typed.pat),
            _ => {}
        }
    }

    /// Items are visible in their whole block, also above themselves.
    pub(super) fn bind_items(&mut self, block: &Block) {
        for stmt in &block.stmts {
            match stmt {
                Stmt::Item(Item::Const(item)) => self.insert(&item.ident, Binding::Item),
                Stmt::Item(Item::Static(item)) => self.insert(&item.ident, Binding::Item),
                Stmt::Item(Item::Fn(item)) => self.insert(&item.sig.ident, Binding::Item),
                _ => {}
            }
        }
    }
}
