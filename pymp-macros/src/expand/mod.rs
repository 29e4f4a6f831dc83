//! Checked model -> tokens. Total: no error can arise here. Regions are in `region.rs`, `parmap!` in `parmap.rs`.
//!
//! A loop becomes one call of the runtime around the user's own block:
//!
//! ```text
//! let __pymp_loop = Loop::new().num_threads(4);                     clauses.rs
//! match cut!(0..n) { __pymp_head => {                               head.rs
//!     let __pymp_out = __pymp_loop.run(source, arrays, operators, |__pymp_me| {
//!         let mut buf = ..;                                         frame.rs
//!         while let Some((__pymp_chunk, (mut __pymp_y,))) = __pymp_me.next() {
//!             let y = &mut __pymp_y;
//!             let (mut sum,) = __pymp_me.take(|| ..);
//!             for i in __pymp_chunk { the user's block }
//!             __pymp_me.put((sum,));
//!         }
//!     });
//!     if let Some((__pymp_sum,)) = __pymp_out { .. }                results.rs
//! }}
//! ```
//!
//! The user's tokens keep their spans. All else has mixed-site hygiene at the `for` keyword, so that what rustc has to say about
//! the loop is said there.

mod clauses;
mod exits;
mod frame;
mod head;
mod leave;
mod parmap;
mod private;
mod reduced;
mod region;
mod results;
mod seen;
mod whole;

use syn::Block;

pub(crate) use frame::expand;
pub(crate) use leave::Words;
pub(crate) use parmap::expand_parmap;
pub(crate) use region::{Region, expand_region};

use crate::access::Access;
use crate::control::Control;
use crate::directive::LoopDirective;
use crate::names::Names;
use crate::nest::Nest;
use crate::rewrite::{Held, Judged};

/// All that an expansion needs, every question about the loop answered.
pub(crate) struct Checked<'a> {
    pub(crate) directive: &'a LoopDirective,
    pub(crate) nest: &'a Nest<'a>,
    pub(crate) access: &'a Access,
    pub(crate) control: &'a Control,
    pub(crate) held: &'a Held,
    /// What else the body is asked.
    pub(crate) judged: Judged,
    /// The innermost body, rewritten where it leaves the loop, flags a `lastprivate` variable or updates an `atomic` array.
    pub(crate) body: &'a Block,
    pub(crate) names: &'a Names,
    pub(crate) words: &'a Words<'a>,
}
