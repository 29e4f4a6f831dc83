//! NAS EP, "embarrassingly parallel": count pairs of Gaussian random numbers, ring by ring.
//!
//! Written from the specification in "The NAS Parallel Benchmarks" (Bailey et al., NASA report RNR-94-007).

use std::str::FromStr;

use pymp::prelude::*;

use crate::support::{Trial, timed};

/// A problem size, with the results that NASA published for it.
#[derive(Clone, Copy)]
pub(crate) struct Class {
    name: char,
    /// There are `2^log_pairs` pairs of uniform numbers.
    log_pairs: u32,
    sx: f64,
    sy: f64,
    /// How many of them become Gaussian pairs.
    accepted: u64,
    /// How many fall into each ring; the report says it for class A alone.
    rings: Option<[u64; 10]>,
}

const CLASSES: [Class; 3] = [
    Class { name: 'S', log_pairs: 24, sx: -3.24783465203474e+03, sy: -6.958407078382297e+03, accepted: 13_176_389, rings: None },
    Class { name: 'W', log_pairs: 25, sx: -2.863319731645753e+03, sy: -6.320053679109499e+03, accepted: 26_354_769, rings: None },
    Class {
        name: 'A',
        log_pairs: 28,
        sx: -4.295875165629892e+03,
        sy: -1.580732573678431e+04,
        accepted: 210_832_767,
        rings: Some(RINGS_A),
    },
];

const RINGS_A: [u64; 10] = [98_257_395, 93_827_014, 17_611_549, 1_110_028, 26_536, 245, 0, 0, 0, 0];

impl FromStr for Class {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = CLASSES.into_iter().find(|class| name.eq_ignore_ascii_case(&class.name.to_string()));
        found.ok_or_else(|| format!("there is no class `{name}`: write S, W or A"))
    }
}

/// The sums of both members of the Gaussian pairs, and how many pairs fell into each of ten square rings.
#[derive(Clone, Copy, Default)]
struct Sums {
    sx: f64,
    sy: f64,
    q: [u64; 10],
}

#[parallel]
fn ep(batches: u64) -> Sums {
    let Sums { mut sx, mut sy, mut q } = Sums::default();
    #[parallel(reduction(+: sx, sy, q))]
    for batch in 0..batches {
        let of_batch = sums(batch);
        sx += of_batch.sx;
        sy += of_batch.sy;
        for (ring, pairs) in of_batch.q.into_iter().enumerate() {
            q[ring] += pairs;
        }
    }
    Sums { sx, sy, q }
}

fn ep_serial(batches: u64) -> Sums {
    let Sums { mut sx, mut sy, mut q } = Sums::default();
    for batch in 0..batches {
        let of_batch = sums(batch);
        sx += of_batch.sx;
        sy += of_batch.sy;
        for (ring, pairs) in of_batch.q.into_iter().enumerate() {
            q[ring] += pairs;
        }
    }
    Sums { sx, sy, q }
}

/// The sums over one batch. Not inlined, so that both loops run the same code: how well the compiler does two copies of it differs by
/// more than what a team costs.
#[inline(never)]
fn sums(batch: u64) -> Sums {
    let Sums { mut sx, mut sy, mut q } = Sums::default();
    for (x, y) in gaussian_pairs(batch) {
        sx += x;
        sy += y;
        q[x.abs().max(y.abs()) as usize] += 1;
    }
    Sums { sx, sy, q }
}

/// Enough work per iteration to be worth a thread's while, and still 256 iterations in the smallest class.
const LOG_BATCH: u32 = 16;

/// Marsaglia's polar method on the `batch`th stretch of the random stream.
fn gaussian_pairs(batch: u64) -> impl Iterator<Item = (f64, f64)> {
    let mut random = Random::after(batch << (LOG_BATCH + 1));
    (0..1 << LOG_BATCH).filter_map(move |_| {
        let x = 2.0 * random.uniform() - 1.0;
        let y = 2.0 * random.uniform() - 1.0;
        let t = x * x + y * y;
        (t <= 1.0).then(|| {
            let scale = (-2.0 * t.ln() / t).sqrt();
            (x * scale, y * scale)
        })
    })
}

/// The linear congruence `x = a x mod 2^46`. As 2^46 divides 2^64, wrapping integers compute it exactly.
struct Random(u64);

impl Random {
    const A: u64 = 5_u64.pow(13);
    const SEED: u64 = 271_828_183;
    const MASK: u64 = (1 << 46) - 1;

    /// The stream as it stands after `count` numbers: what lets every batch start on its own.
    fn after(count: u64) -> Self {
        let (mut x, mut factor, mut rest) = (Self::SEED, Self::A, count);
        while rest > 0 {
            if rest & 1 == 1 {
                x = x.wrapping_mul(factor);
            }
            factor = factor.wrapping_mul(factor);
            rest >>= 1;
        }
        Self(x & Self::MASK)
    }

    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(Self::A) & Self::MASK;
        self.0 as f64 / (1_u64 << 46) as f64
    }
}

pub(crate) fn trial(class: Class) -> Trial {
    let batches = 1 << (class.log_pairs - LOG_BATCH);
    let (expected, serial) = timed(2, || ep_serial(batches));
    let (sums, parallel) = timed(2, || ep(batches));
    let what = format!("ep, class {}", class.name);
    Trial { what, serial, parallel, checked: check(&class, &expected, &sums) }
}

/// Floating-point sums may differ in the last digits, since they are added in another order; counts may not.
fn check(class: &Class, serial: &Sums, sums: &Sums) -> Result<String, String> {
    for (name, sum, published) in [("sx", sums.sx, class.sx), ("sy", sums.sy, class.sy)] {
        let error = ((sum - published) / published).abs();
        if error.is_nan() || error > 1e-8 {
            return Err(format!("{name} is {sum:e}, NASA published {published:e}"));
        }
    }
    let accepted: u64 = sums.q.iter().sum();
    if accepted != class.accepted {
        return Err(format!("{accepted} Gaussian pairs, NASA published {}", class.accepted));
    }
    let rings = class.rings.unwrap_or(serial.q);
    if sums.q != rings {
        return Err(format!("the rings hold {:?} instead of {rings:?}", sums.q));
    }
    Ok(format!("NASA's sums and {accepted} pairs"))
}
