//! Slips in what the attribute stands on: rustc says what is wrong, as often as without the attribute, and callers find what they call.
use pymp::prelude::*;

struct Body {
    place: Vec<f64>,
}

#[parallel]
impl Body {
    fn still(&mut self) -> f64 {
        let speed = 0.0
        #[parallel]
        for i in 0..self.place.len() {
            self.place[i] += speed;
        }
        speed
    }
}

#[parallel]
fn fill(y: &mut [f64]) -> usize {
    #[parallel]
    for i in 0..y.len() {
        y[i] +=
    }
    y.len()
}

#[parallel]
fn total(y: &[f64]) -> f64 {
    let mut total = 0.0;
    #[parallel(reduction(+: total))]
    for v in y {
        total += v;
    }
    total *
}

fn main() {
    let mut body = Body { place: vec![1.0] };
    println!("{} {} {}", body.still(), fill(&mut body.place), total(&body.place));
}
