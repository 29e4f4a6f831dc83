//! Stars that attract each other, by the leapfrog method: kick, drift, and kick again.

#![allow(clippy::needless_range_loop, reason = "the loops are written as on paper")]

use std::ops::{Add, AddAssign, Mul, Sub};

use pymp::prelude::*;

use crate::support::{Trial, bit_for_bit, timed};

#[derive(Clone, Copy, Default)]
pub(crate) struct Vec3([f64; 3]);

#[derive(Clone)]
struct Cluster {
    mass: Vec<f64>,
    pos: Vec<Vec3>,
    vel: Vec<Vec3>,
    acc: Vec<Vec3>,
}

/// Keeps two stars that meet from throwing each other to infinity.
const SOFTENING: f64 = 0.05;
const DT: f64 = 1e-3;

#[parallel]
impl Cluster {
    // Clauses on a function are the defaults of every loop in it.
    #[parallel(num_threads = threads)]
    fn step(&mut self, threads: usize) {
        let n = self.pos.len();
        #[parallel]
        for i in 0..n {
            self.vel[i] += self.acc[i] * (0.5 * DT);
            self.pos[i] += self.vel[i] * DT;
        }
        #[parallel]
        for i in 0..n {
            self.acc[i] = pull(i, &self.mass, &self.pos);
            self.vel[i] += self.acc[i] * (0.5 * DT);
        }
    }

    fn energy(&self, threads: usize) -> f64 {
        let mut energy = 0.0;
        #[parallel(num_threads = threads, reduction(+: energy))]
        for i in 0..self.pos.len() {
            energy += energy_of(i, self);
        }
        energy
    }
}

impl Cluster {
    fn step_serial(&mut self) {
        let n = self.pos.len();
        for i in 0..n {
            self.vel[i] += self.acc[i] * (0.5 * DT);
            self.pos[i] += self.vel[i] * DT;
        }
        for i in 0..n {
            self.acc[i] = pull(i, &self.mass, &self.pos);
            self.vel[i] += self.acc[i] * (0.5 * DT);
        }
    }

    fn energy_serial(&self) -> f64 {
        (0..self.pos.len()).map(|i| energy_of(i, self)).sum()
    }

    /// Stars in a ball of radius 1, slowly turning about the third axis.
    fn new(n: usize) -> Self {
        let mut state = 1_u64;
        let mut random = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
        };
        let ball = std::iter::repeat_with(|| Vec3([random(), random(), random()])).filter(|p| p.square() <= 1.0);
        let pos: Vec<Vec3> = ball.take(n).collect();
        let vel = pos.iter().map(|Vec3([x, y, _])| Vec3([-0.7 * y, 0.7 * x, 0.0])).collect();
        let mass = vec![1.0 / n as f64; n];
        let acc = (0..n).map(|i| pull(i, &mass, &pos)).collect();
        Self { mass, pos, vel, acc }
    }
}

/// The acceleration of star `i`. It adds nothing for `i` itself, whose distance is zero.
fn pull(i: usize, mass: &[f64], pos: &[Vec3]) -> Vec3 {
    let mut acc = Vec3::default();
    for j in 0..pos.len() {
        let r = pos[j] - pos[i];
        let square = r.square() + SOFTENING * SOFTENING;
        acc += r * (mass[j] / (square * square.sqrt()));
    }
    acc
}

/// The kinetic energy of star `i`, and its half of the potential energy of its pairs.
fn energy_of(i: usize, cluster: &Cluster) -> f64 {
    let Cluster { mass, pos, vel, .. } = cluster;
    let mut potential = 0.0;
    for j in 0..pos.len() {
        if j != i {
            potential -= mass[j] / ((pos[j] - pos[i]).square() + SOFTENING * SOFTENING).sqrt();
        }
    }
    0.5 * mass[i] * (vel[i].square() + potential)
}

pub(crate) fn trial(bodies: usize, steps: usize) -> Trial {
    let start = Cluster::new(bodies);
    let run = |step: &dyn Fn(&mut Cluster)| {
        let mut cluster = start.clone();
        (0..steps).for_each(|_| step(&mut cluster));
        cluster
    };
    let threads = pymp::max_threads();
    let (expected, serial) = timed(2, || run(&Cluster::step_serial));
    let (cluster, parallel) = timed(2, || run(&|cluster| cluster.step(threads)));

    let checked = bit_for_bit(&coordinates(&cluster), &coordinates(&expected)).and_then(|same| {
        check_energy(&cluster, &start)?;
        Ok(format!("positions {same}; one energy at 1, 2, 4 threads"))
    });
    Trial { what: format!("nbody, {bodies} bodies, {steps} steps"), serial, parallel, checked }
}

fn coordinates(cluster: &Cluster) -> Vec<f64> {
    cluster.pos.iter().flat_map(|p| p.0).collect()
}

/// The sum is the same for every team, right to rounding, and conserved to what the method promises.
fn check_energy(end: &Cluster, start: &Cluster) -> Result<(), String> {
    let energy = end.energy(1);
    for threads in [2, 4] {
        let other = end.energy(threads);
        if other.to_bits() != energy.to_bits() {
            return Err(format!("energy {other:e} with {threads} threads, {energy:e} with one"));
        }
    }
    for (what, reference, tolerance) in
        [("with the serial loop", end.energy_serial(), 1e-12), ("at the start", start.energy_serial(), 1e-4)]
    {
        let error = ((energy - reference) / reference).abs();
        if error.is_nan() || error > tolerance {
            return Err(format!("energy {energy:e}, {what} {reference:e}"));
        }
    }
    Ok(())
}

impl Vec3 {
    fn square(self) -> f64 {
        let [x, y, z] = self.0;
        x * x + y * y + z * z
    }
}

impl Add for Vec3 {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self([self.0[0] + other.0[0], self.0[1] + other.0[1], self.0[2] + other.0[2]])
    }
}

impl Sub for Vec3 {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self([self.0[0] - other.0[0], self.0[1] - other.0[1], self.0[2] - other.0[2]])
    }
}

impl Mul<f64> for Vec3 {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self(self.0.map(|part| part * factor))
    }
}

impl AddAssign for Vec3 {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}
