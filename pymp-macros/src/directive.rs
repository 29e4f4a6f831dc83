//! The model: what the user asked for, every word with the place it was written at.
//!
//! `parse` makes it, `check` judges it, `access` and `control` read the loop beside it, `expand` turns it into tokens.

use proc_macro2::{Ident, Span};
use syn::{Block, Expr, ExprForLoop, Label, Member, Pat, Path};

/// A clause: its value and where its key stands.
#[derive(Clone)]
pub(crate) struct Clause<T> {
    pub(crate) key: Ident,
    pub(crate) value: T,
}

/// All clauses of one directive.
#[derive(Clone, Default)]
pub(crate) struct Clauses {
    pub(crate) num_threads: Option<Clause<Expr>>,
    pub(crate) schedule: Option<Clause<ScheduleArg>>,
    pub(crate) chunk: Option<Clause<Expr>>,
    pub(crate) condition: Option<Clause<Expr>>,
    pub(crate) min_chunk: Option<Clause<Expr>>,
    pub(crate) collapse: Option<Clause<CollapseArg>>,
    pub(crate) reductions: Vec<Clause<Reduced>>,
    pub(crate) privates: Vec<Clause<Private>>,
    pub(crate) owned: Vec<Clause<Place>>,
    pub(crate) chunks: Vec<Clause<Chunked>>,
    pub(crate) atomic: Vec<Clause<Place>>,
    pub(crate) scatter: Vec<Clause<Place>>,
    pub(crate) shared: Vec<Clause<Place>>,
    pub(crate) default_none: Option<Clause<()>>,
    pub(crate) reproducible: Option<Clause<()>>,
    pub(crate) ordered: Option<Clause<()>>,
    /// `crate = ::path`: where the facade is.
    pub(crate) krate: Option<Clause<Path>>,
}

/// A variable, or a field path that starts at one: `y`, `self.y`, `grid.cells.0`.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) root: Ident,
    pub(crate) fields: Vec<Member>,
}

/// `schedule = ..`.
#[derive(Clone)]
pub(crate) enum ScheduleArg {
    /// A known word, from a literal (`"dynamic,64"`) or bare words (`schedule(dynamic, 64)`).
    Known { kind: ScheduleKind, span: Span, chunk: Option<Expr> },
    /// Anything else: an expression of type `Schedule` or `&str`.
    Value(Expr),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ScheduleKind {
    Static,
    Dynamic,
    Guided,
    Auto,
    Runtime,
}

/// One variable of a `reduction(op: a, b)`; the clause is repeated for each variable.
#[derive(Clone)]
pub(crate) struct Reduced {
    pub(crate) op: ReductionOp,
    pub(crate) place: Place,
}

#[derive(Clone)]
pub(crate) enum ReductionOp {
    Add(Span),
    Mul(Span),
    Sub(Span),
    BitAnd(Span),
    BitOr(Span),
    BitXor(Span),
    And(Span),
    Or(Span),
    Min(Span),
    Max(Span),
    Append(Span),
    /// A path to a value that implements `Reduction<T>`.
    Own(Path),
}

/// One variable of `private`, `firstprivate` or `lastprivate`; the clause is repeated for each.
#[derive(Clone)]
pub(crate) struct Private {
    pub(crate) kind: PrivateKind,
    pub(crate) name: Ident,
}

#[derive(Clone)]
pub(crate) enum PrivateKind {
    /// `private(x)`: starts at `Default`.
    Default,
    /// `private(x = expr)`: the expression is evaluated once per thread.
    Init(Box<Expr>),
    First,
    Last,
}

/// `chunks(c, n)`.
#[derive(Clone)]
pub(crate) struct Chunked {
    pub(crate) place: Place,
    pub(crate) size: Expr,
}

/// `collapse = k`; the number is kept even when `check` refuses it.
#[derive(Clone)]
pub(crate) struct CollapseArg {
    pub(crate) depth: Option<usize>,
    pub(crate) span: Span,
}

/// A loop with its clauses, as typed.
pub(crate) struct LoopDirective {
    pub(crate) clauses: Clauses,
    pub(crate) each: ExprForLoop,
}

impl LoopDirective {
    pub(crate) fn label(&self) -> Option<&Label> {
        self.each.label.as_ref()
    }
    pub(crate) fn pat(&self) -> &Pat {
        &self.each.pat
    }
    pub(crate) fn head(&self) -> &Expr {
        &self.each.expr
    }
    pub(crate) fn body(&self) -> &Block {
        &self.each.body
    }
}
