//! The examples' own kernels, which time the serial loop beside the parallel one and check the result.

#[path = "../../../examples/kernels/ep.rs"]
mod ep;
#[path = "../../../examples/kernels/mandelbrot.rs"]
mod mandelbrot;
#[path = "../../../examples/kernels/nbody.rs"]
mod nbody;

use crate::sheet::Sheet;
use crate::support::Trial;

pub(crate) fn rows(sheet: &Sheet) {
    if pymp::config::set_num_threads(2).is_err() {
        return;
    }
    let put = |row: &str, trial: Trial| match trial.checked {
        Ok(_) => {
            sheet.put_as("serial", row, trial.serial.as_nanos() as f64);
            sheet.put(row, trial.parallel.as_nanos() as f64);
        }
        Err(wrong) => eprintln!("{}: {wrong}", trial.what),
    };
    let row = "example: ep, class S, 2 threads";
    if let Ok(class) = "S".parse()
        && sheet.wants(row)
    {
        put(row, ep::trial(class));
    }
    let row = "example: mandelbrot, dynamic, 2 threads";
    if sheet.wants(row) {
        let (trials, _) = mandelbrot::trials(mandelbrot::Picture::new(600));
        trials.into_iter().filter(|trial| trial.what.contains("dynamic")).for_each(|trial| put(row, trial));
    }
    let row = "example: nbody, 512 bodies, 2 threads";
    if sheet.wants(row) {
        put(row, nbody::trial(512, 50));
    }
}
