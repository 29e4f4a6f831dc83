//! Tells the macros whether an attribute may stand on a loop by itself, which is unstable Rust. On a stable compiler
//! they add the way out to the compiler's own complaint.

use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=RUSTC_BOOTSTRAP");
    println!("cargo:rustc-check-cfg=cfg(pymp_nightly)");
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output();
    let version = version.map_or_else(|_| String::new(), |out| String::from_utf8_lossy(&out.stdout).into_owned());
    let unstable = version.contains("nightly") || version.contains("dev");
    if unstable || std::env::var_os("RUSTC_BOOTSTRAP").is_some() {
        println!("cargo:rustc-cfg=pymp_nightly");
    }
}
