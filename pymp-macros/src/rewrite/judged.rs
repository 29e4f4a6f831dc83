//! Statements of which only rustc knows what they do to a variable: those with a macro of the user's, and calls of what may be a variable.
//!
//! `bump!(n, k);` is preceded by a question in which it stands a second time:
//!
//! ```text
//! let type_k = type_of(&k);
//! .. || { let mut k @ _ = type_k.another(); loop { bump!(n, k); } } ..
//! ```
//!
//! What is the body's own or the thread's, `k`, stands for another of the same type, so that only what is shared counts.
//!
//! Not asked are statements that hold a block, in which statements are asked by themselves; those that leave the loop; `let`, whose type
//! may come from what follows; words that a macro of the user's may have made a variable; and what may make an item, see `made.rs`. About
//! what is in those, `rest.rs`, all that a thread runs is asked.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::ext::IdentExt;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Macro, Stmt};

use super::made::{self, Made};
use super::question::{Question, Told};
use super::rest::Rest;
use super::shape;
use crate::access::is_variable;
use crate::effort;
use crate::macros;
use crate::names::Names;
use crate::nest::Nest;
use crate::scope::{Binding, Scope, Scoped, scoped_visits};

/// Puts the questions into a body that is rewritten. `own`: the names of what is each thread's own.
pub(crate) fn judge(nest: &Nest<'_>, body: &mut Block, own: &[Ident], names: &Names) -> Judged {
    let own = own.iter().map(|name| name.unraw().to_string()).collect();
    let facts = Facts { own, names };
    let ask = |body: &mut Block, answered: bool| {
        let (scope, made) = (Scope::of(&nest.levels), Made::of(nest.body));
        let mut pass = Pass { scope, made, facts: &facts, answered, asks: 0, rest: Rest::default() };
        pass.visit_block_mut(body);
        Judged { asks: pass.asks, rest: pass.rest.place() }
    };
    let mut asked = body.clone();
    let judged = ask(&mut asked, false);
    match judged.answered() {
        true => ask(body, true),
        false => {
            *body = asked;
            judged
        }
    }
}

/// What is asked of a body.
#[derive(Clone, Copy, Default)]
pub(crate) struct Judged {
    /// How many questions there are in it.
    pub(crate) asks: usize,
    /// From where to where it holds what no statement can be asked about, so that all of it must be.
    pub(crate) rest: Option<(Span, Span)>,
}

impl Judged {
    /// Whether the question about all waits for the answers about statements.
    pub(crate) fn answered(&self) -> bool {
        self.asks > 0 && self.rest.is_some()
    }
}

/// What is known of a body.
struct Facts<'a> {
    own: BTreeSet<String>,
    names: &'a Names,
}

struct Pass<'a> {
    scope: Scope,
    made: Made,
    facts: &'a Facts<'a>,
    /// Somebody waits for the answers.
    answered: bool,
    asks: usize,
    rest: Rest,
}

impl Facts<'_> {
    fn is_own(&self, scope: &Scope, word: &Ident) -> bool {
        let name = word.unraw().to_string();
        !scope.is_captured(word) || self.own.contains(&name) || name.starts_with("__pymp_")
    }

    /// Whether this may be a variable that all threads share.
    fn is_shared(&self, scope: &Scope, word: &Ident) -> bool {
        (is_variable(word) || word == "self") && !self.is_own(scope, word)
    }
}

impl Pass<'_> {
    fn is_shared(&self, word: &Ident) -> bool {
        self.facts.is_shared(&self.scope, word)
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
            if self.facts.is_own(&self.scope, word) && !is_item && !own.contains(word) && word != "self" && is_variable(word) {
                own.push(word.clone());
            }
        }
        let span = self.facts.names.span().located_at(at);
        let pp = self.facts.names.private_at(span);
        let types: Vec<Ident> = own.iter().map(|name| self.facts.names.fresh_for("type", name)).collect();
        // With `@ _`, since the whole pattern is then ours for lints that count names.
        let asked = quote_spanned!(span=> #(let mut #own @ _ = #types.another();)* loop { #stmt });
        let types = quote_spanned!(span=> #(let #types = #pp::unchanged::type_of(&#own);)*);
        let told = self.answered.then(|| Told { before: Vec::new(), left: self.facts.names.left(self.asks) });
        let question = Question { from: at, to: at, types, asked, told }.put(self.facts.names);
        let quietly = self.facts.names.no_new_name();
        syn::parse2(quote_spanned!(span=>
            #quietly
            #question
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
        self.asks += usize::from(question.is_some());
        if question.is_none() {
            let Pass { scope, facts, rest, .. } = self;
            rest.look(stmt, &|word| facts.is_shared(scope, word));
        }
        question
    }
}

impl VisitMut for Pass<'_> {
    scoped_visits! {}
    scoped_visits! { branches }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if !matches!(expr, Expr::Async(_) | Expr::Closure(_) | Expr::Const(_)) && !shape::is_taken(expr) {
            visit_mut::visit_expr_mut(self, expr);
        }
    }
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
            Stmt::Expr(Expr::Macro(_) | Expr::MethodCall(_), Some(_)) | Stmt::Expr(Expr::Assign(_), _) => {}
            Stmt::Expr(Expr::Binary(binary), semi) if semi.is_some() || super::is_update(&binary.op) => {}
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
