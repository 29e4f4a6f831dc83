//! `auto`: the library chooses. It is `dynamic`, in a chunk made from the loop's size.

/// How many chunks a thread gets for its own. So few that taking one is free beside its work, so many that the last ones even
/// out what the threads differ by: at the end one waits for an eighth of a thread's share at the most.
const CHUNKS_A_THREAD: usize = 8;

/// The chunk for so many units on so many threads.
pub(super) fn chunk(units: usize, team: usize) -> usize {
    (units / CHUNKS_A_THREAD / team).max(1)
}
