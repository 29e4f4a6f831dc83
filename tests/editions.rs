//! Crates of every edition, in which ours may have another name.

#[path = "common/crates.rs"]
mod crates;

use crates::Crate;

/// Compiles `source` under `edition` with our crate called `ours`, and runs its test.
#[track_caller]
fn runs(name: &str, edition: &str, ours: &str, source: &str) {
    let output = Crate::new(name, edition, ours, source).cargo(&["test", "--lib", "--quiet"]);
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && out.contains("1 passed"), "{name}: {out}{err}");
    assert!(!err.contains("warning"), "{name}: {err}");
}

/// Loops, regions and ways out, as each edition writes them.
const BODY: &str = r#"
#[parallel]
fn total(texts: &[&str], squares: &mut [u64]) -> Result<u64, ::std::num::ParseIntError> {
    let mut total = 0;
    #[parallel(num_threads = 2, schedule = "dynamic", reduction(+: total))]
    for i in 0..texts.len() {
        let number: u64 = texts[i].parse()?;
        squares[i] = number * number;
        total += number;
    }
    Ok(total)
}

fn scratch(out: &mut [usize]) -> usize {
    let mut last = 0;
    parallel_for!(private(t = String::new()), lastprivate(last), for (i, o) in out.iter_mut().enumerate() {
        t.push('x');
        *o = i + t.len() / t.len();
        last = i;
    });
    let mut threads = 0;
    region!(num_threads = 2, reduction(+: threads), |p| {
        threads += p.num_threads() / p.num_threads();
    });
    last + threads / threads
}

mod inner {
    pub mod deeper {
        use super::super::*;
        pub fn sum(x: &[f64]) -> f64 {
            let mut sum = 0.0;
            parallel_for!(reduction(+: sum), for x in x { sum += *x; });
            sum
        }
    }
}

#[test]
fn works() {
    let mut squares = [0; 3];
    assert_eq!(total(&["1", "2", "3"], &mut squares), Ok(6));
    assert_eq!(squares, [1, 4, 9]);
    assert!(total(&["1", "x", "3"], &mut squares).is_err());
    let mut out = [0; 4];
    assert_eq!((scratch(&mut out), out), (4, [1, 2, 3, 4]));
    assert_eq!(inner::deeper::sum(&[1.0, 2.0]), 3.0);
}
"#;

#[test]
fn edition_2015() {
    runs("edition-2015", "2015", "pymp", &format!("extern crate pymp;\nuse pymp::prelude::*;\n{BODY}"));
}

/// Where there is no `::core`, the messages come through all the same.
#[test]
fn errors_of_edition_2015() {
    let source = "extern crate pymp;\nuse pymp::prelude::*;\n\
        #[parallel] pub fn sums(y: &mut [u32]) { #[parallel] for i in 1..y.len() { y[i] += y[i - 1]; } }\n\
        pub fn counted(x: &[u32]) -> u32 { let mut n = 0; parallel_for!(for _ in x { n += 1; }); n }\n\
        pub fn half(x: &[u32]) { parallel_for!(for i in 0..x.len() { x[i]. }); }";
    let output = Crate::new("errors-2015", "2015", "pymp", source).cargo(&["check", "--quiet"]);
    let told = String::from_utf8_lossy(&output.stderr);
    for words in ["iteration i reads `y[i - 1]`", "write `reduction(+: n)`", "this loop cannot be read"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert_eq!(told.matches("\nerror: ").count() + usize::from(told.starts_with("error: ")), 4, "{told}");
}

#[test]
fn edition_2018() {
    runs("edition-2018", "2018", "pymp", &format!("use pymp::prelude::*;\n{BODY}"));
}

#[test]
fn edition_2021() {
    // `gen` is an ordinary name before 2024.
    let source = format!(
        "use pymp::prelude::*;\n{BODY}\n\
         #[parallel] pub fn generations(gen: &mut [u32]) {{ #[parallel] for i in 0..gen.len() {{ gen[i] += 1; }} }}"
    );
    runs("edition-2021", "2021", "pymp", &source);
}

#[test]
fn edition_2024() {
    runs("edition-2024", "2024", "pymp", &format!("use pymp::prelude::*;\n{BODY}"));
}

/// `pymp = { package = "..", .. }` under another name: `crate = ::path` says where it is, on an item for all loops in it.
#[test]
fn another_name() {
    let body = BODY.replace("#[parallel]\nfn", "#[parallel(crate = ::openmp)]\nfn");
    let body =
        body.replace("parallel_for!(", "parallel_for!(crate = ::openmp, ").replace("region!(", "region!(crate = ::openmp, ");
    runs("another-name", "2024", "openmp", &format!("use openmp::prelude::*;\n{body}"));
}

/// A crate that re-exports ours, and whose macros make loops.
#[test]
fn re_exported() {
    let source = r#"
        pub mod vendored {
            pub use openmp as pymp;
        }
        #[macro_export]
        macro_rules! fill {
            ($y:ident, $i:ident => $value:expr) => {
                $crate::vendored::pymp::parallel_for!(crate = $crate::vendored::pymp, for $i in 0..$y.len() { $y[$i] = $value; })
            };
        }
        #[openmp::parallel(crate = crate::vendored::pymp)]
        mod annotated {
            pub fn twice(y: &mut [usize]) {
                #[parallel(num_threads = 2)]
                for i in 0..y.len() {
                    y[i] *= 2;
                }
            }
        }
        #[test]
        fn works() {
            let mut y = [0; 4];
            fill!(y, k => k + 1);
            annotated::twice(&mut y);
            assert_eq!(y, [2, 4, 6, 8]);
        }
    "#;
    runs("re-exported", "2024", "openmp", source);
}
