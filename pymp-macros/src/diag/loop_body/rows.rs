//! Rows, or other elements, that all iterations use, and in which each has its own part: `t[0][i]`, `self.layers[k].bias[i]`.

use proc_macro2::{TokenStream, TokenTree};
use syn::Error;

use super::strays::{brackets, serially};
use crate::access::{Index, Use};
use crate::diag::{Entry, all_of, spanned};
use crate::nest::Level;
use crate::text::show;

/// A use taken apart.
struct Part {
    /// The `k` of `layers[k].bias[i]`.
    index: String,
    /// The `.bias`, when the loop variable is the index behind it.
    path: Option<String>,
    writes: bool,
}

impl Part {
    fn of(usage: &Use, counter: &str) -> Option<Part> {
        let mut tokens = usage.tokens.clone().into_iter();
        let index = tokens.find_map(brackets)?;
        let rest: TokenStream = tokens.collect();
        let is_own = |tree: &TokenTree| {
            brackets(tree.clone()).is_some_and(|index| show(&index.stream()).trim_end_matches(" as usize") == counter)
        };
        let before = rest.clone().into_iter().take_while(|tree| !is_own(tree)).collect::<TokenStream>();
        let path = rest.into_iter().any(|tree| is_own(&tree)).then(|| show(&before));
        Some(Part { index: show(&index.stream()), path, writes: usage.writes() })
    }
}

/// Lets take the elements out before the loop; `uses`: all that the body does with those of the array.
pub(crate) fn in_all_iterations(write: &Use, uses: &[&Use], levels: &[Level<'_>], inside: bool) -> Option<Error> {
    let [only] = levels else { return None };
    let (place, counter) = (show(&write.place), only.counter()?.to_string());
    let alike = |usage: &&Use| usage.index == Index::Fixed && usage.place.same(&write.place);
    let parts = uses.iter().map(|usage| Part::of(usage, &counter).filter(|_| alike(usage))).collect::<Option<Vec<_>>>()?;
    let what = match Part::of(write, &counter)?.path?.as_str() {
        "" if !are_own_in_rows(&parts) => return None,
        "" => "row",
        _ => "element",
    };
    let indices = distinct(parts.iter().map(|part| part.index.clone()));
    let names = names(&indices, what);
    let taken: Vec<String> = indices.iter().map(|index| format!("{place}[{index}]")).collect();
    let inner: Vec<String> = names.iter().zip(&taken).map(|(name, taken)| format!("`{name}` for `{taken}`")).collect();
    Some(spanned(
        &write.tokens,
        Entry::OtherElement,
        format_args!(
            "all iterations write to {}, as `{}`; {} before the loop, and {} in it{}{}",
            all_of(distinct(parts.iter().filter(|part| part.writes).map(|part| format!("{place}[{}]", part.index)))),
            show(&write.tokens),
            lets(&place, &indices, &names),
            inner.join(", "),
            in_head(&show(only.head), &place, &taken),
            serially(inside)
        ),
    ))
}

/// What is borrowed before the loop cannot be asked in its head.
fn in_head(head: &str, place: &str, taken: &[String]) -> &'static str {
    if taken.iter().any(|taken| head.contains(taken)) {
        ", its head too"
    } else if head.contains(&format!("{place}[")) || head.contains(&format!("{place}.len()")) {
        ", with what its head needs in a variable above that"
    } else {
        ""
    }
}

/// Of a row that is written every use is the iteration's own.
fn are_own_in_rows(parts: &[Part]) -> bool {
    let is_written = |part: &Part| parts.iter().any(|other| other.writes && other.index == part.index);
    parts.iter().all(|part| part.path.as_deref() == Some("") || !is_written(part))
}

fn lets(place: &str, indices: &[String], names: &[String]) -> String {
    if let ([index], [name]) = (indices, names) {
        return format!("write `let {name} = &mut {place}[{index}];`");
    }
    let are_numbers = indices.iter().all(|index| index.parse::<u64>().is_ok());
    let apart = if are_numbers { "" } else { "if these are different ones, " };
    format!("{apart}write `let [{}] = {place}.get_disjoint_mut([{}]).unwrap();`", names.join(", "), indices.join(", "))
}

/// `row`, or `row_0` and `row_next` of `t[0]` and `t[next]`.
fn names(indices: &[String], what: &str) -> Vec<String> {
    let is_word = |index: &String| index.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    match indices {
        [_] => vec![what.to_owned()],
        _ if indices.iter().all(is_word) => indices.iter().map(|index| format!("{what}_{index}")).collect(),
        _ => (0..indices.len()).map(|number| format!("{what}_{number}")).collect(),
    }
}

fn distinct(all: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = Vec::new();
    for each in all {
        if !seen.contains(&each) {
            seen.push(each);
        }
    }
    seen
}
