//! The model: what the user asked for, every word with the place it was written at.
//!
//! `parse` makes it, `check` judges it, `access` and `control` read the loop beside it, `expand` turns it into tokens.

mod defaults;

use std::collections::BTreeSet;
use std::fmt;

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{Block, Expr, ExprForLoop, Member, Pat, Path};

use crate::names::Names;

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
    /// `true` where it stands alone.
    pub(crate) reproducible: Option<Clause<Expr>>,
    pub(crate) ordered: Option<Clause<()>>,
    pub(crate) explain: Option<Clause<()>>,
    /// `crate = ::path`: where the facade is.
    pub(crate) krate: Option<Clause<Path>>,
    /// The word `parallel` of the attribute that they are in, where the user has written one.
    pub(crate) word: Option<Ident>,
    /// Every key, in the order of writing.
    pub(crate) written: Vec<Ident>,
    /// One that could not be read may be about the body's variables, or about which loops are meant: then the body cannot be judged.
    pub(crate) unclear: bool,
    /// Clauses that stand once and were given again: the first key and the second, for `check`.
    pub(crate) repeated: Vec<(Ident, Ident)>,
}

impl Clauses {
    /// Whether it is written who is to run the loop, so that the runtime has no choice.
    pub(crate) fn choose_threads(&self) -> bool {
        let numbers = [&self.num_threads, &self.chunk, &self.min_chunk, &self.condition];
        numbers.into_iter().any(Option::is_some) || self.schedule.is_some() || self.ordered.is_some()
    }
}

/// A variable, or a field path that starts at one: `y`, `self.y`, `grid.cells.0`; or what lies behind it, `*y`.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) root: Ident,
    pub(crate) fields: Vec<Member>,
    /// `*y`, which only `reduction` takes.
    pub(crate) behind: bool,
}

impl Place {
    /// The place an expression names, if it names one.
    pub(crate) fn of(expr: &Expr) -> Option<Self> {
        match expr {
            Expr::Path(path) if path.qself.is_none() => path.path.get_ident().map(Self::variable),
            Expr::Field(field) => {
                let mut place = Self::of(&field.base)?;
                place.fields.push(field.member.clone());
                Some(place)
            }
            Expr::Paren(inner) => Self::of(&inner.expr),
            Expr::Group(inner) => Self::of(&inner.expr),
            _ => None,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.behind { "*" } else { "" }, self.root)?;
        self.fields.iter().try_for_each(|field| write!(f, ".{}", field.to_token_stream()))
    }
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

impl ScheduleKind {
    pub(crate) const WORDS: [&str; 5] = ["static", "dynamic", "guided", "auto", "runtime"];

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "static" => Self::Static,
            "dynamic" => Self::Dynamic,
            "guided" => Self::Guided,
            "auto" => Self::Auto,
            "runtime" => Self::Runtime,
            _ => return None,
        })
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Static => "static",
            Self::Dynamic => "dynamic",
            Self::Guided => "guided",
            Self::Auto => "auto",
            Self::Runtime => "runtime",
        }
    }

    /// Whether the user may say how long a chunk is.
    pub(crate) fn takes_chunk(self) -> bool {
        matches!(self, Self::Static | Self::Dynamic | Self::Guided)
    }
}

/// One variable of a `reduction(op: a, b)`; the clause is repeated for each variable.
#[derive(Clone)]
pub(crate) struct Reduced {
    pub(crate) op: ReductionOp,
    pub(crate) place: Place,
    pub(crate) reach: Reach,
}

/// How a body reaches the variable of a reduction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Reach {
    /// `sum += ..`, `best = ..`: it is a value, of whatever type, which need not be known yet.
    Whole,
    /// `*sum += ..`: it leads to one.
    Behind,
    /// `h[k] += ..`, `list.push(..)`: a value or a reference, as its type says.
    Through,
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
    /// A path to a value that implements `Reduction<T>`, or a call that makes one.
    Own(Box<Expr>),
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

/// `collapse = k`; `check` has seen to it that k is at least 1 and that there are k loops.
#[derive(Clone)]
pub(crate) struct CollapseArg {
    pub(crate) depth: usize,
    pub(crate) span: Span,
}

impl Clauses {
    /// Every variable that a data clause names, with the key of that clause, in the order of the fields above.
    pub(crate) fn places(&self) -> Vec<(&Ident, Place)> {
        let mut places: Vec<(&Ident, Place)> = Vec::new();
        places.extend(self.reductions.iter().map(|c| (&c.key, c.value.place.clone())));
        places.extend(self.privates.iter().map(|c| (&c.key, Place::variable(&c.value.name))));
        places.extend(self.owned.iter().map(|c| (&c.key, c.value.clone())));
        places.extend(self.chunks.iter().map(|c| (&c.key, c.value.place.clone())));
        places.extend(self.atomic.iter().map(|c| (&c.key, c.value.clone())));
        places.extend(self.scatter.iter().map(|c| (&c.key, c.value.clone())));
        places.extend(self.shared.iter().map(|c| (&c.key, c.value.clone())));
        places
    }

    /// The keys of the clauses that are about one loop and cannot be a default of several.
    pub(crate) fn about_one_loop(&self) -> Vec<&Ident> {
        let mut keys: Vec<&Ident> = self.places().into_iter().map(|(key, _)| key).collect();
        keys.extend(self.collapse.as_ref().map(|c| &c.key));
        keys.extend(self.ordered.as_ref().map(|c| &c.key));
        keys
    }
}

/// A loop with its clauses.
pub(crate) struct LoopDirective {
    pub(crate) clauses: Clauses,
    /// The loop as typed, for reading: directives in its body still have their `#[parallel]`. It has no attributes of its
    /// own left; who found it puts those around the result.
    pub(crate) each: ExprForLoop,
    /// The body for generating, when it differs from the typed one: the directives in it are expanded.
    pub(crate) lowered: Option<Block>,
    /// How many levels of directives are in the body. It numbers the fresh names: all loops of a fn are expanded in one
    /// go, so hygiene alone does not keep an inner loop's names from an outer one's.
    pub(crate) level: usize,
    /// It stands in the body of another parallel loop.
    pub(crate) inside: bool,
    /// What the fn around it may read after it, as far as that is known.
    pub(crate) read_later: BTreeSet<String>,
}

impl LoopDirective {
    pub(crate) fn pat(&self) -> &Pat {
        &self.each.pat
    }
    /// The body as typed: read this.
    pub(crate) fn body(&self) -> &Block {
        &self.each.body
    }
    /// The body with the directives in it expanded: generate from this.
    pub(crate) fn lowered(&self) -> &Block {
        self.lowered.as_ref().unwrap_or(&self.each.body)
    }
    /// How many loops form the iteration space.
    pub(crate) fn depth(&self) -> usize {
        self.clauses.collapse.as_ref().map_or(1, |c| c.value.depth)
    }
    pub(crate) fn names(&self) -> Names {
        Names::new(self.each.for_token.span, self.level, self.clauses.krate.as_ref().map(|c| &c.value))
    }
}

/// A region with its clauses: a block that every thread of the team runs.
pub(crate) struct RegionDirective {
    pub(crate) clauses: Clauses,
    /// What stands between the bars of a `region!`; a block with `#[parallel]` has no handle.
    pub(crate) handle: Option<Pat>,
    /// The block as typed, and for generating, as those of a loop.
    pub(crate) body: Block,
    pub(crate) lowered: Option<Block>,
    pub(crate) level: usize,
    /// Where what rustc has to say about the region is said.
    pub(crate) span: Span,
}

impl RegionDirective {
    /// The block with the directives in it expanded.
    pub(crate) fn lowered(&self) -> &Block {
        self.lowered.as_ref().unwrap_or(&self.body)
    }
    pub(crate) fn names(&self) -> Names {
        Names::new(self.span, self.level, self.clauses.krate.as_ref().map(|c| &c.value))
    }
}
