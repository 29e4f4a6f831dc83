//! The peers in Rust, each as its users write it.

#[cfg(feature = "peers")]
mod forkunion;
#[cfg(feature = "peers")]
mod paralight;
mod rayon;
#[cfg(feature = "peers")]
mod spindle;
mod std;

use ::std::process::ExitCode;

use crate::sheet::Sheet;

/// All rows of a peer.
pub(crate) fn rows(contender: &str, sheet: &Sheet) -> ExitCode {
    match contender {
        "rayon" => rayon::rows(sheet),
        "std" => std::rows(sheet),
        #[cfg(feature = "peers")]
        "forkunion" => forkunion::rows(sheet),
        #[cfg(feature = "peers")]
        "spindle" => spindle::rows(sheet),
        #[cfg(feature = "peers")]
        "paralight" => paralight::rows(sheet),
        _ => {
            eprintln!("there is no contender `{contender}` in this build");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
