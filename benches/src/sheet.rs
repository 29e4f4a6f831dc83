//! A child's sheet: it times what it is given, and prints a line for each row.

use std::time::{Duration, Instant};

/// One sample lasts at least this long, so that reading the clock does not count.
const SAMPLE: Duration = Duration::from_millis(1);
/// All samples of a row last about this long.
const ROW: Duration = Duration::from_millis(50);

/// What a child is asked for.
#[derive(Debug)]
pub(crate) enum Wanted {
    /// The names of its rows.
    List,
    /// The figure of this one.
    Row(String),
}

#[derive(Debug)]
pub(crate) struct Sheet {
    contender: String,
    wanted: Wanted,
    large: bool,
}

impl Sheet {
    pub(crate) fn new(contender: &str, wanted: Wanted, large: bool) -> Self {
        Self { contender: contender.to_owned(), wanted, large }
    }

    /// Whether the row is to be measured now.
    pub(crate) fn wants(&self, row: &str) -> bool {
        match &self.wanted {
            Wanted::List => {
                println!("{row}");
                false
            }
            Wanted::Row(wanted) => wanted == row,
        }
    }

    /// Whether anything is to be measured at all.
    pub(crate) fn measures(&self) -> bool {
        matches!(self.wanted, Wanted::Row(_))
    }

    /// Whether rows that need gigabytes of memory, or minutes, are wanted.
    pub(crate) fn large(&self) -> bool {
        self.large
    }

    pub(crate) fn put(&self, row: &str, ns: f64) {
        self.put_as(&self.contender, row, ns);
    }

    /// A figure of another contender that came out on the way.
    #[expect(clippy::unused_self, reason = "the sheet is where figures go")]
    pub(crate) fn put_as(&self, contender: &str, row: &str, ns: f64) {
        println!("{contender}\t{row}\t{ns}");
    }

    /// Times one call of many in a row.
    pub(crate) fn hot(&self, row: &str, call: impl FnMut()) {
        if self.wants(row) {
            self.put(row, per_call(call));
        }
    }

    /// Times one of so many things that a call does.
    pub(crate) fn one_of(&self, many: usize, row: &str, call: impl FnMut()) {
        if self.wants(row) {
            self.put(row, per_call(call) / many as f64);
        }
    }

    /// Times one call of all that fit into a third of a second, interruptions and all: their mean.
    pub(crate) fn lasting(&self, row: &str, mut call: impl FnMut()) {
        if self.wants(row) {
            let (start, mut calls) = (Instant::now(), 0.0);
            while start.elapsed() < Duration::from_millis(333) {
                call();
                calls += 1.0;
            }
            self.put(row, start.elapsed().as_nanos() as f64 / calls);
        }
    }

    /// Times one call, with data that is made only when the row is wanted.
    pub(crate) fn with<T>(&self, row: &str, data: impl FnOnce() -> T, mut call: impl FnMut(&mut T)) {
        if self.wants(row) {
            let mut data = data();
            self.put(row, per_call(|| call(&mut data)));
        }
    }
}

/// Nanoseconds of one call: the median of the samples.
pub(crate) fn per_call(mut call: impl FnMut()) -> f64 {
    let mut sample = |calls: u32| {
        let start = Instant::now();
        (0..calls).for_each(|_| call());
        start.elapsed()
    };
    let mut calls = 1;
    let mut took = sample(calls);
    while took < SAMPLE {
        calls *= 2;
        took = sample(calls);
    }
    let samples = (ROW.as_nanos() / took.as_nanos().max(1)).clamp(3, 31);
    median((0..samples).map(|_| sample(calls).as_nanos() as f64 / f64::from(calls)).collect())
}

pub(crate) fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_unstable_by(f64::total_cmp);
    match figures.len() {
        0 => f64::NAN,
        n if n.is_multiple_of(2) => (figures[n / 2 - 1] + figures[n / 2]) / 2.0,
        n => figures[n / 2],
    }
}
