//! What stands around a comparison: the other conditions beside it, and the loops of the body.

use quote::ToTokens;
use syn::{BinOp, Expr, ExprForLoop, UnOp};

use crate::directive::Place;
use crate::nest::Level;
use crate::place::bare;
use crate::text::show;

/// `ok[i] && x[i] < m && i > 3` in `for j in 0..n`.
#[derive(Clone, Default)]
pub(crate) struct Setting {
    before: Vec<String>,
    behind: Vec<String>,
    /// Those of the loops inside the body; `None` where one of them does not count.
    pub(super) inner: Option<Vec<Tie>>,
}

impl Setting {
    pub(crate) const ALONE: Setting = Setting { before: Vec::new(), behind: Vec::new(), inner: None };

    /// Of the comparison that is this part of the condition.
    pub(super) fn of(conjuncts: &[Conjunct], part: &Expr, inner: &[Option<Tie>]) -> Setting {
        let core = show(bare(part));
        let holder = || conjuncts.iter().position(|conjunct| conjunct.core.contains(&core));
        let at = conjuncts.iter().position(|conjunct| conjunct.core == core).or_else(holder).unwrap_or(conjuncts.len());
        let shown = |some: &[Conjunct]| some.iter().map(|conjunct| conjunct.shown.clone()).collect();
        Setting {
            before: shown(conjuncts.get(..at).unwrap_or_default()),
            behind: shown(conjuncts.get(at + 1..).unwrap_or_default()),
            inner: inner.iter().cloned().collect(),
        }
    }

    /// The whole condition, with this comparison.
    pub(crate) fn with(&self, comparison: String) -> String {
        let all = self.before.iter().cloned().chain([comparison]).chain(self.behind.iter().cloned());
        all.collect::<Vec<_>>().join(" && ")
    }

    /// Another condition that reads the place.
    pub(crate) fn asks_of(&self, place: &Place) -> Option<&str> {
        let name = show(place);
        self.before.iter().chain(&self.behind).map(String::as_str).find(|shown| names(shown, &name))
    }

    /// The numbers that say which of two values came first, of the loops around the body and of those in it.
    pub(crate) fn ties<'t>(&'t self, around: &'t [Tie]) -> Vec<&'t Tie> {
        match &self.inner {
            Some(inner) if !around.is_empty() => around.iter().chain(inner).collect(),
            _ => Vec::new(),
        }
    }
}

/// The name stands in the text, and not as a part of another.
fn names(text: &str, name: &str) -> bool {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.match_indices(name).any(|(at, _)| {
        let (before, behind) = (text.get(..at).unwrap_or_default(), text.get(at + name.len()..).unwrap_or_default());
        let field = before.ends_with('.') && !before.ends_with("..");
        !field && !before.ends_with(is_word) && !behind.starts_with(is_word)
    })
}

/// What a condition asks together with others.
pub(super) struct Conjunct {
    shown: String,
    /// What is between the signs of a negation.
    core: String,
}

impl Conjunct {
    /// Of `a && !(b || c)`: `a`, `!b` and `!c`.
    pub(super) fn all(condition: &Expr) -> Vec<Conjunct> {
        let mut all = Vec::new();
        collect(condition, true, &mut all);
        all
    }

    /// The `b` of `b.is_none()`.
    pub(super) fn untaken(&self) -> Option<&str> {
        let other = |words: &str| self.shown.strip_prefix(words);
        self.shown.strip_suffix(".is_none()").or(self.shown.strip_suffix(" == None")).or_else(|| other("let None = "))
    }
}

fn collect(expr: &Expr, holds: bool, all: &mut Vec<Conjunct>) {
    match bare(expr) {
        Expr::Binary(both) if holds && matches!(both.op, BinOp::And(_)) || !holds && matches!(both.op, BinOp::Or(_)) => {
            collect(&both.left, holds, all);
            collect(&both.right, holds, all);
        }
        Expr::Unary(not) if matches!(not.op, UnOp::Not(_)) => collect(&not.expr, !holds, all),
        core => {
            let negated = match core {
                Expr::Binary(_) | Expr::Cast(_) | Expr::Let(_) => format!("!({})", show(core)),
                _ => format!("!{}", show(core)),
            };
            let either = matches!(expr, Expr::Binary(either) if matches!(either.op, BinOp::Or(_)));
            let shown = match holds {
                true if either => format!("({})", show(core)),
                true => show(&expr.to_token_stream()),
                false => negated,
            };
            all.push(Conjunct { shown, core: show(core) });
        }
    }
}

/// The number of an iteration, which says which of two equal values came first.
#[derive(Clone)]
pub(crate) struct Tie {
    pub(crate) counter: String,
    /// It goes down.
    pub(crate) reversed: bool,
}

impl Tie {
    pub(super) fn of(level: &Level<'_>) -> Option<Tie> {
        let counter = level.counter().filter(|_| level.is_numbered())?;
        Some(Tie { counter: counter.to_string(), reversed: level.is_reversed() })
    }

    /// Of a loop in the body.
    pub(super) fn inner(each: &ExprForLoop) -> Option<Tie> {
        Tie::of(&Level { label: None, pat: &each.pat, head: &each.expr })
    }
}
