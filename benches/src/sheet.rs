//! A child's sheet: it times what it is given, and prints a line for each row.

use std::cell::RefCell;
use std::time::{Duration, Instant};

/// One sample lasts at least this long, so that reading the clock does not count.
const SAMPLE: Duration = Duration::from_millis(1);
/// So long it runs before that: until then the data comes nearer, call by call.
const WARM: Duration = Duration::from_millis(30);
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

    /// Times a call of ours and the same without us, in turns, in one process and on the same data: where that lies in memory matters
    /// more than what is measured.
    pub(crate) fn beside_serial<T>(&self, row: &str, data: impl FnOnce() -> T, ours: fn(&mut T), serial: fn(&mut T)) {
        if self.wants(row) {
            let data = &RefCell::new(data());
            let [ours, serial] = per_call_of_each([ours, serial].map(|call| move || call(&mut data.borrow_mut())));
            self.put(row, ours);
            self.put_as("serial", row, serial);
        }
    }
}

/// Nanoseconds of one call: the median of the samples.
pub(crate) fn per_call(call: impl FnMut()) -> f64 {
    let [figure] = per_call_of_each([call]);
    figure
}

/// The same of several, which take turns.
pub(crate) fn per_call_of_each<const N: usize>(mut each: [impl FnMut(); N]) -> [f64; N] {
    let lots = each.each_mut().map(Lot::new);
    let mut figures = [const { Vec::new() }; N];
    for _ in 0..lots.iter().map(|lot| lot.samples).min().unwrap_or(0) {
        for ((call, lot), figures) in each.iter_mut().zip(&lots).zip(&mut figures) {
            figures.push(sample(lot.calls, call).as_nanos() as f64 / f64::from(lot.calls));
        }
    }
    figures.map(median)
}

/// How often to call, and how often to time that.
struct Lot {
    calls: u32,
    samples: u128,
}

impl Lot {
    fn new(call: &mut impl FnMut()) -> Self {
        let (start, mut calls) = (Instant::now(), 1);
        let mut took = sample(calls, call);
        while took < SAMPLE || start.elapsed() < WARM {
            if took < SAMPLE {
                calls *= 2;
            }
            took = sample(calls, call);
        }
        Self { calls, samples: (ROW.as_nanos() / took.as_nanos().max(1)).clamp(3, 31) }
    }
}

fn sample(calls: u32, call: &mut impl FnMut()) -> Duration {
    let start = Instant::now();
    (0..calls).for_each(|_| call());
    start.elapsed()
}

pub(crate) fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_unstable_by(f64::total_cmp);
    match figures.len() {
        0 => f64::NAN,
        n if n.is_multiple_of(2) => (figures[n / 2 - 1] + figures[n / 2]) / 2.0,
        n => figures[n / 2],
    }
}
