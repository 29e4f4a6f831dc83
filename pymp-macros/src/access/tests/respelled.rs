//! Updates in other words.

use super::{accepts, messages, refuses};

#[test]
fn the_words_of_the_update() {
    for clause in ["", "reduction(+: h)"] {
        refuses(
            clause,
            &[
                (
                    "for i in 0..n { h = h.wrapping_add(x[i]); }",
                    &["`reduction(+: wrapped)`", "`wrapped += std::num::Wrapping(x[i]);`"],
                ),
                ("for i in 0..n { h = if c(i) { h + i } else { h - 1 }; }", &["`h += if c(i) { i } else { -1 }`"]),
                ("for i in 0..n { h = if c(i) { h + i } else { h }; }", &["`h += if c(i) { i } else { 0 }`"]),
            ],
        );
    }
    for clause in ["", "reduction(append: t)"] {
        refuses(
            clause,
            &[
                (
                    "for i in 0..n { t = format!(\"{t}{i}, \"); }",
                    &["`t.push_str(&format!(\"{i}, \"))`", "`reduction(append: t)`"],
                ),
                ("for i in 0..n { t = format!(\"{}{}\", t, i); }", &["`t.push_str(&format!(\"{}\", i))`"]),
            ],
        );
    }
    refuses("reduction(|: any)", &[("for i in 0..n { any |= x[i]; if c(i) { any = true; } }", &["write `any |= ..`"])]);
}

#[test]
fn extrema_in_extrema() {
    accepts(
        "reduction(max: m)",
        &[
            "for i in 0..n { m = max(x[i], max(m, 2)); }",
            "for i in 0..n { m = x[i].max(m.max(2)); }",
            "for i in 0..n { m = i64::max(i64::max(2, m), x[i]); }",
        ],
    );
    refuses(
        "reduction(max: m)",
        &[
            ("for i in 0..n { m = max(x[i], min(m, 2)); }", &["`m = m.max(..)`", "one iteration after another"]),
            ("for i in 0..n { m = max(m + 1, m); }", &["`m`"]),
            ("for i in 0..n { m = max(max(m, 1), max(m, 2)); }", &["`m`"]),
        ],
    );
}

#[test]
fn one_fault_is_told_once() {
    for (clause, body) in [
        ("reduction(max: m)", "let better = x[i] > m; if better { m = x[i]; }"),
        ("reduction(max: m)", "while x[i] > m { m = x[i]; }"),
        ("reduction(max: m)", "match x[i].cmp(&m) { Ordering::Greater => m = x[i], _ => {} }"),
        ("reduction(max: m)", "if x[i] > m + 2 { m = x[i]; }"),
        ("reduction(&&: m)", "if m { m = x[i] > 3; }"),
        ("reduction(&&: m)", "if !m { m = true; }"),
        ("reduction(&&: m)", "m = m || x[i] > 0 && m;"),
    ] {
        let said = messages(clause, &format!("for i in 0..n {{ {body} }}"));
        assert_eq!(said.len(), 1, "{said:#?}");
    }
}

#[test]
fn one_extremum_behind_another() {
    let said = messages("", "for i in 0..n { if x[i] < lo { lo = x[i]; } else if x[i] > hi { hi = x[i]; } }");
    let apart = matches!(said.as_slice(), [lo, hi] if !lo.contains("of its own")
        && hi.contains("`reduction(max: hi)`, and give it an `if` of its own"));
    assert!(apart, "{said:?}");
}

const IN_ORDER: &str = "one after another";

/// No reduction puts two parts of it together.
#[test]
fn what_arithmetic_makes_from_the_value_before() {
    for body in [
        "v = 0.5 * (v + 2.0 / v)",
        "h = h.wrapping_mul(33).wrapping_add(x[i])",
        "h = (h ^ x[i]).wrapping_mul(16777619)",
        "s = s * p + x[i]",
        "m = m.max(x[i]) + 1.0",
        "t = x[i] - t",
        "r = lcg(r)",
        "k = if x[i] > 0 { k + 1 } else { 0 }",
    ] {
        let each = format!("for i in 0..n {{ {body}; }}");
        let name = &body[..1];
        for clauses in ["".to_owned(), format!("reduction(+: {name})")] {
            let said = messages(&clauses, &each);
            assert!(matches!(said.as_slice(), [only] if only.contains(IN_ORDER) && !only.contains("MyOp")), "{body}\n{said:?}");
        }
    }
}

/// Whether `next` changes what it is called on is not known; the assignment does.
#[test]
fn a_step() {
    let said = messages("", "for i in 0..n { r = r.next(); }");
    assert!(matches!(said.as_slice(), [only] if only.contains(IN_ORDER)), "{said:?}");
}

#[test]
fn what_an_operator_of_ones_own_may_make() {
    for body in
        ["s = C(s.0 + x[i])", "s = C { re: s.re + x[i], ..s }", "s = gcd(s, x[i])", "s = s.join(x[i])", "s = s.clone() + x[i]"]
    {
        let each = format!("for i in 0..n {{ {body}; }}");
        for clauses in ["", "reduction(+: s)"] {
            refuses(clauses, &[(&each, &["`reduction(MyOp: s)`"])]);
        }
    }
}
