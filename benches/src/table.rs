//! The table: medians over the rounds, their spread, and the ratios.

use std::fmt::Write;

use crate::bars;
use crate::sheet::median;

/// What the children printed.
#[derive(Default)]
pub(crate) struct Results {
    rows: Vec<Row>,
}

struct Row {
    name: String,
    /// A contender and its figures.
    cells: Vec<(String, Vec<f64>)>,
}

impl Results {
    pub(crate) fn add(&mut self, lines: &str) {
        for line in lines.lines() {
            let mut words = line.split('\t');
            let (Some(contender), Some(name), Some(Ok(ns))) = (words.next(), words.next(), words.next().map(str::parse)) else {
                eprintln!("not a figure: {line}");
                continue;
            };
            let at = self.rows.iter().position(|row| row.name == name).unwrap_or_else(|| {
                self.rows.push(Row { name: name.to_owned(), cells: Vec::new() });
                self.rows.len() - 1
            });
            let cells = &mut self.rows[at].cells;
            match cells.iter_mut().find(|(other, _)| other == contender) {
                Some((_, figures)) => figures.push(ns),
                None => cells.push((contender.to_owned(), vec![ns])),
            }
        }
    }

    /// The median of a contender's figures.
    pub(crate) fn figure(&self, row: &str, contender: &str) -> Option<f64> {
        self.rows.iter().find(|other| other.name == row)?.figure(contender)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|row| row.name.as_str())
    }

    /// All contenders; ours first, the limit never.
    fn contenders(&self) -> Vec<&str> {
        let mut all = vec!["ours"];
        for (contender, _) in self.rows.iter().flat_map(|row| &row.cells) {
            if contender != "limit" && !all.contains(&contender.as_str()) {
                all.push(contender);
            }
        }
        all
    }
}

impl Row {
    fn figures(&self, contender: &str) -> Option<&[f64]> {
        self.cells.iter().find(|(other, _)| other == contender).map(|(_, figures)| figures.as_slice())
    }

    fn figure(&self, contender: &str) -> Option<f64> {
        self.figures(contender).map(|figures| median(figures.to_vec()))
    }
}

/// The whole report, in Markdown.
pub(crate) fn render(results: &Results, notes: &[String]) -> String {
    let mut text = String::from("# pymp beside its peers\n\n");
    notes.iter().for_each(|note| line(&mut text, &format!("- {note}")));
    let limits: Vec<&Row> = results.rows.iter().filter(|row| row.figures("limit").is_some()).collect();
    if !limits.is_empty() {
        line(&mut text, "\n## The machine's limits\n");
        for row in limits {
            line(&mut text, &format!("- {}: {}", row.name, cell(row, "limit", None)));
        }
    }
    line(&mut text, "\n## Figures\n");
    line(
        &mut text,
        "Medians over the rounds, ± half of the range of the middle half, in brackets ours/theirs: below 1 ours is faster.\n",
    );
    figures(results, &mut text);
    bars::render(results, &mut text);
    text
}

fn figures(results: &Results, text: &mut String) {
    let contenders = results.contenders();
    let mut table = vec![std::iter::once("measure".to_owned()).chain(contenders.iter().map(|&name| name.to_owned())).collect()];
    for row in results.rows.iter().filter(|row| row.figures("limit").is_none()) {
        let ours = row.figure("ours");
        let cells = contenders.iter().map(|&contender| cell(row, contender, ours.filter(|_| contender != "ours")));
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

fn cell(row: &Row, contender: &str, ours: Option<f64>) -> String {
    let Some(figures) = row.figures(contender) else { return "-".into() };
    let middle = median(figures.to_vec());
    let mut cell = time(middle);
    if figures.len() > 2 {
        let mut sorted = figures.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let quartile = |part: usize| sorted[(sorted.len() - 1) * part / 4];
        let spread = if middle == 0.0 { 0.0 } else { (quartile(3) - quartile(1)) / 2.0 / middle * 100.0 };
        cell += &format!(" ±{spread:.0}%");
    }
    if let Some(ours) = ours
        && middle > 0.0
    {
        cell += &format!(" [{:.2}]", ours / middle);
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
