//! The two kinds of names that generated code holds: paths into the facade, and fresh identifiers.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::ext::IdentExt;
use syn::{Lifetime, Path};

use crate::directive::Place;

/// Names for one directive. All of them are placed at its `for`, so that what rustc has to say about the glue is said
/// there; mixed-site, so that the user's names and ours never meet.
#[derive(Clone)]
pub(crate) struct Names {
    span: Span,
    level: usize,
    krate: TokenStream,
}

impl Names {
    pub(crate) fn new(for_token: Span, level: usize, krate: Option<&Path>) -> Self {
        let span = Span::mixed_site().located_at(for_token);
        let krate = krate.map_or_else(|| quote_spanned!(span=> ::pymp), ToTokens::to_token_stream);
        Self { span, level, krate }
    }

    /// Where glue tokens stand.
    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// The hidden module that generated code calls.
    pub(crate) fn private(&self) -> TokenStream {
        let krate = &self.krate;
        quote_spanned!(self.span=> #krate::__private)
    }

    /// The same, placed elsewhere.
    pub(crate) fn private_at(&self, place: Span) -> TokenStream {
        let placed = |mut tree: TokenTree| {
            // Only where it stands: a path of the user's (`crate = $crate::..`) keeps what it means.
            tree.set_span(tree.span().located_at(place));
            tree
        };
        self.private().into_iter().map(placed).collect()
    }

    /// The attribute's word as a path to the macro, on something that expands to nothing: an editor then shows its documentation.
    pub(crate) fn mark(&self, word: Option<&Ident>) -> Option<TokenStream> {
        let (pp, word) = (self.private(), Ident::new("parallel", word?.span()));
        Some(quote_spanned!(self.span=> #pp::for_editors! { #[#pp::#word(;)] const _: () = (); }))
    }

    /// `__pymp_<purpose>_<variable>`: something that goes with one of the user's variables.
    pub(crate) fn fresh_for(&self, purpose: &str, variable: &Ident) -> Ident {
        let variable = variable.unraw().to_string();
        self.fresh(&format!("{purpose}_{}", variable.trim_start_matches("__pymp_")))
    }

    /// The name that stands in the body for a field path.
    pub(crate) fn alias(&self, place: &Place) -> Ident {
        let fields = place.fields.iter().map(|field| format!("_{}", field.to_token_stream()));
        let mut name = self.fresh(&format!("{}{}", place.root.unraw(), fields.collect::<String>().replace("r#", "")));
        // Where it stands for what the user wrote it is the user's, so that lints see what is done with it. One that would be told to be in
        // small letters stays ours.
        if !name.to_string().contains(char::is_uppercase) {
            name.set_span(self.span.resolved_at(place.root.span()));
        }
        name
    }

    /// The name of a place in the body.
    pub(crate) fn in_body(&self, place: &Place) -> Ident {
        if place.is_variable() { place.root.clone() } else { self.alias(place) }
    }

    /// The name of a reference to a variable. It says what it is, and what to make of it, since it stands in errors.
    pub(crate) fn held(&self, variable: &Ident, unless: &str) -> Ident {
        Ident::new(&format!("{}_shared_by_all_threads{unless}", variable.unraw()), self.span)
    }

    /// Stands before a `let` for one of the user's names: the user gives none again there, whatever lints about names think.
    pub(crate) fn no_new_name(&self) -> TokenStream {
        quote_spanned!(self.span=>
            #[allow(clippy::min_ident_chars, clippy::shadow_reuse, clippy::shadow_same, clippy::shadow_unrelated)]
        )
    }

    /// What is told whether the threads may share what the body hands on.
    pub(crate) fn lent(&self) -> Ident {
        self.fresh("lent")
    }

    /// What is told whether a statement leaves all as it is.
    pub(crate) fn left(&self, number: usize) -> Ident {
        self.fresh(&format!("left_{number}"))
    }

    /// The name of the thread's own value for a place: what its name in the body leads to, when there is a star.
    pub(crate) fn local(&self, place: &Place) -> Ident {
        if place.behind { self.fresh_for("behind", &self.in_body(place)) } else { self.in_body(place) }
    }

    /// The label of the generated loop, where the user has none.
    pub(crate) fn label(&self) -> Lifetime {
        Lifetime::new(&format!("'__pymp_each_{}", self.level), self.span)
    }

    /// `__pymp_<name>`: the same name gives the same variable within one directive, another one in those around it.
    pub(crate) fn fresh(&self, name: &str) -> Ident {
        match self.level {
            0 => Ident::new(&format!("__pymp_{name}"), self.span),
            level => Ident::new(&format!("__pymp_{name}_{level}"), self.span),
        }
    }
}
