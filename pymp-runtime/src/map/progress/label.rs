//! A label: a bar where there is a terminal to draw it on, lines where there is none.

use std::time::{Duration, Instant};

use super::Report;

/// Draws a bar on stderr if that is a terminal and the cargo feature `progress` is on. Else it writes a line every few seconds, and one at
/// the end. Where nobody knows how many tasks there are, either is a count.
#[derive(Debug)]
pub struct Label {
    text: String,
    #[cfg(feature = "progress")]
    bar: Option<indicatif::ProgressBar>,
    started: Instant,
    written: Instant,
    last: (usize, usize),
    /// So far nobody knows how many tasks there are; the total is what has been seen.
    endless: bool,
}

/// Time between two lines.
const PAUSE: Duration = Duration::from_secs(2);

impl Label {
    pub(super) fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            #[cfg(feature = "progress")]
            bar: None,
            started: Instant::now(),
            written: Instant::now(),
            last: (0, 0),
            endless: false,
        }
    }

    /// Whether a line is due. That of the last task is written at the end.
    fn is_due(&self) -> bool {
        let (done, total) = self.last;
        (done < total || self.endless) && self.written.elapsed() >= PAUSE
    }

    fn count(&self) -> String {
        match self.last {
            (done, _) if self.endless && done > 0 => done.to_string(),
            (done, total) => format!("{done} of {total}"),
        }
    }

    fn line(&self) {
        eprintln!("{}: {} ({:.1} s)", self.text, self.count(), self.started.elapsed().as_secs_f64());
    }

    #[cfg(feature = "progress")]
    fn bar(&self) -> Option<&indicatif::ProgressBar> {
        self.bar.as_ref()
    }
}

#[cfg(feature = "progress")]
fn new_bar(text: &str, total: usize) -> Option<indicatif::ProgressBar> {
    use std::io::IsTerminal;

    if !std::io::stderr().is_terminal() {
        return None;
    }
    // Inputs that do not say how many they are: no bar could show how far they are.
    let (bar, template) = match total {
        0 => (indicatif::ProgressBar::new_spinner(), "{msg} {spinner} {pos} ({elapsed})"),
        _ => (indicatif::ProgressBar::new(total as u64), "{msg} {wide_bar} {pos}/{len} ({eta})"),
    };
    let bar = bar.with_message(text.to_owned());
    Some(match indicatif::ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    })
}

impl Report for Label {
    fn begin(&mut self, total: usize) {
        (self.started, self.written, self.last) = (Instant::now(), Instant::now(), (0, total));
        self.endless = total == 0;
        #[cfg(feature = "progress")]
        {
            self.bar = new_bar(&self.text, total);
        }
    }

    fn report(&mut self, done: usize, total: usize) {
        self.last = (done, total);
        #[cfg(feature = "progress")]
        if let Some(bar) = self.bar() {
            if bar.length().is_some() {
                bar.set_length(total as u64);
            }
            bar.set_position(done as u64);
            return;
        }
        if self.is_due() {
            self.written = Instant::now();
            self.line();
        }
    }

    fn end(&mut self) {
        #[cfg(feature = "progress")]
        if let Some(bar) = self.bar() {
            // It stays on the screen, at what was reached.
            bar.abandon();
            return;
        }
        self.line();
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    /// A label of so many tasks, with some done, whose last line is long ago.
    fn label(total: usize, done: usize, seen: usize) -> Label {
        let mut label = Label::new("reading");
        label.begin(total);
        label.report(done, seen);
        label.written -= PAUSE;
        label
    }

    #[test]
    fn lines_come_until_the_last_task() {
        assert!(label(10, 9, 10).is_due());
        assert!(!label(10, 10, 10).is_due());
    }

    #[test]
    fn lines_come_where_nobody_knows_how_many_tasks_there_are() {
        assert!(label(0, 5, 5).is_due());
        assert_eq!(label(0, 5, 5).count(), "5");
        assert_eq!(label(10, 5, 10).count(), "5 of 10");
    }
}
