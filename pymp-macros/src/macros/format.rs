//! The names inside of format strings.

use proc_macro2::{Ident, Span};
use syn::{Expr, Lit};

/// Which argument of a macro is its format string.
pub(super) enum Format {
    At(usize),
    /// An unknown macro, a logging one perhaps: its first string literal.
    Somewhere,
    None,
}

impl Format {
    pub(super) fn of(name: &str) -> Format {
        match name {
            "print" | "println" | "eprint" | "eprintln" | "format" | "format_args" => Format::At(0),
            "panic" | "todo" | "unimplemented" | "unreachable" => Format::At(0),
            "write" | "writeln" | "assert" | "debug_assert" => Format::At(1),
            "assert_eq" | "assert_ne" | "debug_assert_eq" | "debug_assert_ne" => Format::At(2),
            "vec" | "matches" | "dbg" => Format::None,
            _ => Format::Somewhere,
        }
    }
}

pub(super) fn literal(expr: &Expr) -> Option<(String, Span)> {
    match expr {
        Expr::Lit(lit) => match &lit.lit {
            Lit::Str(text) => Some((text.value(), text.span())),
            _ => None,
        },
        _ => None,
    }
}

pub(super) fn placeholders(format: &str) -> Vec<String> {
    let text = format.replace("{{", "").replace("}}", "");
    let mut names = Vec::new();
    for part in text.split('{').skip(1) {
        let Some((inside, _)) = part.split_once('}') else {
            continue;
        };
        let (value, spec) = inside.split_once(':').unwrap_or((inside, ""));
        names.push(value.trim().to_owned());
        // Width and precision are names when a `$` follows: `{:>w$.p$}`.
        let words = spec.split('$').rev().skip(1);
        names.extend(words.map(|word| word.rsplit(|c: char| !is_name(c)).next().unwrap_or_default().to_owned()));
    }
    names
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

pub(super) fn identifier(name: &str, span: Span) -> Option<Ident> {
    let mut ident: Ident = syn::parse_str(name).ok()?;
    ident.set_span(span);
    Some(ident)
}
