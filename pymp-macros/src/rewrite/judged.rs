//! Statements of which only rustc knows what they do to a variable: those with a macro of the user's, and calls of what may be a variable.
//!
//! `bump!(n, k);` is preceded by
//!
//! ```text
//! if false {
//!     never();
//!     let type_k = type_of(&k);
//!     let used = used_by(|| { never(); let mut k @ _ = type_k.another(); loop { bump!(n, k); } });
//!     FitForAllThreads::ask(&used, &lent); LeftAsItIs::ask(&used);
//! }
//! ```
//!
//! which is typed and never runs, see `unchanged.rs` of the runtime. What is the body's own or the thread's, `k`, stands for another of the
//! same type, so that only what is shared counts. After `never()` rustc looks at types alone: nothing is borrowed, moved or unused there.
//!
//! Not asked are statements that hold a block, in which statements are asked by themselves; those that leave the loop; `let`, whose type
//! may come from what follows; words that a macro of the user's may have made a variable; and what may make an item, see `made.rs`.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::ext::IdentExt;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Macro, Stmt};

use super::made::{self, Made};
use super::shape;
use crate::access::is_variable;
use crate::effort;
use crate::macros;
use crate::names::Names;
use crate::nest::Nest;
use crate::scope::{Binding, Scope, Scoped, scoped_visits};

/// Puts the questions into a body that is rewritten, and tells whether there are any. `own`: the names of what is each thread's own.
pub(crate) fn judge(nest: &Nest<'_>, body: &mut Block, own: &[Ident], names: &Names) -> bool {
    let own = own.iter().map(|name| name.unraw().to_string()).collect();
    let mut pass = Pass { scope: Scope::of(&nest.levels), own, made: Made::of(nest.body), names, asks: false };
    pass.visit_block_mut(body);
    pass.asks
}

struct Pass<'a> {
    scope: Scope,
    own: BTreeSet<String>,
    made: Made,
    names: &'a Names,
    asks: bool,
}

impl Pass<'_> {
    fn is_own(&self, word: &Ident) -> bool {
        let name = word.unraw().to_string();
        !self.scope.is_captured(word) || self.own.contains(&name) || name.starts_with("__pymp_")
    }

    /// Whether this may be a variable that all threads share.
    fn is_shared(&self, word: &Ident) -> bool {
        (is_variable(word) || word == "self") && !self.is_own(word)
    }

    /// The words that may be changed, and where to say so.
    fn asked(&self, stmt: &Stmt) -> Option<Span> {
        let found = Found::of(stmt)?;
        let called = found.called.filter(|name| self.is_shared(name) && !effort::is_quick(name) && !shape::takes(name));
        let handed: Vec<Ident> = found.words.into_iter().filter(|word| self.is_shared(word)).collect();
        if handed.iter().any(|word| self.made.may_be(word)) || made::is_for_a_type(stmt) {
            return None;
        }
        match handed.as_slice() {
            [] => called.map(|name| name.span()),
            [word] => Some(word.span()),
            _ => found.macro_name,
        }
    }

    fn question(&self, stmt: &Stmt, at: Span) -> Option<Stmt> {
        let words = macros::words(stmt.to_token_stream());
        if words.iter().any(|word| self.is_shared(word) && self.made.was_handed(word)) {
            return None;
        }
        let mut own: Vec<Ident> = Vec::new();
        for word in &words {
            let is_item = matches!(self.scope.get(word), Some(Binding::Item));
            if self.is_own(word) && !is_item && !own.contains(word) && word != "self" && is_variable(word) {
                own.push(word.clone());
            }
        }
        let span = self.names.span().located_at(at);
        let (pp, mut lent, mut used) = (self.names.private_at(span), self.names.lent(), self.names.fresh("used"));
        lent.set_span(span);
        used.set_span(span);
        let types: Vec<Ident> = own.iter().map(|name| self.names.fresh_for("type", name)).collect();
        // With `@ _`, since the whole pattern is then ours for lints that count names.
        let unreached = unreached(&pp, span);
        syn::parse2(quote_spanned!(span=>
            #[allow(clippy::min_ident_chars, clippy::shadow_reuse, clippy::shadow_same, clippy::shadow_unrelated)]
            if false {
                #unreached
                #(let #types = #pp::unchanged::type_of(&#own);)*
                let #used = #pp::unchanged::used_by(|| { #unreached #(let mut #own @ _ = #types.another();)* loop { #stmt } });
                #pp::unchanged::FitForAllThreads::ask(&#used, &#lent);
                #pp::unchanged::LeftAsItIs::ask(&#used);
            }
        ))
        .ok()
    }
}

impl Scoped for Pass<'_> {
    fn scope(&mut self) -> &mut Scope {
        &mut self.scope
    }

    fn before(&mut self, stmt: &Stmt) -> Option<Stmt> {
        let question = self.asked(stmt).and_then(|at| self.question(stmt, at));
        self.made.after(stmt);
        self.asks |= question.is_some();
        question
    }
}

impl VisitMut for Pass<'_> {
    scoped_visits! {}
    scoped_visits! { branches }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if !matches!(expr, Expr::Async(_) | Expr::Closure(_) | Expr::Const(_)) {
            visit_mut::visit_expr_mut(self, expr);
        }
    }
}

/// After this only types are looked at. That something is unreachable is told of the first statement alone.
pub(super) fn unreached(pp: &TokenStream, at: Span) -> TokenStream {
    quote_spanned!(at=> #pp::unchanged::never(); #[allow(unreachable_code)] let _ = ();)
}

/// Whether only its definition knows what it does.
pub(super) fn is_foreign(mac: &Macro) -> bool {
    let ours = mac.path.segments.iter().any(|segment| segment.ident == "__private");
    !ours && !macros::never_leaves(&macros::name(mac))
}

/// What a statement holds.
#[derive(Default)]
struct Found {
    /// The words that foreign macros are given.
    words: Vec<Ident>,
    macro_name: Option<Span>,
    /// What is called, in a call that is the whole statement.
    called: Option<Ident>,
    /// It cannot stand elsewhere.
    bound: bool,
}

impl Found {
    fn of(stmt: &Stmt) -> Option<Found> {
        let mut found = Found::default();
        match stmt {
            Stmt::Expr(Expr::Call(call), Some(_)) => {
                if let Expr::Path(path) = &*call.func {
                    found.called = path.path.get_ident().cloned();
                }
            }
            Stmt::Expr(Expr::Macro(_) | Expr::MethodCall(_), Some(_)) | Stmt::Expr(Expr::Assign(_) | Expr::Binary(_), _) => {}
            Stmt::Macro(call) if call.semi_token.is_some() => {}
            _ => return None,
        }
        found.visit_stmt(stmt);
        (!found.bound).then_some(found)
    }

    fn exits(tokens: &TokenStream) -> bool {
        let words = macros::words(tokens.clone());
        words.iter().any(|word| word == "return" || word == "break" || word == "continue" || word == "let")
            || tokens.to_string().contains(['?', '\''])
    }
}

impl<'ast> Visit<'ast> for Found {
    fn visit_block(&mut self, _: &'ast Block) {
        self.bound = true;
    }

    fn visit_expr(&mut self, expr: &'ast Expr) {
        self.bound |= matches!(
            expr,
            Expr::Await(_)
                | Expr::Break(_)
                | Expr::Continue(_)
                | Expr::Match(_)
                | Expr::Return(_)
                | Expr::Try(_)
                | Expr::Verbatim(_)
                | Expr::Yield(_)
        );
        visit::visit_expr(self, expr);
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        self.bound |= Self::exits(&mac.tokens);
        if is_foreign(mac) {
            self.words.extend(macros::words(mac.tokens.clone()));
            self.macro_name = mac.path.segments.last().map(|last| last.ident.span());
        }
    }
}
