//! Which comparisons decide what a `max` keeps.

use super::{accepts, messages, refuses};

#[test]
fn what_is_compared_is_kept() {
    accepts(
        "reduction(max: m)",
        &[
            "for i in 0..n { if x[i] >= m { m = x[i]; } }",
            "for i in 0..n { if m < x[i] as f64 { m = x[i] as f64; } }",
            "for i in 0..n { if (x[i] - y[i]).abs() > m { m = (x[i] - y[i]).abs(); } }",
            "for i in 0..n { if f(x[i]) > m { m = f(x[i]); } }",
            "for v in x { if *v > m { m = *v; } }",
            "for v in x { if v > &m { m = *v; } }",
            "for e in x { if e > &m { m = e.clone(); } }",
            "for i in 0..n { if Some(x[i]) > m { m = Some(x[i]); } }",
            "for i in 0..n { if (x[i], i) > m { m = (x[i], i); } }",
            "for i in 0..n { let v = x[i]; if v > m { m = x[i]; } }",
            "for i in 0..n { if x[i] > m { let w = x[i]; m = w; } }",
            "for i in 0..n { let d = x[i].abs(); if d > m { m = d; } }",
            "for i in 0..n { if x[i] > m { m = m.max(x[i]); } }",
            "for i in 0..n { if m > x[i] {} else { m = x[i]; } }",
            "for i in 0..n { if !(x[i] <= m) { m = x[i]; } }",
            "for i in 0..n { if c || x[i] <= m {} else { m = x[i]; } }",
            "for i in 0..n { if !(c || x[i] <= m) { m = x[i]; } }",
            "for i in 0..n { if x[i].total_cmp(&m).is_gt() { m = x[i]; } }",
            "for i in 0..n { if x[i].total_cmp(&m) == Ordering::Greater { m = x[i]; } }",
            "for i in 0..n { if x[i].partial_cmp(&m) == Some(Ordering::Greater) { m = x[i]; } }",
            "for i in 0..n { if x[i].gt(&m) { m = x[i]; } }",
        ],
    );
    accepts("reduction(max: s)", &["for i in 0..n { if x[i] > s[i % 2] { s[i % 2] = x[i]; } }"]);
    accepts("reduction(min: self.low)", &["for i in 0..n { if x[i] < self.low { self.low = x[i]; } }"]);
    accepts("reduction(min: *low)", &["for i in 0..n { if x[i] < *low { *low = x[i]; } }"]);
}

#[test]
fn beside_other_conditions() {
    accepts(
        "reduction(max: m)",
        &[
            "for i in 0..n { if x[i] % 2 == 0 && x[i] > m { m = x[i]; } }",
            "for i in 0..n { if x[i] > m && i % 2 == 0 { m = x[i]; } }",
            "for i in 0..n { if x[i] > m { if i > 3 { m = x[i]; } } }",
            "for i in 0..n { if let Some(v) = f(i) && v > m { m = v; } }",
            "for i in 0..n { if let v @ 2..=9 = x[i] && v > m { m = v; } }",
            "for i in 0..n { match x[i] { v if v > m => m = v, _ => {} } }",
            "for i in 0..n { if x[i] > m { f(x[i]); m = x[i]; } else { g(i); } }",
            "for i in 0..n { for j in 0..n { let mut k = f(j); k += 1; if k > m { m = k; } } }",
        ],
    );
}

const ANOTHER: &str = "keeps another value";
const MORE: &str = "more than the comparison of";
const BEHIND: &str = "have been compared";

#[test]
fn another_value() {
    refuses(
        "reduction(max: m)",
        &[
            (
                "for i in 0..n { if x[i].abs() > m { m = x[i]; } }",
                &[ANOTHER, "`if x[i] > m { m = x[i]; }`", "`if (x[i].abs(), x[i]) > both {"],
            ),
            ("for i in 0..n { let d = x[i].abs(); if d > m { m = x[i]; } }", &[ANOTHER]),
            ("for i in 0..n { if x[i] > m { m = x[i + 1]; } }", &[ANOTHER]),
            ("for i in 0..n { if x[i] > m { m = -x[i]; } }", &[ANOTHER]),
            ("for i in 0..n { if x[i] > m { let w = x[i] - 4; m = w; } }", &[ANOTHER]),
            ("for i in 0..n { if x[i] - 1 > m { m = x[i]; } }", &[ANOTHER]),
            ("for i in 0..n { if x[i] > m { m = x[i]; } else { m = 100 - i; } }", &[BEHIND]),
            ("for i in 0..n { if m > x[i] {} else { m = x[i] - 9; } }", &[BEHIND]),
            ("for i in 0..n { if x[i] > m { m = m.max(3); } }", &["updated by another value"]),
            ("for i in 0..n { if x[i] > m { m = x[i]; } else { m = m.max(3); } }", &["updated by another value"]),
            ("for i in 0..n { match x[i] { v if v > m => m = v * -1, _ => {} } }", &[ANOTHER]),
            ("for i in 0..n { match x[i] { v if v > m => m = v, v if v < 3 => m = v + 20, _ => {} } }", &[BEHIND]),
            ("for i in 0..n { if let Some(&v) = x.get(i + 1) && x[i] > m { m = v; } }", &[ANOTHER]),
            ("for i in 0..n { if x[i] > m && y[i] > m { m = x[i]; } }", &["`x[i] > m` asks of the `m`"]),
            ("for i in 0..n { if x[i] > m && m < 10 { m = x[i]; } }", &["`x[i] > m` asks of the `m`", "one after another"]),
            ("for i in 0..n { if ok[i] && x[i].abs() > m && i > 3 { m = x[i]; } }", &["`if ok[i] && x[i] > m && i > 3 {"]),
        ],
    );
    refuses(
        "reduction(max: s)",
        &[("for i in 0..n { if x[i] > s[0] { s[1] = x[i]; } }", &["`s[1]` is set under a comparison with `s[0]`"])],
    );
    refuses("", &[("for i in 0..n { if x[i].abs() > m { m = x[i]; } }", &[ANOTHER, "with `reduction(max: m)`"])]);
}

#[test]
fn a_value_that_changes_on_the_way() {
    refuses(
        "reduction(max: m)",
        &[
            ("for i in 0..n { let v = x[i]; if v > m { let v = v - 100; m = v; } }", &[MORE]),
            ("for i in 0..n { let mut v = x[i]; if v > m { v -= 100; m = v; } }", &[MORE]),
            ("for i in 0..n { let v = x[i]; if v > m { m = { let v = v - 5; v }; } }", &[ANOTHER]),
            ("for i in 0..n { let v = x[i]; if v > m && let v = -v { m = v; } }", &[MORE]),
            ("for i in 0..n { if it.next() > m { m = it.next(); } }", &[MORE]),
            ("for i in 0..n { if rng.random::<f64>() > m { m = rng.random::<f64>(); } }", &[MORE]),
            ("for i in 0..n { let w = x[i]; for i in 0..3 { if x[i] > m { m = w; } } }", &[ANOTHER]),
            ("for i in 0..n { let w = x[i]; { let i = i + 1; if x[i] > m { m = w; } } }", &[ANOTHER]),
            ("for i in 0..n { match x[i] { v if v > m => match y[i] { v => m = v }, _ => {} } }", &[MORE]),
            ("for i in 0..n { let mut g = || { k += 7; k }; if g() > m { m = g(); } }", &[MORE]),
            ("for i in 0..n { let mut k = 0; let v = x[k]; while k < 3 { if v > m { m = x[k]; } k += 1; } }", &[ANOTHER]),
            ("for i in 0..n { let mut v = x[i]; if v > m { for _ in 0..3 { m = v; v -= 1; } } }", &[MORE]),
            ("for i in 0..n { let mut v = x[i]; if v > m { dec!(v); m = v; } }", &[MORE]),
            ("for i in 0..n { let mut v = x[i]; if v > m { dec(&mut v); m = v; } }", &[MORE]),
            ("for i in 0..n { if x[i] > m { if y[i] > m { m = y[i]; } m = x[i]; } }", &[ANOTHER]),
        ],
    );
}

#[test]
fn another_element_by_then() {
    refuses(
        "reduction(max: s)",
        &[
            ("for i in 0..n { let mut k = 0; if x[i] > s[k] { k += 1; s[k] = x[i]; } }", &["`s[k] = x[i]`"]),
            ("for i in 0..n { if x[i] > s[it.next()] { s[it.next()] = x[i]; } }", &["`s[it.next()] = x[i]`"]),
        ],
    );
}

#[test]
fn comparisons_that_do_not_decide() {
    refuses(
        "reduction(max: m)",
        &[
            ("for i in 0..n { if x[i] > m || i == 11 { m = x[i]; } }", &[MORE, "`if c && x[i] > m`"]),
            ("for i in 0..n { if x[i] != m { m = x[i]; } }", &[MORE]),
            ("for i in 0..n { if x[i] == m { m = x[i]; } }", &[MORE]),
            ("for i in 0..n { if (x[i] > m) != (i == 3) { m = x[i]; } }", &[MORE]),
            ("for i in 0..n { if !(x[i] > m) { m = x[i]; } }", &["a comparison that keeps the min"]),
            ("for i in 0..n { if x[i] > m && c {} else { m = x[i]; } }", &[MORE]),
        ],
    );
}

#[test]
fn one_message_for_one_slip() {
    for body in ["if x[i] > m { m = x[i] - 5; }", "if x[i] > m || c { m = x[i]; }", "if x[i] > m { m = x[i]; } else { m = 3; }"] {
        let said = messages("reduction(max: m)", &format!("for i in 0..n {{ {body} }}"));
        assert_eq!(said.len(), 1, "{said:?}");
    }
}

#[test]
fn other_reductions_under_a_comparison() {
    for clauses in ["reduction(max: self.high), reduction(min: self.low)", "reduction(max: self.high, self.low)"] {
        refuses(
            clauses,
            &[("for i in 0..n { if x[i] > self.high { self.high = x[i]; self.low = x[i]; } }", &["`self.low` is written"])],
        );
    }
    let said = messages("reduction(max: s)", "for i in 0..n { if x[i] > s.0 { s.0 = x[i]; s.1 = i; } }");
    assert!(matches!(said.as_slice(), [only] if only.contains("are set together")), "{said:?}");
}

/// The place has no clause yet, and would have none that fits.
#[test]
fn a_place_beside_a_listed_value() {
    let said = messages("reduction(max: m)", "for i in 0..n { if x[i] > m { m = x[i]; at = i; } }");
    assert!(matches!(said.as_slice(), [only] if only.contains("`m` and `at` are set together")), "{said:?}");
    let said = messages("reduction(max: m)", "for i in 0..n { if x[i] > m { m = x[i + 1]; at = i; } }");
    assert!(matches!(said.as_slice(), [only] if only.contains(ANOTHER)), "{said:?}");
}
