//! The uses of captured variables: which part of one, and how.

use std::collections::BTreeSet;
use std::ops::Range;

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::{Expr, ExprLit, ExprMethodCall, Lit, Stmt};

use super::compare::Order;
use super::forms::Op;
use super::index::Index;
use super::methods;
use super::setting::Setting;
use crate::directive::Place;
use crate::place::bare;
use crate::text::show;

/// All uses in the body, and the loop variables it assigns to.
#[derive(Default)]
pub(crate) struct Uses {
    pub(crate) all: Vec<Use>,
    pub(crate) moved_counters: BTreeSet<usize>,
    /// Named by the clauses of a loop inside the body; what that loop does with them is seen in its own body.
    pub(crate) inner_clauses: Vec<Ident>,
    /// In the tokens of macros of the user's that stand as statements.
    pub(crate) in_statements: Vec<Ident>,
    pub(super) keys: Vec<Key>,
    pub(super) once: Vec<Once>,
    pub(super) exits: Vec<Exit>,
}

impl Uses {
    /// `y.swap(a, b)` where the body has `y[k]` too is that of an array.
    pub(super) fn settle(&mut self) {
        let indexed: Vec<Place> =
            self.all.iter().filter(|usage| usage.index != Index::None).map(|usage| usage.place.clone()).collect();
        for usage in self.all.iter_mut().filter(|usage| indexed.iter().any(|place| place.same(&usage.place))) {
            if let How::Perhaps(method) = &usage.how
                && usage.index == Index::None
                && methods::is_of_an_array(method)
            {
                usage.how = How::Method(method.clone());
            }
        }
    }

    pub(super) fn keep(&mut self, read_later: &BTreeSet<String>) {
        for usage in &mut self.all {
            usage.kept = read_later.contains(&usage.place.root.unraw().to_string());
        }
    }

    /// What only one thread of the region runs, and the use of this number is in.
    pub(crate) fn once(&self, at: usize) -> Option<&Once> {
        self.once.iter().find(|once| once.uses.contains(&at))
    }
}

/// One use of a captured variable.
#[derive(Clone)]
pub(crate) struct Use {
    pub(crate) place: Place,
    pub(crate) index: Index,
    /// Something follows the index: `y[i].f`.
    pub(crate) deeper: bool,
    /// A `*` stands before the place.
    pub(crate) deref: bool,
    /// All of the place is behind it.
    pub(crate) starred: bool,
    pub(crate) how: How,
    /// A name alone.
    pub(crate) plain: Plain,
    /// Only its value is read, so that nothing changes it through `&`, as a cell can be.
    pub(crate) by_value: bool,
    /// Its variable is read after the loop, as far as that is known.
    pub(crate) kept: bool,
    /// It is known to be `None` there: `if b.is_none() && ..`.
    pub(crate) untaken: bool,
    /// A macro of the user's, all of a statement, is given it: what is it to do but to change it?
    pub(crate) argument: bool,
    /// In its index is a variable that is called as the loop's is, and is another one.
    pub(crate) namesake: Option<Ident>,
    /// What the method is handed that is called on it, as typed.
    pub(crate) handed: String,
    /// What is used, as typed: `y[i - 1]`.
    pub(crate) tokens: TokenStream,
    /// The `if`s (and guards) it stands under; `false` in their `else`.
    pub(crate) ifs: Vec<(usize, bool)>,
    /// The comparisons in their conditions that are between this place and what is assigned, with what is kept by them.
    pub(crate) decided: Vec<(usize, Op)>,
}

/// Whether a name stands alone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plain {
    No,
    /// It is compared, `a < x[i]`: a variable.
    Operand,
    /// It is computed with, `a * x[i]`, by value.
    Value,
    /// It may be that of a fn.
    Name,
}

#[derive(Clone)]
pub(crate) enum How {
    Read,
    /// Read as one side of a comparison in the condition of this `if`.
    Compared {
        branch: usize,
        comparison: usize,
        /// What is kept where the condition holds; `None` where that does not follow.
        order: Option<Order>,
        /// The condition does not hold without it, unlike in `a || b`.
        needed: bool,
        /// The other side, as typed.
        with: String,
        setting: Setting,
    },
    /// `y.len()`, `y.is_empty()`.
    Len,
    /// Somewhere in the tokens of a macro.
    Opaque,
    /// Its name inside a format string.
    Format,
    /// `=`; `itself`: with a value made from its own.
    Assign {
        itself: bool,
        /// The value, as typed; nothing where several are assigned at once.
        value: String,
    },
    /// `+=`, or an assignment from its own value.
    Update {
        op: Op,
        spelled: String,
        /// What `+=` adds.
        added: Added,
    },
    /// `&mut`, and the function that is given it.
    Borrow(Option<Ident>),
    /// A pattern that takes it apart by `ref mut`.
    Apart,
    /// A method that changes it.
    Method(Ident),
    /// A method that changes it, unless it is one by `&self` of an atomic, a cell or a lock: rustc knows which.
    Perhaps(Ident),
}

/// What is added, as far as it shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Added {
    /// A number, most likely.
    Value,
    /// `&x`: a text or a number.
    Reference,
    /// A text for certain: `"x"`, `&format!(..)`, `name.as_str()`.
    Text,
}

impl Added {
    pub(crate) fn of(expr: &Expr) -> Added {
        match bare(expr) {
            Expr::Lit(ExprLit { lit: Lit::Str(_), .. }) => Added::Text,
            Expr::Reference(reference) => match bare(&reference.expr) {
                Expr::Macro(call) if call.mac.path.is_ident("format") => Added::Text,
                Expr::MethodCall(call) if call.method == "to_string" => Added::Text,
                Expr::Index(index) if matches!(bare(&index.index), Expr::Range(_)) => Added::Text,
                _ => Added::Reference,
            },
            Expr::MethodCall(call) => match call.method.to_string().as_str() {
                "as_str" | "trim" | "trim_start" | "trim_end" => Added::Text,
                _ => Added::Value,
            },
            _ => Added::Value,
        }
    }
}

/// A side of a comparison that is made of something: the `m.abs()` of `if v.abs() > m.abs()`.
pub(crate) struct Key {
    pub(super) branch: usize,
    pub(crate) side: TokenStream,
    /// The other side, and what is kept where the condition holds.
    pub(crate) with: String,
    pub(crate) order: Order,
    pub(crate) setting: Setting,
}

/// A way out: `continue` and the like.
pub(crate) struct Exit {
    pub(crate) word: &'static str,
    pub(crate) tokens: TokenStream,
    /// The `if`s (and guards) that it leaves.
    pub(crate) ifs: Vec<usize>,
}

/// `p.single(|| ..)`, `p.masked(|| ..)`: what only one thread of a region runs.
pub(crate) struct Once {
    /// Which of the uses are in it.
    pub(super) uses: Range<usize>,
    /// `p.single`.
    pub(crate) call: String,
    /// All threads have its value.
    pub(crate) for_all: bool,
    /// It holds one assignment and nothing else.
    pub(crate) alone: bool,
}

impl Once {
    pub(super) fn of(call: &ExprMethodCall, uses: Range<usize>) -> Option<Once> {
        let for_all = call.method == "single";
        let [Expr::Closure(closure)] = call.args.iter().collect::<Vec<_>>().as_slice() else { return None };
        let alone = match &*closure.body {
            Expr::Block(block) => matches!(block.block.stmts.as_slice(), [Stmt::Expr(Expr::Assign(_), _)]),
            body => matches!(body, Expr::Assign(_)),
        };
        let handle = matches!(&*call.receiver, Expr::Path(_));
        let call_shown = format!("{}.{}", show(&call.receiver), call.method);
        (handle && (for_all || call.method == "masked")).then_some(Once { uses, call: call_shown, for_all, alone })
    }
}

impl Use {
    /// A name, or a field, as such.
    pub(super) fn new(place: Place, how: How, tokens: TokenStream) -> Use {
        let (plain, index, ifs, decided, handed) = (Plain::No, Index::None, Vec::new(), Vec::new(), String::new());
        let (deeper, deref, starred, kept, argument, untaken) = (false, false, false, false, false, false);
        let (by_value, namesake) = (false, None);
        Use {
            place,
            index,
            deeper,
            deref,
            starred,
            how,
            plain,
            by_value,
            kept,
            argument,
            untaken,
            namesake,
            handed,
            tokens,
            ifs,
            decided,
        }
    }

    pub(crate) fn writes(&self) -> bool {
        self.how.writes()
    }
}

impl How {
    pub(crate) fn writes(&self) -> bool {
        matches!(self, How::Assign { .. } | How::Update { .. } | How::Borrow(_) | How::Apart | How::Method(_) | How::Perhaps(_))
    }
}
