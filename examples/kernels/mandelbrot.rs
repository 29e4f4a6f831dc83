//! The Mandelbrot set, row by row. A row inside the set costs a hundred times one outside, which is what schedules are for.

use std::time::Duration;

use pymp::prelude::*;

use crate::support::{Trial, timed};

/// Red, green, blue.
pub(crate) type Pixel = [u8; 3];

const LIMIT: u32 = 1000;

/// A picture of the set's upper half: cheap rows above, costly ones below.
#[derive(Clone, Copy)]
pub(crate) struct Picture {
    pub(crate) width: usize,
    pub(crate) height: usize,
}

impl Picture {
    pub(crate) fn new(width: usize) -> Self {
        Self { width, height: width / 2 }
    }

    fn pixel(self, row: usize, col: usize) -> Pixel {
        let scale = 2.6 / self.width as f64;
        colour(escape(col as f64 * scale - 2.05, (self.height - row) as f64 * scale))
    }
}

#[parallel]
fn draw(picture: Picture, schedule: Schedule) -> Vec<Pixel> {
    let Picture { width, height } = picture;
    let mut image = vec![[0; 3]; width * height];
    #[parallel(schedule = schedule, chunks(image, width))]
    for row in 0..height {
        for col in 0..width {
            image[row * width + col] = picture.pixel(row, col);
        }
    }
    image
}

fn draw_serial(picture: Picture) -> Vec<Pixel> {
    let Picture { width, height } = picture;
    let mut image = vec![[0; 3]; width * height];
    for row in 0..height {
        for col in 0..width {
            image[row * width + col] = picture.pixel(row, col);
        }
    }
    image
}

/// How many steps of `z = z^2 + c` it takes to leave the circle of radius 2.
fn escape(re: f64, im: f64) -> u32 {
    let (mut x, mut y) = (0.0, 0.0);
    for step in 0..LIMIT {
        let (xx, yy) = (x * x, y * y);
        if xx + yy > 4.0 {
            return step;
        }
        y = 2.0 * x * y + im;
        x = xx - yy + re;
    }
    LIMIT
}

/// Black inside, blue to white outside.
fn colour(steps: u32) -> Pixel {
    if steps == LIMIT {
        return [0; 3];
    }
    let light = (f64::from(steps) / f64::from(LIMIT)).powf(0.3);
    [light * light, light, 0.4 + 0.6 * light].map(|part| (255.0 * part) as u8)
}

/// One trial per schedule, and the picture.
pub(crate) fn trials(picture: Picture) -> (Vec<Trial>, Vec<Pixel>) {
    let (expected, serial) = timed(2, || draw_serial(picture));
    let trials = ["static", "dynamic", "guided"].map(|name| {
        let schedule: Schedule = name.parse().expect("the name of a schedule");
        let (image, parallel) = timed(2, || draw(picture, schedule));
        trial(name, serial, parallel, &image, &expected)
    });
    (trials.into(), expected)
}

fn trial(name: &str, serial: Duration, parallel: Duration, image: &[Pixel], expected: &[Pixel]) -> Trial {
    let checked = match image.iter().zip(expected).position(|(pixel, other)| pixel != other) {
        None => Ok("equal to the serial loop, pixel for pixel".into()),
        Some(at) => Err(format!("pixel {at} is {:?}, the serial loop has {:?}", image[at], expected[at])),
    };
    Trial { what: format!("mandelbrot, {name}"), serial, parallel, checked }
}
