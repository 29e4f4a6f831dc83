//! What patterns say of the values that they take apart: which no value matches both, and which borrow.

use syn::visit::{self, Visit};
use syn::{Ident, Lit, Pat, PatIdent, Path};

use super::findings::is_type;

/// Whether one names another variant, or another literal, at the same place.
pub(super) fn apart(a: &Pat, b: &Pat) -> bool {
    match (a, b) {
        (Pat::Guard(a), b) | (b, Pat::Guard(a)) => apart(&a.pat, b),
        (Pat::Paren(a), b) | (b, Pat::Paren(a)) => apart(&a.pat, b),
        (Pat::Or(a), b) | (b, Pat::Or(a)) => a.cases.iter().all(|case| apart(case, b)),
        (Pat::Reference(a), Pat::Reference(b)) => apart(&a.pat, &b.pat),
        (Pat::Ident(named), other) | (other, Pat::Ident(named)) if named.subpat.is_some() => {
            named.subpat.as_ref().is_some_and(|(_, inner)| apart(inner, other))
        }
        (Pat::Tuple(a), Pat::Tuple(b)) => any_apart(&a.elems, &b.elems),
        (Pat::TupleStruct(a), Pat::TupleStruct(b)) => {
            is_another(variant(&a.path), variant(&b.path)) || any_apart(&a.elems, &b.elems)
        }
        (Pat::Lit(a), Pat::Lit(b)) => differ(&a.lit, &b.lit),
        (a, b) => is_another(head(a), head(b)),
    }
}

/// Element by element, up to a `..`.
fn any_apart<'a>(a: impl IntoIterator<Item = &'a Pat>, b: impl IntoIterator<Item = &'a Pat>) -> bool {
    let both = a.into_iter().zip(b);
    both.take_while(|(a, b)| !matches!(a, Pat::Rest(_)) && !matches!(b, Pat::Rest(_))).any(|(a, b)| apart(a, b))
}

fn head(pat: &Pat) -> Option<&Ident> {
    match pat {
        Pat::Ident(name) => Some(&name.ident),
        Pat::Path(path) => variant(&path.path),
        Pat::Struct(fields) => variant(&fields.path),
        Pat::TupleStruct(fields) => variant(&fields.path),
        _ => None,
    }
}

fn variant(path: &Path) -> Option<&Ident> {
    path.segments.last().map(|last| &last.ident)
}

/// Of two constants the values may be equal.
fn is_another(a: Option<&Ident>, b: Option<&Ident>) -> bool {
    a.zip(b).is_some_and(|(a, b)| a != b && is_type(a) && is_type(b))
}

fn differ(a: &Lit, b: &Lit) -> bool {
    match (a, b) {
        (Lit::Int(a), Lit::Int(b)) => a.base10_digits() != b.base10_digits(),
        (Lit::Bool(a), Lit::Bool(b)) => a.value != b.value,
        (Lit::Char(a), Lit::Char(b)) => a.value() != b.value(),
        (Lit::Str(a), Lit::Str(b)) => a.value() != b.value(),
        (Lit::Byte(a), Lit::Byte(b)) => a.value() != b.value(),
        _ => false,
    }
}

/// Whether it has a `ref mut` in it.
pub(super) fn borrows(pat: &Pat) -> bool {
    struct Found(bool);
    impl<'ast> Visit<'ast> for Found {
        fn visit_pat_ident(&mut self, name: &'ast PatIdent) {
            self.0 |= name.by_ref.is_some() && name.mutability.is_some();
            visit::visit_pat_ident(self, name);
        }
    }
    let mut found = Found(false);
    found.visit_pat(pat);
    found.0
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;
    use quote::quote;
    use syn::{Pat, parse_quote};

    fn apart(a: TokenStream, b: TokenStream) -> bool {
        let (a, b): (Pat, Pat) = (parse_quote!(#a), parse_quote!(#b));
        assert_eq!(super::apart(&a, &b), super::apart(&b, &a));
        super::apart(&a, &b)
    }

    #[test]
    fn variants_and_literals_tell_apart() {
        assert!(apart(quote!((Kind::A, x)), quote!((Kind::B, _))));
        assert!(apart(quote!(Some(x)), quote!(None)));
        assert!(apart(quote!(Shape::Round { r }), quote!(Shape::Square { .. })));
        assert!(apart(quote!(&(x, 1)), quote!(&(_, 2 | 3))));
        assert!(apart(quote!(Some('a')), quote!(Some('b'))));
        assert!(apart(quote!(v @ Some(_)), quote!(None)));
        assert!(apart(quote!((-1, x)), quote!((1, x))));
    }

    #[test]
    fn others_may_meet() {
        assert!(!apart(quote!((Kind::A, x)), quote!((Kind::A, _))));
        assert!(!apart(quote!((Kind::A, x)), quote!((A, _))));
        assert!(!apart(quote!(x), quote!(None)));
        assert!(!apart(quote!((a, 1)), quote!((2, b))));
        assert!(!apart(quote!((.., 1)), quote!((2, ..))));
        assert!(!apart(quote!(Limit::LOW), quote!(Limit::LEAST)));
        assert!(!apart(quote!(1 | 2), quote!(2 | 3)));
        assert!(!apart(quote!(1u8), quote!(0x1)));
    }
}
