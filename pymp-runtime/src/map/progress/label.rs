//! A label: a bar where there is a terminal to draw it on, lines where there is none.

use std::time::{Duration, Instant};

use super::Report;

/// Draws a bar on stderr if that is a terminal and the cargo feature `progress` is on; a count, if nobody knows how many tasks there are.
/// Else it writes a line every few seconds, and one at the end.
#[derive(Debug)]
pub struct Label {
    text: String,
    #[cfg(feature = "progress")]
    bar: Option<indicatif::ProgressBar>,
    started: Instant,
    written: Instant,
    last: (usize, usize),
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
        }
    }

    fn line(&self) {
        let ((done, total), text) = (self.last, &self.text);
        eprintln!("{text}: {done} of {total} ({:.1} s)", self.started.elapsed().as_secs_f64());
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
        if done < total && self.written.elapsed() >= PAUSE {
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
