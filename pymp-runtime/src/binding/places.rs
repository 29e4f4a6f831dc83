//! The processors of the process, and the system's calls: the only file that knows the system.

pub(crate) use system::{Mask, UNAVAILABLE, bind, bind_and_get_mask, count, first_of_mine, give_back, unbind};

#[cfg(all(feature = "proc_bind", any(target_os = "android", target_os = "linux")))]
mod system {
    use rustix::thread::{CpuSet, Pid, sched_getaffinity, sched_setaffinity};
    use std::sync::{Once, OnceLock};

    /// The only setting that is possible, and why.
    pub(crate) const UNAVAILABLE: Option<&str> = None;

    /// The processors that a thread may run on.
    pub(crate) type Mask = CpuSet;

    #[derive(Debug)]
    struct Places {
        /// Those of the process: of its first thread, when this was asked for first.
        mask: CpuSet,
        /// The number of each. Not empty.
        processors: Vec<usize>,
    }

    /// `None`: the system does not tell.
    fn places() -> Option<&'static Places> {
        static PLACES: OnceLock<Option<Places>> = OnceLock::new();
        let ask = || {
            let process = i32::try_from(std::process::id()).ok().and_then(Pid::from_raw);
            let mask = sched_getaffinity(process).map_err(complain).ok()?;
            let processors: Vec<_> = (0..CpuSet::MAX_CPU).filter(|processor| mask.is_set(*processor)).collect();
            (!processors.is_empty()).then_some(Places { mask, processors })
        };
        PLACES.get_or_init(ask).as_ref()
    }

    /// How many places there are, at least 1; `None` when that cannot be told.
    pub(crate) fn count() -> Option<usize> {
        places().map(|places| places.processors.len())
    }

    /// The first place that the calling thread may run on.
    pub(crate) fn first_of_mine() -> usize {
        let Ok(mine) = sched_getaffinity(None) else { return 0 };
        let place = places().and_then(|places| places.processors.iter().position(|processor| mine.is_set(*processor)));
        place.unwrap_or(0)
    }

    /// Binds the calling thread to a place.
    pub(crate) fn bind(place: usize) {
        let Some(&processor) = places().and_then(|places| places.processors.get(place)) else { return };
        let mut mask = CpuSet::new();
        mask.set(processor);
        give_back(&mask);
    }

    /// Binds the calling thread to a place. Where it could run before.
    pub(crate) fn bind_and_get_mask(place: usize) -> Option<Mask> {
        let before = sched_getaffinity(None).map_err(complain).ok()?;
        bind(place);
        Some(before)
    }

    /// The calling thread may run wherever the process may.
    pub(crate) fn unbind() {
        if let Some(places) = places() {
            give_back(&places.mask);
        }
    }

    /// The calling thread may run there.
    pub(crate) fn give_back(mask: &Mask) {
        if let Err(error) = sched_setaffinity(None, mask) {
            complain(error);
        }
    }

    fn complain(error: rustix::io::Errno) {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            eprintln!("pymp: a thread could not be bound to a processor ({error}); it runs where the system puts it")
        });
    }
}

#[cfg(not(all(feature = "proc_bind", any(target_os = "android", target_os = "linux"))))]
mod system {
    use std::convert::Infallible;

    pub(crate) const UNAVAILABLE: Option<&str> = Some(if cfg!(feature = "proc_bind") {
        "false: pymp binds threads to processors on Linux only"
    } else {
        "false: pymp is built without its feature `proc_bind`"
    });

    pub(crate) type Mask = Infallible;

    pub(crate) fn count() -> Option<usize> {
        None
    }

    pub(crate) fn first_of_mine() -> usize {
        0
    }

    pub(crate) fn bind(_place: usize) {}

    pub(crate) fn bind_and_get_mask(_place: usize) -> Option<Mask> {
        None
    }

    pub(crate) fn unbind() {}

    pub(crate) fn give_back(mask: &Mask) {
        match *mask {}
    }
}
