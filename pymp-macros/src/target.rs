//! What `#[parallel]` stands on.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::discouraged::Speculative;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Block, Error, ExprBlock, ExprForLoop, Ident, Item, Lifetime, Result, Signature, Token, Visibility, token};

use crate::diag::target as say;
use crate::fallback;

pub(crate) enum Target {
    /// A fn, a method or an associated fn.
    Fn(Function),
    /// An impl block or an inline mod.
    Group(Box<Item>),
    /// The loop itself, which needs a nightly compiler.
    Loop(ExprForLoop),
    /// The block itself, likewise.
    Block(ExprBlock),
    /// An item that cannot be read, and why.
    Unread(Error),
}

/// A fn whose body is still tokens, since it may be half typed.
pub(crate) struct Function {
    head: TokenStream,
    body: Group,
}

impl Function {
    /// The body's inner attributes and its statements.
    pub(crate) fn body(&self) -> Result<(Vec<Attribute>, Block)> {
        let read = |input: ParseStream| {
            let content;
            let brace_token = syn::braced!(content in input);
            let attrs = content.call(Attribute::parse_inner)?;
            let stmts = content.call(Block::parse_within)?;
            Ok((attrs, Block { brace_token, stmts }))
        };
        read.parse2(TokenTree::Group(self.body.clone()).into()).map_err(|error| say::unread(&error, "the body of this fn"))
    }

    /// The fn with a body that cannot be read.
    pub(crate) fn unread(&self, error: &Error) -> TokenStream {
        let (head, mut body) = (&self.head, Group::new(Delimiter::Brace, fallback::unread_body(self.body.stream(), error)));
        // What is missing at its end is said there.
        body.set_span(self.body.span_close());
        quote!(#head #body)
    }

    /// The fn with another body.
    pub(crate) fn with_body(&self, attrs: &[Attribute], block: &Block) -> TokenStream {
        let stmts = &block.stmts;
        let mut body = Group::new(Delimiter::Brace, quote!(#(#attrs)* #(#stmts)*));
        body.set_span(self.body.span());
        let head = &self.head;
        quote!(#head #body)
    }
}

pub(crate) fn target(attribute: Span, tokens: TokenStream) -> Result<Target> {
    (|input: ParseStream| {
        let found = read(attribute, input);
        // What is left after an error is no second error.
        input.parse::<TokenStream>()?;
        found
    })
    .parse2(tokens)
}

fn read(attribute: Span, input: ParseStream) -> Result<Target> {
    let ahead = input.fork();
    let attrs = ahead.call(Attribute::parse_outer)?;
    if let Some(twice) = attrs.iter().find(|other| crate::nested::is_parallel(other.path())) {
        return Err(say::twice(syn::spanned::Spanned::span(twice.path())));
    }
    if ahead.peek(Token![for]) && !ahead.peek2(Token![<]) || ahead.peek(Lifetime) && ahead.peek3(Token![for]) {
        return input.parse().map(Target::Loop);
    }
    if ahead.peek(token::Brace) {
        return input.parse().map(Target::Block);
    }
    if starts_fn(&ahead) {
        let ahead = input.fork();
        let head = match head(&ahead) {
            Ok(head) => head,
            Err(error) => return Ok(unread(&error)),
        };
        input.advance_to(&ahead);
        return function(attribute, head, input).map(Target::Fn);
    }
    if let Some(found) = no_item(&ahead) {
        return Err(found(attribute));
    }
    let item = match input.fork().parse::<Item>() {
        Ok(item) => item,
        Err(error) if starts_group(&ahead) => return Ok(unread(&error)),
        Err(_) => return Err(say::wrong_target(attribute, "something else")),
    };
    match item {
        Item::Mod(item) if item.content.is_none() => Err(say::no_body(attribute, "a mod")),
        item @ (Item::Impl(_) | Item::Mod(_)) => Ok(Target::Group(Box::new(item))),
        other => Err(say::wrong_target(attribute, noun(&other))),
    }
}

/// `pub const unsafe extern "C" fn` and the like, up to and with `fn`.
fn starts_fn(input: ParseStream) -> bool {
    let ahead = input.fork();
    if ahead.parse::<Visibility>().is_err() {
        return false;
    }
    while let Ok(word) = ahead.call(Ident::parse_any) {
        match word.to_string().as_str() {
            "fn" => return true,
            "extern" => drop(ahead.parse::<Option<syn::LitStr>>()),
            "default" | "const" | "async" | "unsafe" | "safe" => {}
            _ => return false,
        }
    }
    false
}

fn starts_group(input: ParseStream) -> bool {
    let ahead = input.fork();
    let _ = ahead.parse::<Visibility>();
    let _ = ahead.parse::<Option<Token![unsafe]>>();
    ahead.peek(Token![impl]) || ahead.peek(Token![mod])
}

/// Other statements and expressions, which come here on a nightly compiler.
fn no_item(input: ParseStream) -> Option<fn(Span) -> Error> {
    if input.peek(Token![while]) {
        return Some(|at| say::other_loop(at, "a `while` loop"));
    }
    if input.peek(Token![loop]) {
        return Some(|at| say::other_loop(at, "a `loop`"));
    }
    if input.peek(Token![let]) {
        return Some(|at| say::wrong_target(at, "a `let`"));
    }
    None
}

fn noun(item: &Item) -> &'static str {
    match item {
        Item::Const(_) => "a `const`",
        Item::Enum(_) => "an enum",
        Item::Static(_) => "a `static`",
        Item::Struct(_) => "a struct",
        Item::Trait(_) => "a trait",
        Item::Type(_) => "a `type`",
        Item::Use(_) => "a `use`",
        Item::Macro(_) => "a macro",
        _ => "something else",
    }
}

fn unread(error: &Error) -> Target {
    Target::Unread(say::unread(error, "this item"))
}

/// All of a fn that stands before its body.
fn head(input: ParseStream) -> Result<TokenStream> {
    let attrs = input.call(Attribute::parse_outer)?;
    let vis: Visibility = input.parse()?;
    let default: Option<Ident> = if input.peek(Token![default]) { Some(input.call(Ident::parse_any)?) } else { None };
    let sig: Signature = input.parse()?;
    Ok(quote!(#(#attrs)* #vis #default #sig))
}

fn function(attribute: Span, head: TokenStream, input: ParseStream) -> Result<Function> {
    match braces(input.parse()?) {
        Some(body) => Ok(Function { head, body }),
        None => Err(say::no_body(attribute, "a fn")),
    }
}

/// A body in braces; one that a macro of the user's took as `$body:block` has delimiters around it that nobody sees.
fn braces(tree: TokenTree) -> Option<Group> {
    match tree {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group),
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => group.stream().into_iter().next().and_then(braces),
        _ => None,
    }
}
