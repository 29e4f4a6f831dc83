//! Scratch space from outside of the loop: what each iteration writes anew before it reads it, as in C.

use super::index::Index;
use super::judge::Judge;
use super::reduced::same_words;
use super::usage::{How, Use};
use crate::directive::Place;
use crate::macros;
use crate::nest::Level;

impl<'a> Judge<'a> {
    /// `r[0] = x[i]; r[1] = r[0] * 2.0;`, `for k in 0..m { buf[k] = ..; }`.
    pub(super) fn is_scratch(&self, write: &Use) -> bool {
        let whole = || self.of(&write.place);
        let written = match write.index {
            Index::Inner => !matches!(write.how, How::Update { .. }),
            Index::Fixed => self.is_fixed_scratch(write) && whole().any(|usage| !usage.writes()),
            _ => false,
        };
        written && is_made_first(&whole().collect::<Vec<_>>())
    }

    /// `u[k][i]` is in a row that all share, and yet in a column that is the iteration's own.
    fn is_fixed_scratch(&self, write: &Use) -> bool {
        let words = macros::words(write.tokens.clone());
        let counts = self.levels.iter().filter_map(Level::counter).any(|counter| words.contains(counter));
        matches!(write.how, How::Assign { .. }) && !counts
    }

    /// `v.x = x[i]; v.y = v.x * 2.0;`: all that the body uses of `v`.
    pub(super) fn is_scratch_struct(&self, write: &Use) -> bool {
        let of_it = || self.of_root(write);
        let fields = of_it().all(|usage| usage.index == Index::None && !usage.deref);
        let read = of_it().any(|usage| !usage.writes());
        let assigned = matches!(write.how, How::Assign { .. }) && !write.place.is_variable() && write.place.root != "self";
        assigned && fields && read && is_made_first(&of_it().collect::<Vec<_>>())
    }

    pub(super) fn of_root(&self, write: &Use) -> impl Iterator<Item = &'a Use> {
        let all = Place::variable(&write.place.root);
        self.uses.iter().filter(move |usage| all.leads_to(&usage.place))
    }
}

/// Whether nothing is read that was not assigned before, in the order of the text.
fn is_made_first(uses: &[&Use]) -> bool {
    uses.iter().enumerate().all(|(at, usage)| {
        let assigns = matches!(usage.how, How::Assign { .. } | How::Len);
        assigns || uses.iter().take(at).any(|made| makes(made, usage))
    })
}

fn makes(made: &Use, usage: &Use) -> bool {
    let surely = made.ifs.iter().all(|branch| usage.ifs.contains(branch));
    let there = made.index == Index::Inner || usage.index != Index::Fixed || same_words(made, usage);
    let assigned = matches!(made.how, How::Assign { .. }) || (made.index == Index::Inner && made.writes());
    assigned && surely && there && made.place.overlaps(&usage.place)
}
