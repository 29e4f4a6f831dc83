//! `cfg`s on statements of a loop's body. Which of them hold is not known here, so the loop is expanded once for each way to decide
//! them, each under a `cfg` of its own: it is judged, and captures, by what is in it then.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Arm, Attribute, Block, Expr, ExprForLoop, ExprMatch, ExprStruct, Meta, Stmt, parse_quote};

/// So many `cfg`s make eight loops. The statements of a body with more are judged together.
const MOST: usize = 3;

/// One way to decide all of them.
#[derive(Clone, Default)]
pub(super) struct Decided(Vec<(Meta, bool)>);

/// All ways; one, which decides nothing, where there is nothing to decide, or too much.
pub(super) fn ways(each: &ExprForLoop) -> Vec<Decided> {
    let mut found = Found(Vec::new());
    found.visit_block_mut(&mut each.body.clone());
    if found.0.len() > MOST {
        return vec![Decided::default()];
    }
    found.0.into_iter().fold(vec![Decided::default()], |ways, predicate| {
        let with = |way: &Decided, holds| Decided(way.0.iter().cloned().chain([(predicate.clone(), holds)]).collect());
        ways.iter().flat_map(|way| [with(way, true), with(way, false)]).collect()
    })
}

impl Decided {
    pub(super) fn is_nothing(&self) -> bool {
        self.0.is_empty()
    }

    /// What must hold for this way.
    pub(super) fn condition(&self) -> TokenStream {
        let conditions: Vec<Meta> = self
            .0
            .iter()
            .map(|(predicate, holds)| if *holds { predicate.clone() } else { parse_quote!(not(#predicate)) })
            .collect();
        match conditions.as_slice() {
            [condition] => condition.to_token_stream(),
            _ => quote!(all(#(#conditions),*)),
        }
    }

    /// The body that is left.
    pub(super) fn apply(&self, body: &mut Block) {
        Decide(self).visit_block_mut(body);
    }

    /// Whether all `cfg`s among these attributes hold, which are then taken out of them.
    fn keeps(&self, attrs: &mut Vec<Attribute>) -> bool {
        let mut keeps = true;
        attrs.retain(|attribute| match predicate(attribute) {
            Some((asked, negated)) => match self.0.iter().find(|(known, _)| is_same(known, &asked)) {
                Some((_, holds)) => {
                    keeps &= *holds != negated;
                    false
                }
                None => true,
            },
            None => true,
        });
        keeps
    }
}

/// What a `cfg` asks, `x` for `not(x)`, and whether it was that.
fn predicate(attribute: &Attribute) -> Option<(Meta, bool)> {
    let Meta::List(list) = &attribute.meta else { return None };
    if !list.path.is_ident("cfg") {
        return None;
    }
    let asked: Meta = list.parse_args().ok()?;
    match &asked {
        Meta::List(not) if not.path.is_ident("not") => Some((not.parse_args().ok()?, true)),
        _ => Some((asked, false)),
    }
}

fn is_same(one: &Meta, other: &Meta) -> bool {
    one.to_token_stream().to_string() == other.to_token_stream().to_string()
}

macro_rules! attributes_of {
    ($expr:expr; $($kind:ident)*) => {
        match $expr {
            $(Expr::$kind(expr) => Some(&mut expr.attrs),)*
            _ => None,
        }
    };
}

/// The attributes of a statement. Those of `y[i] = 1` are at its first operand, where `syn` puts them.
fn attributes(stmt: &mut Stmt) -> Option<&mut Vec<Attribute>> {
    let mut first = match stmt {
        Stmt::Local(local) => return Some(&mut local.attrs),
        Stmt::Macro(call) => return Some(&mut call.attrs),
        Stmt::Item(_) => return None,
        Stmt::Expr(expr, _) => expr,
    };
    loop {
        first = match first {
            Expr::Assign(expr) => &mut expr.left,
            Expr::Binary(expr) => &mut expr.left,
            Expr::Cast(expr) => &mut expr.expr,
            other => {
                return attributes_of!(other; Array Block Break Call Continue Field ForLoop If Index Loop Macro Match MethodCall Paren Path
                    Return Struct Try Tuple Unary Unsafe While);
            }
        };
    }
}

struct Found(Vec<Meta>);

impl Found {
    fn note(&mut self, attrs: &[Attribute]) {
        for (asked, _) in attrs.iter().filter_map(predicate) {
            if !self.0.iter().any(|known| is_same(known, &asked)) {
                self.0.push(asked);
            }
        }
    }
}

impl VisitMut for Found {
    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        if let Some(attrs) = attributes(stmt) {
            self.note(attrs);
        }
        visit_mut::visit_stmt_mut(self, stmt);
    }
    fn visit_arm_mut(&mut self, arm: &mut Arm) {
        self.note(&arm.attrs);
        visit_mut::visit_arm_mut(self, arm);
    }
    fn visit_field_value_mut(&mut self, field: &mut syn::FieldValue) {
        self.note(&field.attrs);
        visit_mut::visit_field_value_mut(self, field);
    }
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

struct Decide<'a>(&'a Decided);

impl VisitMut for Decide<'_> {
    fn visit_block_mut(&mut self, block: &mut Block) {
        block.stmts.retain_mut(|stmt| attributes(stmt).is_none_or(|attrs| self.0.keeps(attrs)));
        visit_mut::visit_block_mut(self, block);
    }
    fn visit_expr_match_mut(&mut self, choice: &mut ExprMatch) {
        choice.arms.retain_mut(|arm| self.0.keeps(&mut arm.attrs));
        visit_mut::visit_expr_match_mut(self, choice);
    }
    fn visit_expr_struct_mut(&mut self, made: &mut ExprStruct) {
        // With their commas: before `..rest` there must be one.
        let fields = std::mem::take(&mut made.fields).into_pairs();
        made.fields = fields.filter_map(|mut field| self.0.keeps(&mut field.value_mut().attrs).then_some(field)).collect();
        visit_mut::visit_expr_struct_mut(self, made);
    }
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}
