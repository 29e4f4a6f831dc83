//! Whether an iteration is short, as far as can be seen: arithmetic on what lies at hand.
//!
//! The blocks of a reproducible reduction must not depend on what is measured, or results would differ from run to run. What stands in
//! the program may count: many blocks pay where an iteration may be long, and cost more than the loop where it is an addition.

use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprCall, ExprMethodCall};

/// Functions and methods of numbers and arrays that take a few nanoseconds.
const QUICK: &[&str] = &[
    "abs",
    "abs_diff",
    "ceil",
    "clamp",
    "copysign",
    "count_ones",
    "floor",
    "from",
    "from_bits",
    "hypot",
    "is_nan",
    "len",
    "max",
    "min",
    "mul_add",
    "pow",
    "powi",
    "powf",
    "exp",
    "ln",
    "sin",
    "cos",
    "tan",
    "atan2",
    "recip",
    "rem_euclid",
    "round",
    "signum",
    "sqrt",
    "to_bits",
    "total_cmp",
    "trunc",
    "unsigned_abs",
    "wrapping_add",
    "wrapping_mul",
    "wrapping_sub",
];

/// Whether no iteration can take long: no loops in it, and no calls but of [`QUICK`] functions and of constructors.
pub(crate) fn is_short(body: &Block) -> bool {
    let mut search = Search { long: false };
    search.visit_block(body);
    !search.long
}

/// Whether this is a method of numbers, none of which changes its number.
pub(crate) fn is_quick(method: &Ident) -> bool {
    QUICK.contains(&method.to_string().as_str())
}

struct Search {
    long: bool,
}

fn is_quick_call(function: &Expr) -> bool {
    let Expr::Path(path) = function else { return false };
    path.path.segments.last().is_some_and(|last| {
        let name = last.ident.to_string();
        name.starts_with(char::is_uppercase) || QUICK.contains(&name.as_str())
    })
}

impl<'ast> Visit<'ast> for Search {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        self.long |= matches!(
            expr,
            Expr::Await(_)
                | Expr::ForLoop(_)
                | Expr::Loop(_)
                | Expr::Macro(_)
                | Expr::Verbatim(_)
                | Expr::While(_)
                | Expr::Yield(_)
        );
        visit::visit_expr(self, expr);
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        self.long |= !is_quick_call(&call.func);
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        self.long |= !is_quick(&call.method);
        visit::visit_expr_method_call(self, call);
    }

    fn visit_stmt_macro(&mut self, _: &'ast syn::StmtMacro) {
        self.long = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(body: &str) -> bool {
        syn::parse_str(body).is_ok_and(|body| is_short(&body))
    }

    #[test]
    fn arithmetic_is_short() {
        assert!(short("{ sum += x[i] * y[i]; }"));
        assert!(short("{ let d = f64::from(i) - mean; if d.abs() > 1.0 { s += d.powi(2); } else { continue; } }"));
        assert!(short("{ best = best.max(Some(x[i].sqrt() as u64)); }"));
    }

    #[test]
    fn what_may_be_long_is_not() {
        assert!(!short("{ sum += work(i); }"));
        assert!(!short("{ sum += x[i].energy(); }"));
        assert!(!short("{ for j in 0..n { sum += a[i][j]; } }"));
        assert!(!short("{ while x > 1 { x /= 2; sum += 1; } }"));
        assert!(!short("{ sum += value!(i); }"));
        assert!(!short("{ trace!(i); sum += 1.0; }"));
        assert!(!short("{ sum += (self.f)(i); }"));
    }
}
