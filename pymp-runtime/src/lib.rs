//! placeholder

mod schedule;
mod source;
mod space;

pub use schedule::{IntoSchedule, ParseScheduleError, Schedule};
pub use source::{Countable, Cut, Indexed, IntoCut, Progression, Repeat, Source, nest};
pub use space::Int;

/// What the macros expand to. Not for use by hand.
#[doc(hidden)]
pub mod __private {
    pub use crate::source::*;
    pub use crate::{__pymp_cut as cut, __pymp_join as join, __pymp_source as source};
}
