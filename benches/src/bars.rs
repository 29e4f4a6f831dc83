//! The bars that were set before anything was measured, and whether they hold.

use crate::entry::{COMPUTE, LOOP, REGION, SUM};
use crate::results::Results;
use crate::table::{aligned, line};

/// Ours over a peer's, in every row whose name holds all the words.
struct Bar {
    words: &'static [&'static str],
    /// The best of these counts.
    ours: &'static [&'static str],
    /// And the best of these.
    peers: &'static [&'static str],
    at_most: f64,
}

const C: &[&str] = &["gcc", "clang"];
const OURS: &[&str] = &["ours"];
/// Who writes a loop chooses the schedule too.
const ANY_SCHEDULE: &[&str] = &["ours", "ours, dynamic", "ours, static,16", "ours, dynamic,16", "ours, guided", "ours, auto"];

const fn bar(words: &'static [&'static str], peers: &'static [&'static str], at_most: f64) -> Bar {
    Bar { words, ours: OURS, peers, at_most }
}

const BARS: &[Bar] = &[
    bar(&[REGION], C, 0.5),
    bar(&[LOOP], C, 0.5),
    bar(&[REGION], &["limit"], 1.5),
    bar(&[LOOP], &["limit"], 1.5),
    bar(&[REGION], &["forkunion"], 1.0),
    bar(&[LOOP], &["forkunion"], 1.0),
    bar(&[REGION], &["rayon"], 0.02),
    bar(&[LOOP], &["rayon"], 0.02),
    bar(&[SUM], C, 0.6),
    bar(&["barrier"], C, 0.6),
    bar(&["single"], C, 1.0),
    bar(&["critical"], C, 1.0),
    bar(&["lock "], C, 1.0),
    bar(&["ordered"], C, 1.0),
    bar(&["dynamic,1,", "2 threads"], C, 0.6),
    bar(&["dynamic,", "1 thread"], C, 1.0),
    bar(&["guided,"], C, 1.0),
    bar(&["static,"], C, 1.0),
    bar(&["short loop"], C, 1.0),
    bar(&["after a gap"], C, 1.0),
    bar(&["processor time beside"], C, 1.0),
    bar(&["elementwise", "1 thread"], &["serial"], 1.03),
    bar(&["small loop"], &["serial"], 1.03),
    bar(&["kernel", "1 thread"], &["serial"], 1.03),
    bar(&["kernel", "2 threads"], &["serial"], 1.0),
    bar(&["kernel"], C, 1.02),
    Bar { words: &["kernel"], ours: ANY_SCHEDULE, peers: &["rayon"], at_most: 1.0 },
    bar(&["example"], &["serial"], 1.0 / 1.9),
    bar(&["map of", "trivial items"], &["loop"], 1.5),
    bar(&["map of a million"], &["serial"], 1.0 / 1.85),
    bar(&["ordered iter, an item over the work"], &["allowed"], 1.0),
    bar(&["iterate, an element"], &["allowed"], 1.0),
    bar(&["push to a shared list"], &["allowed"], 1.0),
    bar(&["with progress"], &["without"], 1.01),
];

/// Ours over ours, in two rows.
const BESIDE: [(&str, &str, f64); 2] = [
    ("compute-bound loop, 16 threads on what cores there are", COMPUTE, 1.3),
    ("compute-bound loop beside a busy neighbour, 2 threads", "compute-bound loop beside a busy neighbour, 1 thread", 1.0),
];

pub(crate) fn render(results: &Results, text: &mut String) {
    let mut table = vec![["measure", "ours over", "bar", "seen", "holds"].map(str::to_owned).to_vec()];
    for bar in BARS {
        for row in results.rows.iter().filter(|row| bar.words.iter().all(|word| row.name.contains(word))) {
            // The peer that is hardest to beat, by whichever of ours is best.
            let over = |peer| bar.ours.iter().filter_map(|ours| row.ratio(ours, peer)).min_by(f64::total_cmp);
            let there = bar.peers.iter().filter(|peer| row.figure(peer).is_some());
            let hardest = there
                .map(|peer| (over(peer), *peer))
                .max_by(|(one, _), (other, _)| one.unwrap_or(f64::INFINITY).total_cmp(&other.unwrap_or(f64::INFINITY)));
            if let Some((seen, peer)) = hardest {
                table.push(verdict(&row.name, peer, bar.at_most, seen));
            }
        }
    }
    for (row, beside, at_most) in BESIDE {
        if let Some(theirs) = results.figure(beside, "ours") {
            table.push(verdict(row, beside, at_most, results.figure(row, "ours").map(|ours| ours / theirs)));
        }
    }
    line(text, "\n## Bars\n");
    aligned(&table, text);
}

fn verdict(row: &str, peer: &str, at_most: f64, seen: Option<f64>) -> Vec<String> {
    let (seen, holds) = match seen {
        None => ("-".into(), "not there yet"),
        // Nothing over nothing.
        Some(seen) if seen <= at_most || seen.is_nan() => (format!("{seen:.2}"), "yes"),
        Some(seen) => (format!("{seen:.2}"), "NO"),
    };
    vec![row.to_owned(), peer.to_owned(), format!("{at_most:.2}"), seen, holds.to_owned()]
}
