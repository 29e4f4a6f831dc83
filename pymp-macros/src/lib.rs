//! placeholder
#![allow(dead_code)]
mod access;
mod control;
mod diag {
    pub(crate) mod leaving;
    pub(crate) mod loop_body;
}
mod directive;
mod macros;
mod nest;
mod place;
mod rewrite;
mod scope;
#[cfg(test)]
mod testing;
mod text;
