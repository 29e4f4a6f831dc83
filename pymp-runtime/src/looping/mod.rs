//! A loop: its clauses, and what the threads of its team do.
//!
//! 1. [`Loop`] holds the clauses; [`Loop::run`] leases a team, plans the loop for its size and lets every thread run the body's frame.
//!    Mostly each thread knows its share by itself (`settled.rs`); else they have a plan in common (`state.rs`).
//! 2. In the frame a thread asks its [`Share`] for chunks until there are no more: `next` gives the items of a chunk and the parts
//!    of the arrays that its iterations own.
//! 3. Around each chunk the frame takes the partial results and puts them back (`partials.rs`); `plan.rs` decides how they combine.
//! 4. An iteration that leaves the loop lowers the bound (`exit.rs`): chunks above it are not begun, those below it are all run,
//!    so that the lowest iteration wins, as in the serial loop.

mod clauses;
mod exit;
mod numbered;
mod ordered;
mod partials;
mod plan;
mod run;
pub mod seen;
mod settled;
#[expect(unsafe_code, reason = "relies on the schedules' law to ask sources and arrays for disjoint parts")]
mod share;
mod site;
mod state;
pub mod unchanged;
mod watched;

pub use self::clauses::Loop;
pub use self::exit::{Exit, Leave, Question, Residual};
pub use self::numbered::Numbered;
pub use self::ordered::Seat;
pub use self::run::{END, EndOfLoop, Ended, WriteThisOutsideOfTheMacro};
pub use self::share::Share;
pub use self::site::Site;
pub use self::watched::Watched;
