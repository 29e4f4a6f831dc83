//! The Mandelbrot set as a PNG, and why `dynamic` beats `static` when iterations differ in cost.
//!
//! ```text
//! cargo run --release --example mandelbrot -- mandelbrot.png
//! ```
//!
//! ```text
//! static    thread 0 gets the upper rows, which are cheap, and waits for the others
//! dynamic   threads take row after row, and finish together
//! guided    as dynamic, in pieces that shrink: large as long as there is much left
//! ```

mod support;

#[path = "kernels/mandelbrot.rs"]
mod mandelbrot;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use mandelbrot::{Picture, Pixel};

fn main() -> ExitCode {
    let path = std::env::args_os().nth(1).map_or_else(|| std::env::temp_dir().join("mandelbrot.png"), PathBuf::from);
    let picture = Picture::new(1600);
    let (trials, image) = mandelbrot::trials(picture);
    let verdict = support::report(&trials);
    match write_png(&path, picture, &image) {
        Ok(()) => {
            println!("\nthe picture is in {}", path.display());
            verdict
        }
        Err(problem) => {
            eprintln!("mandelbrot: {}: {problem}", path.display());
            ExitCode::FAILURE
        }
    }
}

fn write_png(path: &Path, picture: Picture, image: &[Pixel]) -> Result<(), png::EncodingError> {
    let mut encoder = png::Encoder::new(File::create(path)?, picture.width as u32, picture.height as u32);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(image.as_flattened())?;
    writer.finish()
}
