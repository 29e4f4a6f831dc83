//! The bars that were set before anything was measured, and whether they hold.

use crate::table::{Results, aligned, line};

/// Ours over a peer's, in every row whose name holds all the words.
struct Bar {
    words: &'static [&'static str],
    /// The best of these counts.
    peers: &'static [&'static str],
    at_most: f64,
}

const C: &[&str] = &["gcc", "clang"];

const BARS: &[Bar] = &[
    Bar { words: &["elementwise", "1 thread"], peers: &["serial"], at_most: 1.03 },
    Bar { words: &["example"], peers: &["serial"], at_most: 1.0 / 1.9 },
    Bar { words: &["parallel loop, empty, 2 threads"], peers: C, at_most: 0.5 },
    Bar { words: &["parallel region, empty, 2 threads"], peers: &["gcc"], at_most: 0.1 },
    Bar { words: &["reduction of one number, 2 threads"], peers: C, at_most: 0.6 },
    Bar { words: &["barrier"], peers: C, at_most: 0.6 },
    Bar { words: &["dynamic,1,"], peers: C, at_most: 0.6 },
    Bar { words: &["guided,"], peers: C, at_most: 1.0 },
    Bar { words: &["static,"], peers: C, at_most: 1.0 },
    Bar { words: &["after a gap"], peers: C, at_most: 1.0 },
    Bar { words: &["kernel", "1 thread"], peers: &["serial"], at_most: 1.03 },
    Bar { words: &["kernel"], peers: C, at_most: 1.02 },
    Bar { words: &["kernel"], peers: &["rayon"], at_most: 1.0 },
    Bar { words: &["kernel", "2 threads"], peers: &["serial"], at_most: 1.0 },
    Bar { words: &["map of 100 trivial items"], peers: &["loop"], at_most: 1.5 },
    Bar { words: &["map of a million"], peers: &["serial"], at_most: 1.0 / 1.85 },
    Bar { words: &["ordered iter, an item over the work"], peers: &["allowed"], at_most: 1.0 },
    Bar { words: &["with progress"], peers: &["without"], at_most: 1.01 },
];

pub(crate) fn render(results: &Results, text: &mut String) {
    let mut table = vec![["measure", "ours over", "bar", "seen", "holds"].map(str::to_owned).to_vec()];
    for bar in BARS {
        for row in results.names().filter(|name| bar.words.iter().all(|word| name.contains(word))) {
            let best = bar
                .peers
                .iter()
                .filter_map(|&peer| Some((results.figure(row, peer)?, peer)))
                .min_by(|(one, _), (other, _)| one.total_cmp(other));
            let Some((theirs, peer)) = best else { continue };
            let (seen, holds) = match results.figure(row, "ours") {
                None => ("-".into(), "not there yet"),
                Some(ours) if ours / theirs <= bar.at_most => (format!("{:.2}", ours / theirs), "yes"),
                Some(ours) => (format!("{:.2}", ours / theirs), "NO"),
            };
            table.push(vec![row.to_owned(), peer.to_owned(), format!("{:.2}", bar.at_most), seen, holds.to_owned()]);
        }
    }
    line(text, "\n## Bars\n");
    aligned(&table, text);
    // A bare team is a handshake: one round trip, and what the machine takes for it is the limit.
    let round_trip = results.figure("round trip of a cache line between two cores", "limit");
    let entry = results.figure("parallel loop, empty, 2 threads", "ours");
    if let (Some(round_trip), Some(entry)) = (round_trip, entry) {
        line(text, &format!("\nAn empty parallel loop takes {:.1} round trips of a cache line.", entry / round_trip));
    }
}
