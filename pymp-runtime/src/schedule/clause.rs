//! What the clause `schedule = ..` takes.

use std::num::NonZeroUsize;

use super::Schedule;

/// `schedule = "static"`
pub const STATIC: Schedule = Schedule::Static;
/// `schedule = "dynamic"`
pub const DYNAMIC: Schedule = Schedule::dynamic(1);
/// `schedule = "guided"`
pub const GUIDED: Schedule = Schedule::guided(1);
/// `schedule = "auto"`
pub const AUTO: Schedule = Schedule::Auto;
/// `schedule = "runtime"`
pub const RUNTIME: Schedule = Schedule::Runtime;

/// A [`Schedule`], or its text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a schedule",
    label = "a `Schedule`, or its text, is needed here",
    note = "write \"static\", \"static,8\", \"dynamic\", \"dynamic,64\", \"guided\", \"guided,8\", \"auto\", \"runtime\", or a `pymp::Schedule`",
    note = "see `pymp::errors::schedule`"
)]
pub trait IntoSchedule {
    /// The schedule.
    ///
    /// # Panics
    ///
    /// When a text names none.
    fn into_schedule(self) -> Schedule;
}

#[diagnostic::do_not_recommend]
impl IntoSchedule for Schedule {
    fn into_schedule(self) -> Schedule {
        self
    }
}

#[diagnostic::do_not_recommend]
impl IntoSchedule for &Schedule {
    fn into_schedule(self) -> Schedule {
        *self
    }
}

#[diagnostic::do_not_recommend]
impl IntoSchedule for &str {
    #[track_caller]
    fn into_schedule(self) -> Schedule {
        match self.parse() {
            Ok(schedule) => schedule,
            Err(error) => panic!("schedule = {self:?}: {error}"),
        }
    }
}

#[diagnostic::do_not_recommend]
impl IntoSchedule for &String {
    #[track_caller]
    fn into_schedule(self) -> Schedule {
        self.as_str().into_schedule()
    }
}

#[diagnostic::do_not_recommend]
impl IntoSchedule for String {
    #[track_caller]
    fn into_schedule(self) -> Schedule {
        self.as_str().into_schedule()
    }
}

impl Schedule {
    /// The same schedule with its chunk, if it has one, changed.
    pub(crate) fn map_chunk(self, change: impl Fn(NonZeroUsize) -> usize) -> Self {
        let changed = |chunk| NonZeroUsize::new(change(chunk)).unwrap_or(NonZeroUsize::MIN);
        match self {
            Self::StaticChunk(chunk) => Self::StaticChunk(changed(chunk)),
            Self::Dynamic(chunk) => Self::Dynamic(changed(chunk)),
            Self::Guided(chunk) => Self::Guided(changed(chunk)),
            Self::Static | Self::Auto | Self::Runtime => self,
        }
    }
}
