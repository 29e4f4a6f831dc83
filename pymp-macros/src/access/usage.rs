//! One use of a captured variable: which part of it, and how.

use proc_macro2::{Ident, TokenStream};
use syn::{Expr, ExprLit, Lit};

use super::forms::Op;
use super::index::Index;
use crate::directive::Place;
use crate::place::bare;

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
    /// A macro of the user's is given it, and may change it.
    pub(crate) argument: bool,
    /// What is used, as typed: `y[i - 1]`.
    pub(crate) tokens: TokenStream,
    /// The `if`s (and guards) it stands under; `false` in their `else`.
    pub(crate) ifs: Vec<(usize, bool)>,
}

/// Whether a name stands alone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plain {
    No,
    /// It is computed with, `a * x[i]`: a variable.
    Operand,
    /// It may be that of a fn.
    Name,
}

#[derive(Clone)]
pub(crate) enum How {
    Read,
    /// Read as one side of a comparison in the condition of this `if`.
    Compared {
        branch: usize,
        order: Option<Op>,
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
    /// `&mut`.
    Borrow,
    /// A method that changes it.
    Method(Ident),
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

impl Use {
    pub(crate) fn writes(&self) -> bool {
        self.how.writes()
    }
}

impl How {
    pub(crate) fn writes(&self) -> bool {
        matches!(self, How::Assign { .. } | How::Update { .. } | How::Borrow | How::Method(_))
    }
}
