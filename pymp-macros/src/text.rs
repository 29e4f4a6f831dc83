//! The user's own words, as a message shows them.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// What stood before: decides whether the next token touches it.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    Nothing,
    Operand,
    Operator,
}

/// Spelled as people (and rustfmt) spell it: `y[i - 1]`, `self.count`, `f(&a, b)`.
///
/// `TokenStream`'s own `Display` puts a space before every bracket and dot.
pub(crate) fn show(tokens: &impl ToTokens) -> String {
    let mut out = String::new();
    write(tokens.to_token_stream(), &mut out);
    out
}

fn write(tokens: TokenStream, out: &mut String) {
    let mut before = Before::Nothing;
    let mut operator = String::new();
    for token in tokens {
        match token {
            TokenTree::Punct(punct) => {
                operator.push(punct.as_char());
                if punct.spacing() == Spacing::Alone || punct.as_char() == '\'' {
                    before = write_operator(&operator, before, out);
                    operator.clear();
                }
            }
            TokenTree::Group(group) => {
                before = flush(&mut operator, before, out);
                if group.delimiter() == Delimiter::Brace && before == Before::Operand {
                    out.push(' ');
                }
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                out.push_str(open);
                write(group.stream(), out);
                out.push_str(close);
                before = Before::Operand;
            }
            TokenTree::Ident(_) | TokenTree::Literal(_) => {
                before = flush(&mut operator, before, out);
                if before == Before::Operand {
                    out.push(' ');
                }
                out.push_str(&token.to_string());
                before = Before::Operand;
            }
        }
    }
}

fn flush(operator: &mut String, before: Before, out: &mut String) -> Before {
    if operator.is_empty() {
        return before;
    }
    let after = write_operator(operator, before, out);
    operator.clear();
    after
}

fn write_operator(operator: &str, before: Before, out: &mut String) -> Before {
    match operator {
        "." | "::" | ".." | "..=" => out.push_str(operator),
        "?" => {
            out.push('?');
            return Before::Operand;
        }
        "," | ";" | ":" => {
            out.push_str(operator);
            out.push(' ');
        }
        _ if before == Before::Operand && operator != "!" && operator != "'" => {
            out.push(' ');
            out.push_str(operator);
            out.push(' ');
        }
        _ => out.push_str(operator),
    }
    Before::Operator
}
