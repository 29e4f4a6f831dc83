//! The crate under another name.
#![forbid(unsafe_code)]
#![deny(warnings)]

pub extern crate pymp as openmp;

pub mod deps {
    pub use ::openmp as parallel_loops;
}

#[openmp::parallel(crate = ::openmp)]
fn attribute(y: &mut [usize]) {
    #[parallel]
    for i in 0..y.len() {
        y[i] = i;
    }
}

fn the_macro(y: &mut [usize]) -> Option<usize> {
    openmp::parallel_for!(crate = crate::deps::parallel_loops, for i in 0..y.len() {
        y[i] += 1;
        if y[i] > 100 {
            return Some(i);
        }
    });
    None
}

#[macro_export]
macro_rules! re_exported {
    ($y:ident) => {
        $crate::deps::parallel_loops::parallel_for!(crate = $crate::deps::parallel_loops, for i in 0..$y.len() {
            $y[i] += 1;
        })
    };
}

fn main() {
    let mut y = [0; 3];
    attribute(&mut y);
    assert_eq!(the_macro(&mut y), None);
    re_exported!(y);
    assert_eq!(y, [2, 3, 4]);
}
