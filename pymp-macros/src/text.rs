//! The user's own words, as a message shows them.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;

/// Spelled as people (and rustfmt) spell it: `y[i - 1]`, `self.count`, `f(&a, b)`.
///
/// `TokenStream`'s own `Display` puts a space before every bracket and dot.
pub(crate) fn show(tokens: &impl ToTokens) -> String {
    let mut writer = Writer { out: String::new(), before: Before::Nothing, operator: String::new(), turbofish: 0 };
    writer.tokens(tokens.to_token_stream());
    writer.out
}

/// Whether a name stands among the tokens, in groups too.
pub(crate) fn mentions(tokens: TokenStream, name: &Ident) -> bool {
    tokens.into_iter().any(|tree| match tree {
        TokenTree::Ident(ident) => ident.unraw() == name.unraw(),
        TokenTree::Group(group) => mentions(group.stream(), name),
        _ => false,
    })
}

/// What stood before: decides whether the next token touches it.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    Nothing,
    Operand,
    Operator,
}

struct Writer {
    out: String,
    before: Before,
    /// The signs of one operator, while it is being read.
    operator: String,
    turbofish: usize,
}

const LONG: &[&str] = &[
    "::", "..", "..=", "...", "->", "=>", "==", "!=", "<=", ">=", "&&", "||", "+=", "-=", "*=", "/=", "%=", "^=", "&=", "|=",
    "<<", ">>", "<<=", ">>=",
];

impl Writer {
    fn tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Punct(punct) => {
                    let longer = format!("{}{}", self.operator, punct.as_char());
                    if self.operator.is_empty() || LONG.contains(&longer.as_str()) {
                        self.operator = longer;
                    } else {
                        self.flush();
                        self.operator.push(punct.as_char());
                    }
                }
                TokenTree::Group(group) => {
                    self.flush();
                    self.group(&group);
                }
                TokenTree::Ident(_) | TokenTree::Literal(_) => {
                    self.flush();
                    if self.before == Before::Operand {
                        self.out.push(' ');
                    }
                    self.out.push_str(&token.to_string());
                    self.before = Before::Operand;
                }
            }
        }
        self.flush();
    }

    fn group(&mut self, group: &Group) {
        if group.delimiter() == Delimiter::Brace && self.before == Before::Operand {
            self.out.push(' ');
        }
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => ("{ ", " }"),
            Delimiter::None => ("", ""),
        };
        self.out.push_str(open);
        self.before = Before::Nothing;
        self.tokens(group.stream());
        self.out.push_str(close);
        self.before = Before::Operand;
    }

    fn last_word(&self) -> &str {
        self.out.rsplit(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or_default()
    }

    fn flush(&mut self) {
        let operator = std::mem::take(&mut self.operator);
        let spaced = self.before == Before::Operand;
        let after = match operator.as_str() {
            "" => return,
            "?" => Before::Operand,
            _ => Before::Operator,
        };
        match operator.as_str() {
            "." | "::" | ".." | "..=" | "?" => self.out.push_str(&operator),
            "," | ";" | ":" => {
                self.out.push_str(&operator);
                self.out.push(' ');
            }
            "<" if self.out.ends_with("::") => {
                self.turbofish += 1;
                self.out.push('<');
            }
            ">" if self.turbofish > 0 => {
                self.turbofish -= 1;
                self.out.push('>');
            }
            "'" if spaced => self.out.push_str(" '"),
            // `&mut *v`, `return -x`.
            sign if spaced && ["mut", "return", "in", "if", "match"].contains(&self.last_word()) => {
                self.out.push(' ');
                self.out.push_str(sign);
            }
            sign if spaced && sign != "!" => {
                self.out.push(' ');
                self.out.push_str(sign);
                self.out.push(' ');
            }
            sign => self.out.push_str(sign),
        }
        self.before = after;
    }
}
