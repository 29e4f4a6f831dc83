//! What is kept by one comparison, and the tuple that is told to keep it.

use super::{messages, refuses};

const IN_ORDER: &str = "the iterations must run one after another";

/// All of the condition is in what is told to write.
#[test]
fn other_conditions() {
    refuses(
        "",
        &[
            (
                "for i in 0..n { if ok[i] && x[i] < m { at = i; m = x[i]; } }",
                &["`if ok[i] && (x[i], i) < both { both = (x[i], i); }`"],
            ),
            ("for i in 0..n { if x[i] < m && i % 2 == 0 { at = i; m = x[i]; } }", &["`if (x[i], i) < both && i % 2 == 0 {"]),
            ("for i in 0..n { if !(x[i] >= m || bad[i] || i > 9) { at = i; m = x[i]; } }", &["< both && !bad[i] && !(i > 9) {"]),
            ("for i in 0..n { if a || b { if x[i] < m { at = i; m = x[i]; } } }", &["`if (a || b) && (x[i], i) < both {"]),
            ("for i in 0..n { if x[i] < m { if i > 3 { at = i; m = x[i]; } } }", &["`if (x[i], i) < both && i > 3 {"]),
            ("for i in 0..n { if (a || b) && x[i] < m { at = i; m = x[i]; } }", &["`if (a || b) && (x[i], i) < both {"]),
            (
                "for i in 0..n { if let Some(v) = x[i] && v < m { at = i; m = v; } }",
                &["`if let Some(v) = x[i] && (v, i) < both {"],
            ),
            ("for i in 0..n { if ok[i] && x[i] < best.0 { best = (x[i], i); } }", &["`if ok[i] && (x[i], i) < best {"]),
            ("for i in 0..n { if x[i] >= m || bad[i] { continue; } m = x[i]; at = i; }", &["`if (x[i], i) < both && !bad[i] {"]),
            ("for i in 0..n { if !(x[i] < m) { continue; } (m, at) = (x[i], i); }", &["`if (x[i], i) < both {"]),
            ("for i in 0..n { if x[i] < x[best] && ok[i] { best = i; } }", &["`if (x[i], i) < both && ok[i] {"]),
            (
                "for i in 0..n { if ok[i] && x[i].abs() < m.abs() { m = x[i]; } }",
                &["`if ok[i] && (x[i].abs(), i, x[i]) < both {"],
            ),
        ],
    );
    refuses(
        "reduction(min: best)",
        &[("for i in 0..n { if ok[i] && x[i] < best.0 { best = (x[i], i); } }", &["`if ok[i] && (x[i], i) < best {"])],
    );
}

/// No tuple knows what the extremum was before.
#[test]
fn what_is_made_from_what_was_kept() {
    for each in [
        "for i in 0..n { if x[i] > m { prev = m; m = x[i]; } }",
        "for &v in x { if v > m { k = m; m = v; } else if v > k { k = v; } }",
        "for i in 0..n { if x[i] > m { at = i; m = x[i]; } y[i] = at; }",
        "for i in 0..n { if x[i] > m { m = x[i]; ties = 1; } else if x[i] == m { ties += 1; } }",
        "for i in 0..n { if x[i] > m && y[i] > k { m = x[i]; k = y[i]; } }",
        "for i in 0..n { if x[i] > m { m = x[i]; records += 1; } }",
        "for i in 0..n { if x[i] > m { m = x[i]; if i > 3 { at = i; } } }",
        "for i in 0..n { if x[i] > t.0 { t.1 = t.0; t.0 = x[i]; } }",
        "for i in 0..n { if x[i] > best.0 { best = (x[i], best.1 + 1); } }",
    ] {
        let said = messages("", each);
        assert!(matches!(said.as_slice(), [only] if only.contains(IN_ORDER) && !only.contains("(x[i]")), "{each}\n{said:?}");
    }
    for body in ["prev = m; m = x[i];", "m = x[i]; records += 1;"] {
        refuses("reduction(max: m)", &[(&format!("for i in 0..n {{ if x[i] > m {{ {body} }} }}"), &[IN_ORDER])]);
    }
    refuses("reduction(max: b)", &[("for i in 0..n { if x[i] > b.0 { b = (x[i], b.1 + 1); } }", &[IN_ORDER])]);
    refuses("", &[("for i in 0..n { if x[i] < x[best] { prev = best; best = i; } }", &["`best`: it is read before"])]);
}

#[test]
fn only_what_is_none_yet_is_a_first_hit() {
    let first = "`first = Some(i); break;`";
    for cond in ["first.is_none() && x[i] > 3", "x[i] > 3 && first == None", "first.is_none()"] {
        refuses("", &[(&format!("for i in 0..n {{ if {cond} {{ first = Some(i); }} }}"), &[first])]);
    }
    for cond in ["first.is_none() || x[i] > first.unwrap()", "first.is_some()"] {
        let said = messages("", &format!("for i in 0..n {{ if {cond} {{ first = Some(i); }} }}")).join("\n");
        assert!(said.contains("one after another") && !said.contains("break"), "{cond}\n{said}");
    }
}

#[test]
fn a_key_and_a_place() {
    let each = "for i in 0..n { if x[i].abs() > m.abs() { m = x[i]; at = i; } }";
    for clauses in ["", "reduction(max: m)"] {
        let said = messages(clauses, each);
        let told = "(x[i].abs(), std::cmp::Reverse(i), x[i]) > both";
        assert!(matches!(said.as_slice(), [only] if only.contains(told) && only.contains("`m` and `at` are kept")), "{said:?}");
    }
}

/// A running maximum is no reduction.
#[test]
fn an_extremum_that_is_read() {
    for body in ["if x[i] > m { m = x[i]; }", "m = m.max(x[i]);"] {
        let said = messages("", &format!("for i in 0..n {{ {body} y[i] = m; }}"));
        assert!(matches!(said.as_slice(), [only] if only.contains("read in the loop")), "{said:?}");
    }
}

/// The comparison says which extremum, though it does not decide.
#[test]
fn or_another_condition() {
    let said = messages("", "for i in 0..n { if x[i] < m || i == 0 { m = x[i]; at = i; } }");
    assert!(matches!(said.as_slice(), [only] if only.contains("reduction(min: m)") && only.contains("x[i] < m")), "{said:?}");
}

/// The counter of a loop inside decides between equal values, too.
#[test]
fn ties_in_two_loops() {
    let inner = |head: &str, sign: &str| {
        format!("for i in 0..n {{ for {head} {{ if x[i][j] {sign} m {{ m = x[i][j]; bi = i; bj = j; }} }} }}")
    };
    let reversed = "(x[i][j], std::cmp::Reverse(i), std::cmp::Reverse(j)) > both";
    for (head, sign, told) in [
        ("j in 0..n", ">", reversed),
        ("j in 0..n", ">=", "`if (x[i][j], i, j) >"),
        ("j in (0..n).rev()", ">", "`if (x[i][j], std::cmp::Reverse(i), j) >"),
        ("j in 0..n", "<", "`if (x[i][j], i, j) <"),
        ("j in list", ">", "where the first members are equal the next decide"),
    ] {
        refuses("", &[(&inner(head, sign), &[told])]);
    }
    let row = "for i in 0..n { for j in 0..n { if x[i][j] > m { m = x[i][j]; with = y[j]; } } }";
    refuses("", &[(row, &["(x[i][j], std::cmp::Reverse(i), std::cmp::Reverse(j), y[j]) > both"])]);
    refuses("collapse = 2", &[(&inner("j in 0..n", ">"), &[reversed])]);
}

/// The names are those of the members.
#[test]
fn structs() {
    let body = "if *v > best.v { best = Best { v: *v, at: i }; }";
    let told = &[
        "`let mut both = (best.v, std::cmp::Reverse(best.at));`",
        "`if (*v, std::cmp::Reverse(i)) > both {",
        "`(best.v, std::cmp::Reverse(best.at)) = both;`",
    ];
    refuses("", &[(&format!("for (i, v) in x.iter().enumerate() {{ {body} }}"), told)]);
    refuses("reduction(max: best)", &[(&format!("for (i, v) in x.iter().enumerate() {{ {body} }}"), told)]);
    refuses(
        "",
        &[(
            "for v in x { if *v > best.v { best = Best::of(*v); } }",
            &["`let mut both = (best.v, best);`", "`(_, best) = both;`"],
        )],
    );
}

/// A member of a tuple has an order.
#[test]
fn members_without_an_order() {
    let kept = "if q.a < m { m = q.a; best = Some(*q); }";
    refuses("", &[(&format!("for q in points {{ {kept} }}"), &["if `Some(*q)` has none, keep its place"])]);
    refuses(
        "",
        &[(&format!("for (i, q) in points.iter().enumerate() {{ {kept} }}"), &["take it from its place, `i`, after the loop"])],
    );
    let said = messages("", "for i in 0..n { if x[i] < m { m = x[i]; at = i; } }").join("\n");
    assert!(!said.contains("has an order"), "{said}");
}
