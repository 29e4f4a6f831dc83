//! Clauses of an item as defaults of the loops in it.

use proc_macro2::Ident;
use syn::Expr;

use super::{Clause, Clauses, Place, PrivateKind, Reach, ScheduleArg};

impl Clauses {
    /// These clauses with those of the item around as defaults: what the loop says itself wins.
    pub(crate) fn under(self, defaults: &Self) -> Self {
        let own: Vec<Place> = self.places().into_iter().map(|(_, place)| place).collect();
        let free = |place: &Place| !own.iter().any(|mine| mine.overlaps(place));
        let (schedule, chunk) = self.schedule_under(defaults);
        Self {
            schedule,
            chunk,
            num_threads: self.num_threads.or_else(|| defaults.num_threads.clone()),
            condition: self.condition.or_else(|| defaults.condition.clone()),
            min_chunk: self.min_chunk.or_else(|| defaults.min_chunk.clone()),
            collapse: self.collapse.or_else(|| defaults.collapse.clone()),
            reductions: joined(&defaults.reductions, self.reductions, |r| free(&r.place)),
            privates: joined(&defaults.privates, self.privates, |p| free(&Place::variable(&p.name))),
            owned: joined(&defaults.owned, self.owned, free),
            chunks: joined(&defaults.chunks, self.chunks, |c| free(&c.place)),
            atomic: joined(&defaults.atomic, self.atomic, free),
            scatter: joined(&defaults.scatter, self.scatter, free),
            shared: joined(&defaults.shared, self.shared, free),
            default_none: self.default_none.or_else(|| defaults.default_none.clone()),
            reproducible: self.reproducible.or_else(|| defaults.reproducible.clone()),
            ordered: self.ordered.or_else(|| defaults.ordered.clone()),
            explain: self.explain.or_else(|| defaults.explain.clone()),
            krate: self.krate.or_else(|| defaults.krate.clone()),
            word: self.word,
            written: [defaults.written.as_slice(), &self.written].concat(),
            unclear: self.unclear || defaults.unclear,
            repeated: self.repeated,
        }
    }

    /// When a clause's value is evaluated: in the order of writing, those of the fn around before the loop's own.
    pub(crate) fn turn(&self, key: &Ident) -> Option<usize> {
        self.written.iter().rposition(|written| written == key)
    }

    /// As defaults of a region: without what is about loops only and could be meant for others in the item.
    pub(crate) fn of_regions(&self) -> Self {
        Self { chunk: None, min_chunk: None, reproducible: None, ..self.clone() }
    }

    /// A schedule and its chunk are one wish: a schedule of the loop's own drops both defaults, a chunk of its own drops
    /// the default's chunk wherever that stands.
    fn schedule_under(&self, defaults: &Self) -> (Option<Clause<ScheduleArg>>, Option<Clause<Expr>>) {
        if self.schedule.is_some() {
            return (self.schedule.clone(), self.chunk.clone());
        }
        let mut schedule = defaults.schedule.clone();
        if self.chunk.is_none() {
            return (schedule, defaults.chunk.clone());
        }
        if let Some(Clause { value: ScheduleArg::Known { chunk, .. }, .. }) = &mut schedule {
            *chunk = None;
        }
        (schedule, self.chunk.clone())
    }

    /// `lastprivate(x)` starts as a clone of x, so a `firstprivate(x)` beside it (which OpenMP allows) says nothing new.
    pub(crate) fn settle(&mut self) {
        let last: Vec<Ident> =
            self.privates.iter().filter(|c| matches!(c.value.kind, PrivateKind::Last)).map(|c| c.value.name.clone()).collect();
        self.privates.retain(|c| !(matches!(c.value.kind, PrivateKind::First) && last.contains(&c.value.name)));
    }

    /// What the body tells of the reductions: where it writes `*sum += ..`, `reduction(+: sum)` is `reduction(+: *sum)`.
    pub(crate) fn reach(&mut self, reductions: &[Reach]) {
        for (clause, reach) in self.reductions.iter_mut().zip(reductions) {
            clause.value.reach = *reach;
            clause.value.place.behind |= *reach == Reach::Behind;
        }
    }
}

fn joined<T: Clone>(defaults: &[Clause<T>], own: Vec<Clause<T>>, keep: impl Fn(&T) -> bool) -> Vec<Clause<T>> {
    let mut all: Vec<Clause<T>> = defaults.iter().filter(|c| keep(&c.value)).cloned().collect();
    all.extend(own);
    all
}
