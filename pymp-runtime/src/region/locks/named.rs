//! The locks of [`critical_named`](crate::region::Region::critical_named): one for each name in the program.
//!
//! They are never freed, since names are those in the program, so that there are few of them. So to find one takes no lock and changes
//! nothing: it is a walk along a list that only grows at its end.

use crate::shared::guarded::Guarded;
use crossbeam_utils::CachePadded;
use std::cell::Cell;
use std::sync::OnceLock;

/// A name, its lock, and what comes after it.
pub(in crate::region) struct Named {
    name: Box<str>,
    // Apart from the name, which others read on their way.
    pub(super) lock: CachePadded<Guarded<()>>,
    next: Link,
}

type Link = OnceLock<Box<Named>>;

/// So many lists, by the hash of the name: for programs that make names up, one for each bin of a histogram, say.
const LISTS: usize = 64;

static NAMED: [Link; LISTS] = [const { OnceLock::new() }; LISTS];

/// The lock of a name. `last` is the one that the calling thread had last, which is often the same.
#[inline]
pub(super) fn lock(name: &str, last: &Cell<Option<&'static Named>>) -> &'static Guarded<()> {
    match last.get() {
        Some(named) if *named.name == *name => &named.lock,
        _ => {
            let named = find(name);
            last.set(Some(named));
            &named.lock
        }
    }
}

fn find(name: &str) -> &'static Named {
    let mut link = &NAMED[hash(name)];
    loop {
        // When another thread puts another name here meanwhile, the walk goes on behind that.
        let named = link.get_or_init(|| {
            Box::new(Named { name: name.into(), lock: CachePadded::new(Guarded::new(())), next: OnceLock::new() })
        });
        if *named.name == *name {
            return named;
        }
        link = &named.next;
    }
}

/// The list of a name: FNV-1a.
#[inline]
fn hash(name: &str) -> usize {
    let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash as usize % LISTS
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_lock() {
        let names: Vec<String> = (0..1000).map(|k| format!("bin {k}")).collect();
        let locks = |names: &[String]| names.iter().map(|name| std::ptr::from_ref(find(name)).addr()).collect::<Vec<_>>();
        let others =
            std::thread::scope(|scope| [0, 1, 2].map(|_| scope.spawn(|| locks(&names))).map(|thread| thread.join().unwrap()));
        let mut own = locks(&names);
        assert!(others.iter().all(|other| *other == own));
        own.sort_unstable();
        own.dedup();
        assert_eq!(own.len(), names.len());
    }
}
