//! What the children printed, row by row.

use crate::sheet::median;

#[derive(Default)]
pub(crate) struct Results {
    pub(crate) rows: Vec<Row>,
}

pub(crate) struct Row {
    pub(crate) name: String,
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

    fn row(&self, name: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.name == name)
    }

    /// The median of a contender's figures.
    pub(crate) fn figure(&self, row: &str, contender: &str) -> Option<f64> {
        self.row(row)?.figure(contender)
    }
}

impl Row {
    pub(crate) fn contenders(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|(contender, _)| contender.as_str())
    }

    pub(crate) fn figures(&self, contender: &str) -> Option<&[f64]> {
        self.cells.iter().find(|(other, _)| other == contender).map(|(_, figures)| figures.as_slice())
    }

    /// One contender's figure over another's: the median over the rounds, each of which measures both within a second, while the
    /// machine may have changed between them.
    pub(crate) fn ratio(&self, contender: &str, other: &str) -> Option<f64> {
        let (ours, theirs) = (self.figures(contender)?, self.figures(other)?);
        if ours.len() != theirs.len() || theirs.contains(&0.0) {
            return Some(median(ours.to_vec()) / median(theirs.to_vec()));
        }
        Some(median(ours.iter().zip(theirs).map(|(ours, theirs)| ours / theirs).collect()))
    }

    pub(crate) fn figure(&self, contender: &str) -> Option<f64> {
        self.figures(contender).map(|figures| median(figures.to_vec()))
    }
}
