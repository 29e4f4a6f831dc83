//! Writes to a captured variable itself, that no clause lists: what they look like, and what to say.

use proc_macro2::Ident;
use syn::Error;

use super::chained::is_chained;
use super::forms::Op;
use super::index::Index;
use super::judge::Judge;
use super::kept::Kept;
use super::purpose::Purpose;
use super::respelled::respelled;
use super::usage::{How, Use};
use super::{assigned, methods, reduced};
use crate::diag::loop_body as diag;

impl<'a> Judge<'a> {
    /// A write to a captured variable itself.
    pub(super) fn variable(&self, write: &'a Use, shared: bool) -> Option<Error> {
        match &write.how {
            How::Update { .. } if self.is_set_both_ways(write) => Some(diag::assigned(write)),
            How::Update { op, spelled, .. } => Some(self.updated(write, *op, spelled)),
            How::Assign { .. } if respelled(write).is_some() => {
                respelled(write).map(|instead| diag::in_other_words(write, &instead))
            }
            How::Assign { .. } if self.by_key(write).is_some() => self.by_key(write),
            How::Assign { itself, .. } => Some(match Kept::by(write, self.uses) {
                Kept::Extremum(op) => match self.behind(write) {
                    Some(other) => diag::update_behind(write, op, other),
                    None => self.updated(write, op, "= .."),
                },
                Kept::Another(compared) if compared.place.same(&write.place) => diag::keeps_another(write, compared, None),
                _ if *itself || self.is_compared(write) => {
                    let read = |other: &&Use| other.place.same(&write.place) && matches!(other.how, How::Read | How::Format);
                    diag::made_from_itself(write, is_chained(write), self.uses.iter().filter(read).count() > 1)
                }
                _ => self.assignment(write),
            }),
            _ if shared => None,
            How::Method(method) if method == "write_str" => {
                Some(diag::appended(write, &Ident::new("write", method.span()), self.ordered))
            }
            How::Method(method) if self.is_appended(write) => Some(diag::appended(write, method, self.ordered)),
            How::Borrow(_) | How::Apart | How::Method(_) => Some(
                diag::in_each_row(write, self.nest)
                    .unwrap_or_else(|| diag::changed(write, Purpose::of(write, self.of(&write.place)), self.levels)),
            ),
            How::Perhaps(_) => None,
            How::Read | How::Compared { .. } | How::Len | How::Opaque | How::Format => None,
        }
    }

    fn updated(&self, write: &Use, op: Op, spelled: &str) -> Error {
        match self.in_between(write, op) {
            Some(other) => diag::update_and_use(write, op, spelled, other),
            None => diag::update(write, op, spelled),
        }
    }

    /// `v.push(..)`, `v.extend(..)`, and no `v.pop()`.
    fn is_appended(&self, write: &Use) -> bool {
        let takes = |method: &Ident| !methods::appends(&method.to_string()) && method != "reserve" && method != "write_str";
        let taken = self.of(&write.place).any(|usage| matches!(&usage.how, How::Method(method) if takes(method)));
        matches!(&write.how, How::Method(method) if !takes(method)) && !taken
    }

    /// `x = ..`, where the value of an earlier iteration may be read.
    fn assignment(&self, write: &Use) -> Error {
        if let Some((compared, order)) = self.kept_index(write) {
            return diag::kept_index(compared, order, write, &self.ties());
        }
        match assigned::read_first(self.nest, std::slice::from_ref(&write.place.root)).first() {
            Some((_, read)) if write.place.is_variable() && !write.deref => diag::carried_variable(write, read),
            _ => diag::assigned(write),
        }
    }

    /// `found = true` here and `found = false` there: the last one counts.
    fn is_set_both_ways(&self, write: &Use) -> bool {
        let set = |flag: &str| {
            let is_flag = |how: &How| matches!(how, How::Update { spelled, .. } if spelled == flag);
            self.uses.iter().any(|other| other.place.same(&write.place) && is_flag(&other.how))
        };
        set("= true") && set("= false")
    }

    /// `sum += x; if sum > limit { .. }`: what else the body does with a sum, a product or an extremum, so that no reduction can hold it.
    fn in_between(&self, write: &Use, op: Op) -> Option<&'a Use> {
        let extremum = matches!(op, Op::Min | Op::Max);
        if !extremum && !matches!(op, Op::Add | Op::Sub | Op::Mul | Op::BitXor) {
            return None;
        }
        self.uses.iter().filter(|other| other.place.same(&write.place) && other.index == Index::None).find(|other| {
            match &other.how {
                How::Read | How::Format => true,
                How::Compared { .. } => !extremum,
                How::Update { op: also, .. } => *also != op && !matches!((op, also), (Op::Add | Op::Sub, Op::Add | Op::Sub)),
                _ => false,
            }
        })
    }

    /// `if e > best.0 { best = .. }`.
    fn is_compared(&self, write: &Use) -> bool {
        self.uses.iter().any(|usage| match usage.how {
            How::Compared { branch, .. } => usage.place.overlaps(&write.place) && reduced::under(write, branch),
            _ => false,
        })
    }
}
