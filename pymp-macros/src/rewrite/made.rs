//! What a macro of the user's may make: `def!(three);` a function that the body calls as `three()`, `named!(Acc, acc);` an impl. Such a
//! statement must not stand in the body twice.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, Ident, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Block, Expr, ExprMacro, Stmt, StmtMacro};

use super::judged::is_foreign;
use crate::access::is_type;
use crate::macros;

/// The words of the body, and what they are handed to: a macro's name, or nothing.
pub(super) struct Made {
    handed_to: BTreeMap<String, BTreeSet<String>>,
    /// Those that have been read as variables so far.
    read: BTreeSet<String>,
    /// Those that macros which stand as statements have been handed so far.
    handed: BTreeSet<String>,
}

impl Made {
    pub(super) fn of(body: &Block) -> Made {
        let mut handed_to: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        each_word(body.to_token_stream(), At::default(), &mut |word| {
            handed_to.entry(word.name.unraw().to_string()).or_default().insert(word.at.macro_name.to_owned());
        });
        Made { handed_to, read: BTreeSet::new(), handed: BTreeSet::new() }
    }

    /// Whether a macro that is handed this word, here or later, may be what gives it its meaning: it stands elsewhere too, and has not
    /// been read before.
    pub(super) fn may_be(&self, word: &Ident) -> bool {
        let name = word.unraw().to_string();
        self.handed_to.get(&name).is_some_and(|to| to.len() > 1) && !self.read.contains(&name)
    }

    /// Whether an earlier statement may have made a variable of this name.
    pub(super) fn was_handed(&self, word: &Ident) -> bool {
        self.handed.contains(&word.unraw().to_string())
    }

    /// What follows this statement, or stands in a block of it, comes after its words.
    pub(super) fn after(&mut self, stmt: &Stmt) {
        if let Stmt::Macro(StmtMacro { mac, .. }) | Stmt::Expr(Expr::Macro(ExprMacro { mac, .. }), _) = stmt
            && is_foreign(mac)
        {
            self.handed.extend(macros::words(mac.tokens.clone()).iter().map(|word| word.unraw().to_string()));
        }
        each_word(stmt.to_token_stream(), At::default(), &mut |word| {
            if word.at.macro_name.is_empty() && !word.in_path && !word.at.in_block {
                self.read.insert(word.name.unraw().to_string());
            }
        });
    }
}

/// Whether a macro of the user's is handed the name of a type, for which it may implement something.
pub(super) fn is_for_a_type(stmt: &Stmt) -> bool {
    let mut found = false;
    each_word(stmt.to_token_stream(), At::default(), &mut |word| {
        found |= !word.at.macro_name.is_empty() && !word.in_path && is_type(word.name);
    });
    found
}

struct Word<'t> {
    name: &'t Ident,
    /// `f(..)`, `f::g`, `m!(..)`: part of the name of an item.
    in_path: bool,
    at: At<'t>,
}

#[derive(Clone, Copy, Default)]
struct At<'t> {
    /// The macro of the user's that is handed it.
    macro_name: &'t str,
    in_block: bool,
}

fn each_word(tokens: TokenStream, at: At<'_>, found: &mut dyn FnMut(Word<'_>)) {
    let (mut called, mut after) = (None, [' '; 2]);
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let name: Option<String> = called.take();
        let sign = match token {
            TokenTree::Ident(word) => {
                let next = Next::of(tokens.peek());
                if !matches!(after, [other, '.'] if other != '.') {
                    found(Word { name: &word, in_path: next != Next::Other || after == [':'; 2], at });
                }
                called = (next == Next::Macro).then(|| word.to_string());
                ' '
            }
            TokenTree::Group(group) => {
                let macro_name = name.as_deref().filter(|name| !macros::never_leaves(name)).unwrap_or(at.macro_name);
                let in_block = at.in_block || group.delimiter() == Delimiter::Brace;
                each_word(group.stream(), At { macro_name, in_block }, found);
                ' '
            }
            TokenTree::Punct(punct) => {
                called = name;
                punct.as_char()
            }
            TokenTree::Literal(_) => ' ',
        };
        let [_, last] = after;
        after = [last, sign];
    }
}

/// What comes after a word.
#[derive(PartialEq, Eq)]
enum Next {
    /// `!(..)`.
    Macro,
    /// `(..)`, `::`.
    Path,
    Other,
}

impl Next {
    fn of(token: Option<&TokenTree>) -> Next {
        match token {
            Some(TokenTree::Punct(punct)) if punct.as_char() == '!' && punct.spacing() == Spacing::Alone => Next::Macro,
            Some(TokenTree::Punct(punct)) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint => Next::Path,
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => Next::Path,
            _ => Next::Other,
        }
    }
}
