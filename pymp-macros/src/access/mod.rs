//! Which captured variables the body reads and writes, at which index, and whether a parallel loop may.
//!
//! 1. `walk` lists every use of a captured variable, `index` saying which element it is.
//!    `decided` says which comparisons decide an assignment.
//! 2. `judge` holds the uses against the rules, variable by variable; `reduced` those of reductions, `assigned` those of
//!    `lastprivate`, along every way that `flow` knows.
//! 3. What is left is what the expansion needs: the arrays that iterations own, and those they only read.

mod assigned;
mod chained;
mod clauses;
mod compare;
mod decided;
mod findings;
mod flow;
mod forms;
mod head;
mod index;
mod judge;
mod kept;
mod lent;
mod methods;
mod misfit;
mod partial;
mod patterns;
mod purpose;
mod reduced;
mod region;
mod respelled;
mod scratch;
mod setting;
mod sum;
mod taken_apart;
#[cfg(test)]
mod tests;
mod under_clause;
mod unmade;
mod usage;
mod variable;
mod walk;

use proc_macro2::{Ident, Span};

pub(crate) use compare::Order;
pub(crate) use findings::{is_type, is_variable};
pub(crate) use forms::Op;
pub(crate) use index::{Index, Row};
pub(crate) use methods::{in_order, mutates, reads};
pub(crate) use purpose::{Purpose, draws};
pub(crate) use region::analyse_region;
pub(crate) use setting::{Setting, Tie};
pub(crate) use sum::{Sum, is_wide};
use usage::Plain;
pub(crate) use usage::{Added, Exit, How, Key, Once, Use};

use crate::diag::{Diagnostics, loop_body as diag};
use crate::directive::{LoopDirective, Place, Reach};
use crate::nest::Nest;

/// The arrays, and the results, that the runtime's tuples take.
const MOST: usize = 24;

/// What the expansion needs to know of the body.
#[derive(Default)]
pub(crate) struct Access {
    /// Arrays that iterations own, in order of first appearance; those that only a clause names come last.
    pub(crate) owned: Vec<Owned>,
    /// What else the body uses from outside.
    pub(crate) shared: Vec<Place>,
    /// Those of them of which the body shows that they are variables.
    pub(crate) seen: Vec<Place>,
    /// Those that are computed with by value.
    pub(crate) operands: Vec<Place>,
    /// What may be a variable that a macro of the user's has made in the body.
    pub(crate) perhaps_made: Vec<Ident>,
    /// Captured arrays that occur only as `a[..]` and `a.len()`, all of them read.
    pub(crate) readers: Vec<Reader>,
    /// The `lastprivate` variables that the body does assign, as the clause spells them.
    pub(crate) lastprivate_assigned: Vec<Ident>,
    /// How the body reaches the variables of `reduction`, one after the other.
    pub(crate) reductions: Vec<Reach>,
}

/// An array whose elements the iterations share out.
pub(crate) struct Owned {
    pub(crate) place: Place,
    pub(crate) mode: Mode,
    /// The first write; the clause's key where there is none.
    pub(crate) span: Span,
    /// That write, as typed.
    pub(crate) shown: Option<String>,
}

/// An array that is only read.
pub(crate) struct Reader {
    pub(crate) place: Place,
    /// Somewhere its index is the loop variable alone.
    pub(crate) by_counter: bool,
}

/// Which elements an iteration owns.
#[derive(Clone)]
pub(crate) enum Mode {
    /// `y[i]`.
    Element,
    /// `a[[i, j]]`, `a[(i, j)]`.
    Grid,
    /// `c[i*m + j]`.
    Collapsed,
    /// `chunks(c, n)`, with the n.
    Chunks,
    Scatter,
    Atomic,
}

impl Mode {
    /// Whether it goes by the number of the iteration, rather than by an index.
    pub(crate) fn is_by_number(&self) -> bool {
        matches!(self, Mode::Chunks | Mode::Scatter)
    }
}

/// Reads the body and judges it; all that is wrong with it comes as one combined error.
pub(crate) fn analyse(directive: &LoopDirective) -> syn::Result<Access> {
    let nest = Nest::of(directive);
    let mut uses = walk::uses(&nest, None);
    uses.keep(&directive.read_later);
    let listed = clauses::listed(&directive.clauses);
    let mut judge = judge::Judge::new(&nest, &listed, &uses.all);
    judge.keys = &uses.keys;
    judge.ordered = directive.clauses.ordered.is_some();
    judge.inside = directive.inside;
    judge.judge(&uses.exits);
    judge
        .errors
        .extend(head::used_inside(&nest.levels, &uses.all).map(|(place, usage)| diag::handed_out(&place, usage, &nest.levels)));
    judge.errors.extend(clauses::declared_inside(&listed, &uses.all, nest.body));
    let lasts: Vec<Ident> = clauses::lastprivates(&listed);
    for (name, tokens) in assigned::read_first(&nest, &lasts) {
        let only = judge.only_updated(&Place::variable(&name));
        judge.errors.push(diag::lastprivate_read(&name, &tokens, only));
    }
    judge.errors.extend(unmade::unmade(&directive.clauses, &uses.all, &nest));
    if directive.clauses.default_none.is_some() {
        judge.none_unlisted("loop");
    }
    let owned = judge.owned();
    if let Some(first) = owned.get(MOST) {
        judge.errors.push(diag::too_many(first.span, owned.len(), MOST, "arrays that it writes"));
    }
    let results = listed.iter().filter(|entry| matches!(entry.role, clauses::Role::Reduction(_) | clauses::Role::Last));
    let results: Vec<_> = results.collect();
    if let Some(first) = results.get(MOST) {
        let what = "variables in `reduction` and `lastprivate`";
        judge.errors.push(diag::too_many(first.place.root.span(), results.len(), MOST, what));
    }
    Diagnostics::all(std::mem::take(&mut judge.errors))?;
    let written = |name: &Ident| uses.all.iter().any(|usage| usage.writes() && Place::variable(name).leads_to(&usage.place));
    Ok(Access {
        owned,
        shared: judge.shared(|_| true),
        seen: seen(&judge, &uses.in_statements),
        operands: operands(&judge, &uses.in_statements),
        readers: judge.readers(&uses.inner_clauses, &lent::lent(nest.body)),
        perhaps_made: uses.in_statements,
        lastprivate_assigned: lasts.into_iter().filter(written).collect(),
        reductions: clauses::reach(&listed, &uses.all),
    })
}

/// What is shared of which the body shows that they are variables.
fn seen(judge: &judge::Judge<'_>, in_statements: &[Ident]) -> Vec<Place> {
    let seen = |plains: &[Plain]| {
        judge.shared(|usage| {
            // What a macro that stands as a statement is given may be a variable that it makes.
            let a_variable = plains.contains(&usage.plain) && !in_statements.contains(&usage.place.root);
            a_variable && (!usage.deref || usage.starred || usage.place.is_variable())
        })
    };
    // What is computed with has the type of an array mostly, of which it is enough to be told once.
    Some(seen(&[Plain::No])).filter(|seen| !seen.is_empty()).unwrap_or_else(|| seen(&[Plain::Operand, Plain::Value]))
}

/// What is shared and computed with by value.
fn operands(judge: &judge::Judge<'_>, in_statements: &[Ident]) -> Vec<Place> {
    judge.shared(|usage| usage.plain == Plain::Value && !usage.deref && !in_statements.contains(&usage.place.root))
}
