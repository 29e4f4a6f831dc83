//! Imports of our attribute inside the item. By the time the compiler looks, the attributes that they are for have been taken, and it
//! would call them unused. So a mark stands where they are: `#[parallel(;)] const _: () = ();` expands to nothing.

use proc_macro2::Ident;
use syn::{Item, Stmt, UseTree, parse_quote_spanned};

/// The mark for these items, if one of them imports `parallel`.
pub(super) fn mark<'i>(items: impl IntoIterator<Item = &'i Item>) -> Option<Item> {
    let ours = items.into_iter().find_map(|item| match item {
        Item::Use(item) => imported(&item.tree, None),
        _ => None,
    })?;
    Some(parse_quote_spanned!(ours.span()=> #[#ours(;)] const _: () = ();))
}

/// The items among statements.
pub(super) fn items(stmts: &[Stmt]) -> impl Iterator<Item = &Item> {
    stmts.iter().filter_map(|stmt| match stmt {
        Stmt::Item(item) => Some(item),
        _ => None,
    })
}

/// `parallel` at the end of a path, or everything from `pymp` or its prelude: where else a `*` leads nobody here can tell.
fn imported(tree: &UseTree, before: Option<&Ident>) -> Option<Ident> {
    match tree {
        UseTree::Path(path) if path.ident == "prelude" && before.is_some_and(|before| before == "pymp") => {
            imported(&path.tree, before)
        }
        UseTree::Path(path) => imported(&path.tree, Some(&path.ident)),
        UseTree::Name(name) => (name.ident == "parallel").then(|| name.ident.clone()),
        UseTree::Glob(_) => before.filter(|before| *before == "pymp").map(|before| Ident::new("parallel", before.span())),
        UseTree::Group(group) => group.items.iter().find_map(|tree| imported(tree, before)),
        _ => None,
    }
}
