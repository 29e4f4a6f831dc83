//! What the user reads: the accumulator, and one named constructor per message.
//!
//! A message is lower-case, without a full stop, in the words of the documentation. It says what was found and what to
//! write instead; a closed set is listed whole.

pub(crate) mod clauses;
mod entry;
pub(crate) mod leaving;
pub(crate) mod loop_body;
pub(crate) mod parmap;
pub(crate) mod region;
pub(crate) mod target;

use syn::Error;

use self::entry::{Entry, between, error, names_its_page, spanned};

/// The errors found so far. Stages go on after an error and stop between stages, at `finish`.
#[derive(Default)]
#[must_use]
pub(crate) struct Diagnostics {
    errors: Vec<Error>,
    #[cfg(test)]
    read: bool,
}

impl Diagnostics {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// All of these at once.
    pub(crate) fn all(errors: Vec<Error>) -> Result<(), Error> {
        let mut all = Self::new();
        all.extend(errors);
        all.finish()
    }

    pub(crate) fn push(&mut self, error: Error) {
        self.errors.push(error);
    }

    pub(crate) fn extend(&mut self, errors: impl IntoIterator<Item = Error>) {
        self.errors.extend(errors);
    }

    /// The value, or nothing and the error noted.
    pub(crate) fn keep<T>(&mut self, result: Result<T, Error>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// How many calls of `push` there were: whether a stage added any is a comparison of two counts.
    pub(crate) fn count(&self) -> usize {
        self.errors.len()
    }

    /// For a first look at what is read again later, by whom the errors are told.
    pub(crate) fn disregard(self) {
        let _: Result<(), Error> = self.finish();
    }

    /// Everything at once, as one error with many messages.
    #[cfg_attr(not(test), allow(unused_mut, reason = "only the test build marks it read"))]
    pub(crate) fn finish(mut self) -> Result<(), Error> {
        #[cfg(test)]
        {
            self.read = true;
        }
        let all = std::mem::take(&mut self.errors).into_iter().reduce(|mut all, next| {
            all.combine(next);
            all
        });
        all.map_or(Ok(()), Err)
    }
}

/// Errors that nobody reads are a bug of ours; a macro must not panic over it, a test must.
#[cfg(test)]
impl Drop for Diagnostics {
    fn drop(&mut self) {
        if !self.read && !std::thread::panicking() {
            assert!(self.errors.is_empty(), "errors were dropped unread");
        }
    }
}

/// `a, b or c`, each in backquotes.
fn one_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// `a, b and c`, each in backquotes.
fn all_of(words: impl IntoIterator<Item = String>) -> String {
    let quoted: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// `, did you mean `x`?` when one of the words is near, else nothing.
fn did_you_mean(found: &str, words: &[&str]) -> String {
    match nearest(found, words) {
        Some(word) => format!(", did you mean `{word}`?"),
        None => String::new(),
    }
}

/// The word that was probably meant: a slip of the fingers away, or the only one with a large part in common.
fn nearest<'w>(found: &str, words: &[&'w str]) -> Option<&'w str> {
    let found = found.to_lowercase();
    let slips = if found.chars().count() < 5 { 1 } else { 2 };
    let by_distance = words.iter().map(|word| (distance(&found, word), *word)).min();
    if let Some((away, word)) = by_distance
        && away <= slips
        && away < word.chars().count()
    {
        return Some(word);
    }
    // One that holds what was typed, one that is held by it, one that begins alike.
    let only = |is: &dyn Fn(&str) -> bool| {
        let mut those = words.iter().filter(|word| is(word));
        those.next().filter(|_| those.next().is_none()).copied()
    };
    let alike = |word: &str| word.chars().zip(found.chars()).take_while(|(a, b)| a == b).count();
    only(&|word| found.len() >= 3 && word.contains(found.as_str()))
        .or_else(|| only(&|word| word.len() >= 5 && found.contains(word)))
        .or_else(|| only(&|word| alike(word) >= 4))
}

/// The edit distance in which two neighbours swapped count once.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at = |line: &[usize], k: usize| line.get(k).copied().unwrap_or(usize::MAX - 1);
            let mut best = (at(&above, j) + usize::from(x != y)).min(at(&above, j + 1) + 1).min(at(&row, j) + 1);
            if i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x) {
                best = best.min(at(&before, j - 1) + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or(a.len())
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest, one_of};

    #[test]
    fn distance_counts_slips() {
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("schedule", "schedule"), 0);
        assert_eq!(distance("shcedule", "schedule"), 1);
        assert_eq!(distance("kitten", "sitting"), 3);
    }

    #[test]
    fn nearest_guesses_slips_and_parts_but_not_strangers() {
        let words = ["static", "dynamic", "guided", "auto", "runtime"];
        assert_eq!(nearest("dinamic", &words), Some("dynamic"));
        assert_eq!(nearest("Dynamic", &words), Some("dynamic"));
        assert_eq!(nearest("threads", &["num_threads", "min_chunk"]), Some("num_threads"));
        assert_eq!(nearest("reduce", &["reduction", "private"]), Some("reduction"));
        assert_eq!(nearest("chunk_size", &["chunk", "schedule"]), Some("chunk"));
        assert_eq!(nearest("fastest", &words), None);
        assert_eq!(nearest("x", &["if"]), None);
    }

    #[test]
    fn sets_are_listed() {
        assert_eq!(one_of(&["a"]), "`a`");
        assert_eq!(one_of(&["a", "b", "c"]), "`a`, `b` or `c`");
    }
}
