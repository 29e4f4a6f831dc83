//! Teams, schedules, reductions and disjoint views for pymp.
#![deny(unsafe_code)]

mod account;
pub mod config;
mod context;
mod depot;
mod erase;
mod panic;
mod pool;
mod query;
mod schedule;
mod sync;
mod team;
#[cfg(all(test, not(loom)))]
mod testing;
mod wait;
mod worker;

pub use query::{
    active_level, ancestor_thread_num, in_parallel, level, max_threads, num_procs, num_threads,
    team_size, thread_limit, thread_num, wtick, wtime,
};
pub use schedule::Schedule;
