#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may panic")]

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::{CLAUSES, Of, clauses, invocation};
use crate::diag::Diagnostics;
use crate::directive::{Clauses, PrivateKind, ReductionOp, ScheduleArg, ScheduleKind};

fn read(tokens: TokenStream) -> (Clauses, Vec<String>) {
    let mut errors = Diagnostics::new();
    let clauses = clauses(Of::Loop, tokens, &mut errors);
    let messages = errors.finish().map_err(|all| all.into_iter().map(|error| error.to_string()).collect());
    (clauses, messages.err().unwrap_or_default())
}

fn good(tokens: TokenStream) -> Clauses {
    let (clauses, messages) = read(tokens);
    assert_eq!(messages, [""; 0]);
    clauses
}

/// The one message of a text with one mistake.
fn bad(text: &str) -> String {
    let (_, mut messages) = read(text.parse().unwrap());
    assert_eq!(messages.len(), 1, "{text}: {messages:?}");
    messages.remove(0)
}

fn schedule(text: &str) -> (ScheduleKind, Option<String>) {
    match good(text.parse().unwrap()).schedule.unwrap().value {
        ScheduleArg::Known { kind, chunk, .. } => (kind, chunk.map(|chunk| chunk.to_token_stream().to_string())),
        ScheduleArg::Value(value) => panic!("{text} is a value: {}", value.to_token_stream()),
    }
}

#[test]
fn both_spellings_of_every_value() {
    for text in [
        "num_threads = 4, chunk = n + 1, if = n > 10, min_chunk = f(a, b), collapse = 2, crate = ::a::b",
        "num_threads(4), chunk(n + 1), if(n > 10), min_chunk(f(a, b)), collapse(2), crate(::a::b),",
        "num_threads = 4, chunk = n + 1, if_ = n > 10, min_chunk = f(a, b), collapse = 2, crate = crate::b",
    ] {
        let clauses = good(text.parse().unwrap());
        assert_eq!(clauses.num_threads.unwrap().value.to_token_stream().to_string(), "4");
        assert_eq!(clauses.chunk.unwrap().value.to_token_stream().to_string(), "n + 1");
        assert_eq!(clauses.condition.unwrap().value.to_token_stream().to_string(), "n > 10");
        assert_eq!(clauses.min_chunk.unwrap().value.to_token_stream().to_string(), "f (a , b)");
        assert_eq!(clauses.collapse.unwrap().value.depth, 2);
        assert!(clauses.krate.is_some());
    }
}

#[test]
fn every_clause_of_the_list_is_known() {
    for key in CLAUSES {
        let (_, messages) = read(key.parse().unwrap());
        assert!(messages.iter().all(|message| !message.contains("unknown")), "{key}: {messages:?}");
    }
}

#[test]
fn schedules() {
    use ScheduleKind::{Auto, Dynamic, Guided, Static};
    assert_eq!(schedule(r#"schedule = "dynamic""#), (Dynamic, None));
    assert_eq!(schedule(r#"schedule = "dynamic,64""#), (Dynamic, Some("64".into())));
    assert_eq!(schedule(r#"schedule("guided, 8")"#), (Guided, Some("8".into())));
    assert_eq!(schedule(r#"schedule("static", n)"#), (Static, Some("n".into())));
    assert_eq!(schedule("schedule(static)"), (Static, None));
    assert_eq!(schedule("schedule(dynamic, n * 2)"), (Dynamic, Some("n * 2".into())));
    assert_eq!(schedule("schedule = static, chunk = 4"), (Static, None));
    assert_eq!(schedule("schedule = auto"), (Auto, None));
    assert_eq!(schedule(r#"schedule = "static,-3""#), (Static, Some("- 3".into())));
    for text in ["schedule = kind", "schedule(kind)", "schedule = Schedule::dynamic(64)", "schedule(if a { b } else { c })"] {
        let value = good(text.parse().unwrap()).schedule.unwrap().value;
        assert!(matches!(value, ScheduleArg::Value(_)), "{text}");
    }
}

#[test]
fn bad_schedules() {
    assert!(bad(r#"schedule = "dinamic""#).contains("did you mean `dynamic`?"));
    assert!(bad(r#"schedule = "fast""#).contains("`static`, `dynamic`, `guided`, `auto` or `runtime`"));
    assert!(bad("schedule(dinamic, 4)").contains("unknown schedule `dinamic`, did you mean `dynamic`?"));
    assert!(bad(r#"schedule = "dynamic,n""#).contains("schedule(dynamic, value)"));
    assert!(bad(r#"schedule = "dynamic,""#).contains("expected the chunk"));
    assert!(bad("schedule = 4").contains("`Schedule`, found `4`"));
    assert!(bad("schedule(kind(), 4)").contains("chunk = 64"));
    assert!(bad("schedule(static 4)").contains("expected `,` between the schedule and its chunk: `schedule(static, 4)`"));
    assert!(bad("schedule(dynamic, chunk = 2 * n)").contains("`schedule(dynamic, 2 * n)`"));
    assert!(bad("schedule").contains("needs a value: `schedule = \"dynamic\"`"));
}

#[test]
fn reductions() {
    let text = "reduction(+: a, b), reduction(*: c), reduction(-: d), reduction(&: e), reduction(|: f), reduction(^: g), \
                reduction(&&: h), reduction(||: i), reduction(min: j), reduction(max: k), reduction(append: l), \
                reduction(my::Op::<f64>: m), reduction(Op: self.total.0.1)";
    let reductions = good(text.parse().unwrap()).reductions;
    let places: Vec<String> = reductions.iter().map(|c| c.value.place.to_string()).collect();
    assert_eq!(places, ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "self.total.0.1"]);
    let op = |at: usize| &reductions[at].value.op;
    assert!(matches!(op(1), ReductionOp::Add(_)));
    assert!(matches!(op(7), ReductionOp::And(_)));
    assert!(matches!(op(8), ReductionOp::Or(_)));
    assert!(matches!(op(11), ReductionOp::Append(_)));
    assert!(matches!(op(12), ReductionOp::Own(_)));
}

#[test]
fn bad_reductions() {
    assert!(bad("reduction = x").contains("in parentheses: `reduction(+: x)`"));
    assert!(bad("reduction(+=: x)").contains("no operator `+=`, did you mean `+`?"));
    assert!(bad("reduction(/: x)").contains("has no `/`: multiply up the divisors"));
    assert!(bad("reduction(\"+\": x)").contains("did you mean `+`?"));
    assert!(bad("reduction(x)").contains("does not say its operator; write `reduction(+: x)`"));
    assert!(bad("reduction(+ x)").contains("expected `:` between the operator and the variables: `reduction(+: x)`"));
    assert!(bad("reduction(x: +)").contains("the operator stands before the variables: `reduction(+: x)`"));
    assert!(bad("reduction(a, b, max)").contains("`reduction(max: a, b)`"));
    assert!(bad("reduction(\"+: s\")").contains("in parentheses: `reduction(+: s)`"));
    assert!(bad("reduction(MyOp x)").contains("`reduction(MyOp: x)`"));
    assert!(bad("reduction(: x)").contains("expected the operator"));
    assert!(bad("reduction(+:)").contains("needs a value"));
    assert!(bad("reduction(+: a b)").contains("expected `,`"));
    assert!(bad("reduction(+: &mut a)").contains("did you mean `a`?"));
}

#[test]
fn data_clauses() {
    let text = "private(x, y = vec![0; 8],), firstprivate(a, b), lastprivate(c), owned(y, self.z), shared(q), default(none), \
                chunks(c, n * 2), chunks(self.d, 4), atomic(h, self.h), scatter(y), reproducible, ordered, owned = w";
    let clauses = good(text.parse().unwrap());
    let kinds: Vec<char> = clauses
        .privates
        .iter()
        .map(|c| match &c.value.kind {
            PrivateKind::Default => 'd',
            PrivateKind::Init(_) => 'i',
            PrivateKind::First => 'f',
            PrivateKind::Last => 'l',
        })
        .collect();
    assert_eq!(kinds, ['d', 'i', 'f', 'f', 'l']);
    assert_eq!((clauses.owned.len(), clauses.chunks.len(), clauses.atomic.len()), (3, 2, 2));
    assert!(clauses.default_none.is_some() && clauses.reproducible.is_some() && clauses.ordered.is_some());
    assert!(good(quote!(default = none)).default_none.is_some());
    assert!(good(quote!(default = "none")).default_none.is_some());
}

#[test]
fn bad_data_clauses() {
    assert!(bad("private(self.x)").contains("names variables"));
    assert!(bad("firstprivate(x = 3)").contains("only `private(x = value)`"));
    assert!(bad("owned(y[0])").contains("did you mean `y`?"));
    assert!(bad("chunks(c)").contains("`chunks(c, 8)`"));
    assert!(bad("chunks(c, 4, 5)").contains("ends before this"));
    assert!(bad("chunks = c").contains("in parentheses"));
    assert!(bad("default(shared)").contains("found `shared`"));
    assert!(bad("ordered = f()").contains("`ordered` is on or off when the program is compiled"));
    assert!(bad("collapse = n").contains("a literal"));
    assert!(bad("crate = my::pymp").contains("write `crate = ::my::pymp`"));
    assert!(bad("crate = 3").contains("crate = ::pymp"));
}

#[test]
fn reading_goes_on_after_an_error() {
    let (clauses, messages) = read(quote!(shedule = "dynamic", num_threads = , private(), chunk = 8 if = c, 7, ordered));
    assert_eq!(messages.len(), 5, "{messages:?}");
    assert!(messages[0].contains("did you mean `schedule`?"));
    assert!(messages[4].contains("expected a clause"));
    assert!(clauses.chunk.is_some() && clauses.condition.is_some() && clauses.ordered.is_some());
}

#[test]
fn clauses_end_where_the_loop_begins() {
    let read = invocation(quote!(
        chunk = f(a, b),
        #[allow(unused)]
        'a: for i in 0..n {
            break 'a;
        }
    ))
    .unwrap();
    assert_eq!(read.clauses.to_string(), "chunk = f (a , b) ,");
    assert_eq!(read.each.attrs.len(), 1);
    assert_eq!(read.each.label.unwrap().name.ident, "a");
    assert!(invocation(quote!(for i in 0..n {},)).unwrap().clauses.is_empty());
}

#[test]
fn bad_invocations() {
    let message = |tokens| invocation(tokens).err().unwrap().to_string();
    assert!(message(quote!()).contains("takes clauses and then a `for` loop"));
    assert!(message(quote!(chunk = 4)).contains("takes clauses and then a `for` loop"));
    assert!(message(quote!(chunk = 4, while true {})).contains("takes clauses and then a `for` loop"));
    assert!(message(quote!(chunk = 4 for i in 0..n {})).contains("expected `,`"));
    assert!(message(quote!(for i in 0..n {} x)).contains("ends with its loop"));
}

/// Every prefix of good input, and good input with any one token missing: errors perhaps, never a panic.
#[test]
fn half_typed_input_is_only_an_error() {
    let whole = quote!(
        num_threads = 4, schedule("dynamic", 64), schedule(static, n), if = a > b, reduction(min: a, self.b), reduction(a::B: c),
        private(x, y = vec![0; 8]), chunks(c, n), crate = ::a::b, default(none), collapse(2), 'a: for (i, x) in v.iter() { x; }
    );
    let trees: Vec<_> = whole.into_iter().collect();
    for at in 0..=trees.len() {
        let prefix: TokenStream = trees[..at].iter().cloned().collect();
        let gap: TokenStream = trees.iter().enumerate().filter(|(k, _)| *k != at).map(|(_, tree)| tree.clone()).collect();
        for tokens in [prefix, gap] {
            let _ = invocation(tokens.clone());
            let _ = read(tokens);
        }
    }
}

/// What a macro of the user's took as `$e:expr`, as rust-analyzer hands it on.
#[test]
fn a_loop_in_parentheses() {
    assert!(invocation("(for i in 0..9 {})".parse().unwrap()).is_ok());
    assert!(invocation("num_threads = 2, ((for i in 0..9 {}))".parse().unwrap()).is_ok());
    assert!(invocation("num_threads(for i in 0..9 {})".parse().unwrap()).is_err());
}
