//! The entries of `pymp::errors`, the index of messages, and how a message names its own.

use std::fmt::{self, Display};

use proc_macro2::Span;
use quote::ToTokens;
use syn::Error;
use syn::spanned::Spanned;

macro_rules! entries {
    ($($Entry:ident $name:literal,)*) => {
        /// A page of `pymp::errors`: a mistake, why it is one, and what to write. Several messages may be about one mistake.
        #[derive(Clone, Copy)]
        pub(crate) enum Entry {
            $($Entry,)*
        }

        impl Display for Entry {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $(Entry::$Entry => $name,)* })
            }
        }
    };
}

entries! {
    Alone "alone",
    Appended "appended",
    Assigned "assigned",
    Carried "carried",
    Changed "changed",
    ClauseShape "clause_shape",
    ClauseTwice "clause_twice",
    ClauseValue "clause_value",
    ClauseVariable "clause_variable",
    Collapse "collapse",
    CratePath "crate_path",
    DefaultNone "default_none",
    Engine "engine",
    ForMacro "for_macro",
    HiddenExit "hidden_exit",
    KeptTogether "kept_together",
    LastprivateRead "lastprivate_read",
    NoLoop "no_loop",
    OneLoop "one_loop",
    Operator "operator",
    Ordered "ordered",
    OtherElement "other_element",
    OuterLabel "outer_label",
    ParmapShape "parmap_shape",
    ReductionUse "reduction_use",
    RegionClause "region_clause",
    RegionExit "region_exit",
    RegionShape "region_shape",
    RegionWrite "region_write",
    Schedule "schedule",
    SeveralLoops "several_loops",
    Suspended "suspended",
    TooMany "too_many",
    UnderClause "under_clause",
    UnknownClause "unknown_clause",
    Unreadable "unreadable",
    Updated "updated",
    UpdatedElement "updated_element",
    WrongPlace "wrong_place",
}

/// A message and the entry that tells more.
pub(super) fn error(span: Span, entry: Entry, message: impl Display) -> Error {
    Error::new(span, with(entry, message))
}

/// The same, all of the tokens underlined.
pub(super) fn spanned(tokens: impl ToTokens, entry: Entry, message: impl Display) -> Error {
    Error::new_spanned(tokens, with(entry, message))
}

/// The same, underlined from one of two places to the other: a macro's error has one span.
pub(super) fn between(a: impl ToTokens, b: impl ToTokens, entry: Entry, message: impl Display) -> Error {
    let (mut first, mut second) = (a.into_token_stream(), b.into_token_stream());
    if second.span().start() < first.span().start() {
        std::mem::swap(&mut first, &mut second);
    }
    first.extend(second);
    spanned(first, entry, message)
}

/// Whether an error is one of ours, and not the parser's.
pub(super) fn names_its_page(error: &Error) -> bool {
    error.to_string().contains(PAGE)
}

const PAGE: &str = "\nsee `pymp::errors::";

fn with(entry: Entry, message: impl Display) -> String {
    format!("{message}{PAGE}{entry}`")
}
