//! OpenMP's query functions: what a thread may ask about itself and its team.

use crate::config;
use crate::context::{frame_at, here};
use std::sync::OnceLock;
use std::time::Instant;

/// The number of the calling thread in its team: 0 for the thread that entered, 0 outside of a region.
///
/// ```
/// # use pymp_runtime as pymp;
/// assert_eq!(pymp::thread_num(), 0);
/// ```
#[inline]
pub fn thread_num() -> usize {
    here().thread_num() as usize
}

/// The size of the team that the calling thread is in: 1 outside of a region.
///
/// ```
/// # use pymp_runtime as pymp;
/// assert_eq!(pymp::num_threads(), 1);
/// ```
#[inline]
pub fn num_threads() -> usize {
    here().num_threads() as usize
}

/// How many threads a region entered here would have, if it does not say: what [`config::num_threads`] says for this level, the
/// thread limit permitting.
///
/// ```
/// # use pymp_runtime as pymp;
/// assert!(pymp::max_threads() >= 1);
/// ```
pub fn max_threads() -> usize {
    config::num_threads_at(level()).min(thread_limit())
}

/// How many processors this process may use; a container's share of the machine counts.
///
/// ```
/// # use pymp_runtime as pymp;
/// assert!(pymp::num_procs() >= 1);
/// ```
pub fn num_procs() -> usize {
    config::num_procs()
}

/// Whether the calling thread is in an active region: one of more than one thread, however far out.
///
/// ```
/// # use pymp_runtime as pymp;
/// assert!(!pymp::in_parallel());
/// ```
#[inline]
pub fn in_parallel() -> bool {
    here().active_level() > 0
}

/// How many regions the calling thread is in, those of one thread included.
///
/// ```
/// # use pymp_runtime as pymp;
/// assert_eq!(pymp::level(), 0);
/// ```
#[inline]
pub fn level() -> usize {
    here().level() as usize
}

/// How many active regions (of more than one thread) the calling thread is in.
///
/// ```
/// # use pymp_runtime as pymp;
/// assert_eq!(pymp::active_level(), 0);
/// ```
#[inline]
pub fn active_level() -> usize {
    here().active_level() as usize
}

/// The number that the calling thread, or the one it descends from, has at nesting level `level`; `None` for a level that it is
/// not in. Level 0 is the program outside of every region.
///
/// ```
/// # use pymp_runtime as pymp;
/// assert_eq!(pymp::ancestor_thread_num(0), Some(0));
/// assert_eq!(pymp::ancestor_thread_num(1), None);
/// ```
pub fn ancestor_thread_num(level: usize) -> Option<usize> {
    frame_at(level).map(|frame| frame.thread_num() as usize)
}

/// The size of the team at nesting level `level`; `None` for a level that the calling thread is not in.
///
/// ```
/// # use pymp_runtime as pymp;
/// assert_eq!(pymp::team_size(0), Some(1));
/// assert_eq!(pymp::team_size(1), None);
/// ```
pub fn team_size(level: usize) -> Option<usize> {
    frame_at(level).map(|frame| frame.num_threads() as usize)
}

/// How many threads may be in regions at once, over all levels and all entering threads; `usize::MAX` without a limit.
///
/// ```
/// # use pymp_runtime as pymp;
/// assert!(pymp::thread_limit() >= 1);
/// ```
pub fn thread_limit() -> usize {
    config::thread_limit().unwrap_or(usize::MAX)
}

/// Seconds since some moment in the past, the same one for every thread of the process.
///
/// ```
/// # use pymp_runtime as pymp;
/// let start = pymp::wtime();
/// assert!(pymp::wtime() - start >= 0.0);
/// ```
pub fn wtime() -> f64 {
    static ORIGIN: OnceLock<Instant> = OnceLock::new();
    ORIGIN.get_or_init(Instant::now).elapsed().as_secs_f64()
}

/// Seconds between two ticks of the clock that [`wtime`] reads.
///
/// ```
/// # use pymp_runtime as pymp;
/// assert!(pymp::wtick() > 0.0);
/// ```
pub fn wtick() -> f64 {
    static TICK: OnceLock<f64> = OnceLock::new();
    *TICK.get_or_init(|| {
        // The shortest step that the clock was seen to make.
        let step = || {
            let start = Instant::now();
            loop {
                let step = start.elapsed();
                if !step.is_zero() {
                    return step;
                }
            }
        };
        (0..100).map(|_| step()).min().unwrap_or_default().as_secs_f64()
    })
}
