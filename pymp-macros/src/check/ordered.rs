//! `ordered!` blocks need the clause `ordered`.

use syn::visit::{self, Visit};
use syn::{Block, Item, Macro};

use crate::diag::Diagnostics;
use crate::diag::leaving as say;
use crate::directive::LoopDirective;
use crate::macros;
use crate::parse;

/// An `ordered!` that the loops inside have left to this one, which has no such clause.
pub(super) fn blocks(directive: &LoopDirective, errors: &mut Diagnostics) {
    if directive.clauses.ordered.is_none() {
        none(directive.lowered(), errors);
    }
}

/// The same in a region.
pub(super) fn none(body: &Block, errors: &mut Diagnostics) {
    Blocks { errors }.visit_block(body);
}

struct Blocks<'e> {
    errors: &'e mut Diagnostics,
}

impl<'ast> Visit<'ast> for Blocks<'_> {
    fn visit_macro(&mut self, mac: &'ast Macro) {
        if macros::name(mac) == "ordered" && !parse::is_mark(&mac.tokens) {
            self.errors.push(say::unordered(mac));
        }
        visit::visit_macro(self, mac);
    }

    fn visit_item(&mut self, _: &'ast Item) {}
}
