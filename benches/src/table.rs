//! The table: medians over the rounds, their spread, and the ratios.

use std::fmt::Write;

use crate::bars;
use crate::results::{Results, Row};
use crate::sheet::median;

/// The tables, and how the names of their rows begin.
const SECTIONS: [(&str, &[&str]); 8] = [
    ("Plain loops", &["elementwise", "small loop"]),
    ("Kernels", &["kernel", "example"]),
    ("Schedules", &["schedule", "loop in a region"]),
    ("Waiting", &["entry after", "processor time", "compute-bound"]),
    ("Cost as the work grows", &["growth"]),
    ("What is compiled", &["200 loops"]),
    ("Maps", &["map of", "ordered iter"]),
    ("Overheads", &[""]),
];

/// The whole report, in Markdown.
pub(crate) fn render(results: &Results, notes: &[String]) -> String {
    let mut text = String::from("# pymp beside its peers\n\n");
    notes.iter().for_each(|note| line(&mut text, &format!("- {note}")));
    line(
        &mut text,
        "\nMedians over the rounds, ± half of the range of the middle half; in brackets the median of ours/theirs: below 1 ours is faster.",
    );
    let limits: Vec<&Row> = results.rows.iter().filter(|row| row.contenders().all(|name| name == LIMIT)).collect();
    if !limits.is_empty() {
        line(&mut text, "\n## The machine's limits\n");
        for row in limits {
            line(&mut text, &format!("- {}: {}", row.name, cell(row, LIMIT)));
        }
    }
    let section = |row: &Row| SECTIONS.iter().position(|(_, starts)| starts.iter().any(|start| row.name.starts_with(start)));
    for (number, (title, _)) in SECTIONS.iter().enumerate() {
        let rows = results.rows.iter().filter(|row| row.contenders().any(|name| name != LIMIT));
        let rows: Vec<&Row> = rows.filter(|row| section(row) == Some(number)).collect();
        if !rows.is_empty() {
            line(&mut text, &format!("\n## {title}\n"));
            figures(&rows, &mut text);
        }
    }
    bars::render(results, &mut text);
    text
}

const LIMIT: &str = "limit";

fn figures(rows: &[&Row], text: &mut String) {
    let mut contenders = vec!["ours"];
    for contender in rows.iter().flat_map(|row| row.contenders()) {
        if !contenders.contains(&contender) {
            contenders.push(contender);
        }
    }
    let mut table = vec![std::iter::once("measure".to_owned()).chain(contenders.iter().map(|&name| name.to_owned())).collect()];
    for row in rows {
        let cells = contenders.iter().map(|&contender| cell(row, contender));
        table.push(std::iter::once(row.name.clone()).chain(cells).collect());
    }
    aligned(&table, text);
}

/// Writes a Markdown table whose first line is the header.
pub(crate) fn aligned(table: &[Vec<String>], text: &mut String) {
    let Some(header) = table.first() else { return };
    let widths: Vec<usize> =
        (0..header.len()).map(|column| table.iter().map(|line| line[column].chars().count()).max().unwrap_or(0).max(3)).collect();
    for (number, cells) in table.iter().enumerate() {
        let cells: Vec<String> = cells.iter().zip(&widths).map(|(cell, &width)| format!("{cell:width$}")).collect();
        line(text, &format!("| {} |", cells.join(" | ")));
        if number == 0 {
            let rules: Vec<String> = widths.iter().map(|&width| "-".repeat(width)).collect();
            line(text, &format!("| {} |", rules.join(" | ")));
        }
    }
}

fn cell(row: &Row, contender: &str) -> String {
    let Some(figures) = row.figures(contender) else { return "-".into() };
    let middle = median(figures.to_vec());
    let mut cell = if row.name.contains("bytes of a loop") { format!("{middle:.0}") } else { time(middle) };
    if figures.len() > 2 {
        let mut sorted = figures.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let quartile = |part: usize| sorted[(sorted.len() - 1) * part / 4];
        let spread = if middle == 0.0 { 0.0 } else { (quartile(3) - quartile(1)) / 2.0 / middle * 100.0 };
        cell += &format!(" ±{spread:.0}%");
    }
    if let Some(ratio) = row.ratio("ours", contender)
        && contender != "ours"
        && middle > 0.0
    {
        cell += &format!(" [{ratio:.2}]");
    }
    cell
}

pub(crate) fn time(ns: f64) -> String {
    match ns {
        ns if ns < 10.0 => format!("{ns:.2} ns"),
        ns if ns < 1e3 => format!("{ns:.0} ns"),
        ns if ns < 1e6 => format!("{:.2} us", ns / 1e3),
        ns if ns < 1e9 => format!("{:.2} ms", ns / 1e6),
        ns => format!("{:.2} s", ns / 1e9),
    }
}

pub(crate) fn line(text: &mut String, words: &str) {
    // Writing to a string does not fail.
    let _ = writeln!(text, "{words}");
}
