//! What stands between the parentheses of `println!(..)`, `vec![..]`, `assert!(..)`.

mod format;

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::spanned::Spanned;
use syn::{Block, Expr, Macro, Pat, Token, token};

use self::format::{Format, identifier, literal, placeholders};
use crate::parse::is_mark;
use crate::scope::Scoped;

/// The arguments of a macro that takes expressions.
pub(crate) struct Args(Vec<Piece>);

enum Piece {
    Expr(Expr),
    /// `name = expr` of a format macro: no assignment.
    Named(Ident, Token![=], Expr),
    /// The pattern of `matches!`, with its guard.
    Pattern(Box<Pat>, Option<(Token![if], Expr)>),
    Comma(Token![,]),
    Semi(Token![;]),
}

impl Args {
    /// `None`: something else than expressions between commas.
    pub(crate) fn of(mac: &Macro) -> Option<Args> {
        if is_quotation(mac) {
            return Some(Args(Vec::new()));
        }
        let parse = if name(mac) == "matches" { parse_matches } else { Args::parse };
        parse.parse2(mac.tokens.clone()).ok()
    }

    pub(crate) fn exprs_mut(&mut self) -> impl Iterator<Item = &mut Expr> {
        self.0.iter_mut().filter_map(|piece| match piece {
            Piece::Expr(expr) | Piece::Named(.., expr) | Piece::Pattern(_, Some((_, expr))) => Some(expr),
            _ => None,
        })
    }

    /// Puts changed arguments back; untouched ones keep the very tokens they were.
    pub(crate) fn store(self, mac: &mut Macro) {
        let tokens = self.into_token_stream();
        if !is_quotation(mac) && tokens.to_string() != mac.tokens.to_string() {
            mac.tokens = tokens;
        }
    }

    /// The names inside the format string: `x`, `w` and `p` of `"{x:>w$.p$} {0}"`.
    fn format_names(&self, mac: &Macro) -> Vec<Ident> {
        let values = self.0.iter().filter_map(|piece| match piece {
            Piece::Expr(expr) => Some(expr),
            _ => None,
        });
        let format = match Format::of(&name(mac)) {
            Format::At(position) => values.skip(position).map(literal).next().flatten(),
            Format::Somewhere => values.filter_map(literal).next(),
            Format::None => None,
        };
        let Some((text, span)) = format else {
            return Vec::new();
        };
        let named: BTreeSet<String> = self
            .0
            .iter()
            .filter_map(|piece| match piece {
                Piece::Named(name, ..) => Some(name.to_string()),
                _ => None,
            })
            .collect();
        let names = placeholders(&text).into_iter().filter(|name| !named.contains(name));
        names.filter_map(|name| identifier(&name, span)).collect()
    }
}

impl Parse for Args {
    fn parse(input: ParseStream<'_>) -> syn::Result<Args> {
        let mut pieces = Vec::new();
        while !input.is_empty() {
            let named = input.peek(syn::Ident) && input.peek2(Token![=]);
            if named && !input.peek2(Token![==]) && !input.peek2(Token![=>]) {
                pieces.push(Piece::Named(input.parse()?, input.parse()?, input.parse()?));
            } else {
                pieces.push(Piece::Expr(input.parse()?));
            }
            if input.peek(Token![;]) {
                pieces.push(Piece::Semi(input.parse()?));
            } else if !input.is_empty() {
                pieces.push(Piece::Comma(input.parse()?));
            }
        }
        Ok(Args(pieces))
    }
}

fn parse_matches(input: ParseStream<'_>) -> syn::Result<Args> {
    let mut pieces = vec![Piece::Expr(input.parse()?), Piece::Comma(input.parse()?)];
    let pat = Pat::parse_multi_with_leading_vert(input)?;
    let guard = match input.parse::<Option<Token![if]>>()? {
        Some(token) => Some((token, input.parse()?)),
        None => None,
    };
    pieces.push(Piece::Pattern(Box::new(pat), guard));
    if let Some(comma) = input.parse()? {
        pieces.push(Piece::Comma(comma));
    }
    Ok(Args(pieces))
}

impl ToTokens for Args {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for piece in &self.0 {
            match piece {
                Piece::Expr(expr) => expr.to_tokens(tokens),
                Piece::Named(name, eq, expr) => {
                    tokens.append_all([name.to_token_stream(), eq.to_token_stream(), expr.to_token_stream()])
                }
                Piece::Pattern(pat, guard) => {
                    pat.to_tokens(tokens);
                    if let Some((token, guard)) = guard {
                        token.to_tokens(tokens);
                        guard.to_tokens(tokens);
                    }
                }
                Piece::Comma(comma) => comma.to_tokens(tokens),
                Piece::Semi(semi) => semi.to_tokens(tokens),
            }
        }
    }
}

/// Visits the arguments of a macro as the expressions they are.
pub(crate) fn visit<V: Scoped + ?Sized>(v: &mut V, mac: &mut Macro) {
    let Some(mut args) = Args::of(mac) else {
        // Half typed: the compiler says so, and what it will be nobody knows.
        if prints(&name(mac)) {
            return;
        }
        for word in words(mac.tokens.clone()) {
            v.opaque(word);
        }
        return;
    };
    v.scope().enter();
    for name in args.format_names(mac) {
        v.format_name(name);
    }
    let mut target = matches!(name(mac).as_str(), "write" | "writeln");
    let (unknown, printing) = (!never_leaves(&name(mac)), prints(&name(mac)));
    for piece in &mut args.0 {
        match piece {
            Piece::Expr(expr) if target => v.write_target(expr),
            Piece::Expr(expr) | Piece::Named(.., expr) if printing => v.printed(expr),
            Piece::Expr(expr) if unknown => v.argument(expr),
            Piece::Expr(expr) | Piece::Named(.., expr) => v.visit_expr_mut(expr),
            Piece::Pattern(pat, guard) => {
                v.scope().bind(pat);
                if let Some((_, guard)) = guard {
                    v.visit_expr_mut(guard);
                }
            }
            Piece::Comma(_) | Piece::Semi(_) => continue,
        }
        target = false;
    }
    v.scope().leave();
    args.store(mac);
}

/// All words of opaque tokens that may be variables: those after a dot are fields or methods.
pub(crate) fn words(tokens: TokenStream) -> Vec<Ident> {
    let mut words = Vec::new();
    let mut after_dot = false;
    for token in tokens {
        let dot = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '.');
        match token {
            TokenTree::Ident(word) if !after_dot => words.push(word),
            TokenTree::Group(group) => words.extend(self::words(group.stream())),
            _ => {}
        }
        // The second dot of `0..n` leads to no field.
        after_dot = dot && !after_dot;
    }
    words
}

/// All names that tokens may be about, those in the format strings too.
pub(crate) fn mentioned(tokens: TokenStream) -> BTreeSet<String> {
    let texts = literals(tokens.clone());
    let in_text = texts.iter().flat_map(|text| placeholders(text));
    words(tokens).iter().map(|word| word.unraw().to_string()).chain(in_text).collect()
}

fn literals(tokens: TokenStream) -> Vec<String> {
    let of_one = |token| match token {
        TokenTree::Literal(text) => vec![text.to_string()],
        TokenTree::Group(group) => literals(group.stream()),
        _ => Vec::new(),
    };
    tokens.into_iter().flat_map(of_one).collect()
}

/// The last word of the macro's path.
pub(crate) fn name(mac: &Macro) -> String {
    mac.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default()
}

/// The block that an `ordered!({ .. })` holds.
pub(crate) fn ordered_block(mac: &Macro) -> Option<Block> {
    if name(mac) != "ordered" || is_mark(&mac.tokens) {
        return None;
    }
    syn::parse2(mac.tokens.clone()).ok().or_else(|| {
        let stmts = Block::parse_within.parse2(mac.tokens.clone()).ok()?;
        Some(Block { brace_token: token::Brace(mac.tokens.span()), stmts })
    })
}

/// Tokens that are not run here.
fn is_quotation(mac: &Macro) -> bool {
    matches!(name(mac).as_str(), "stringify" | "quote" | "quote_spanned" | "include_str" | "include_bytes" | "concat" | "env")
}

/// Whether it is known of a macro of this name that it holds no `break` and changes no argument: those of std, and what others call alike.
pub(crate) fn never_leaves(name: &str) -> bool {
    KNOWN.contains(&name)
}

/// Whether a macro of this name does nothing with its arguments but to evaluate them and to print what comes of it.
pub(crate) fn prints(name: &str) -> bool {
    let words = ["eprint", "eprintln", "format", "format_args", "panic", "print", "println", "write", "writeln"];
    words.contains(&name)
}

const KNOWN: &[&str] = &[
    "addr_of",
    "addr_of_mut",
    "array",
    "assert",
    "assert_eq",
    "assert_ne",
    "cfg",
    "column",
    "concat",
    "dbg",
    "debug",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "env",
    "eprint",
    "eprintln",
    "error",
    "file",
    "format",
    "format_args",
    "include_bytes",
    "include_str",
    "info",
    "line",
    "matches",
    "module_path",
    "option_env",
    "ordered",
    "panic",
    "parallel_for",
    "pprintln",
    "print",
    "println",
    "region",
    "stringify",
    "todo",
    "trace",
    "unimplemented",
    "unreachable",
    "vec",
    "warn",
    "write",
    "writeln",
];
