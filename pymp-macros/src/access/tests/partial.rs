//! What depends on a comparison with the part of a `min` or `max`.

use super::{accepts, messages, refuses};

#[test]
fn ways_out() {
    refuses(
        "reduction(min: m)",
        &[
            ("for i in 0..n { if x[i] < m { m = x[i]; continue; } y[i] = 1; }", &["`continue` stands under a comparison", "`m`"]),
            ("for i in 0..n { if x[i] < m { m = x[i]; break; } }", &["`break` stands under a comparison"]),
            ("for i in 0..n { if x[i] < m { m = x[i]; return; } }", &["`return` stands under a comparison"]),
            ("for i in 0..n { if x[i] < m { m = f(i)?; } }", &["`?` stands under a comparison"]),
            ("for i in 0..n { for j in 0..n { if x[j] < m { m = x[j]; break; } } }", &["`break` stands under"]),
            ("'o: for i in 0..n { for j in 0..n { if x[j] < m { m = x[j]; continue 'o; } } }", &["`continue` stands under"]),
            ("for i in 0..n { match x[i] { v if v < m => m = v, _ => continue } y[i] = 1; }", &["`continue` stands under"]),
        ],
    );
    accepts(
        "reduction(min: m)",
        &[
            "for i in 0..n { if x[i] < m { for j in 0..n { if z[j] { break; } } m = x[i]; } }",
            "for i in 0..n { if x[i] < m { 'a: { if z[i] { break 'a; } f(); } m = x[i]; } }",
            "for i in 0..n { if x[i] < m { f(|| { g()?; return 1; }); m = x[i]; } }",
            "for i in 0..n { if z[i] { continue; } if x[i] < m { m = x[i]; } y[i] = 1; }",
        ],
    );
}

/// What is compared is that field of that variable.
#[test]
fn other_places_of_the_same_name() {
    accepts(
        "reduction(min: self.a)",
        &["for i in 0..n { if s * self.b > x[i] { continue; } if x[i] < self.a { self.a = x[i]; } }"],
    );
    accepts(
        "reduction(min: m)",
        &[
            "for i in 0..n { { let m = 1.0; if x[i] > m { continue; } f(m); } if x[i] < m { m = x[i]; } }",
            "for i in 0..n { if x[i].m > 3.0 { continue; } if x[i].k < m { m = x[i].k; } }",
        ],
    );
}

/// After the last statement nothing is left out.
#[test]
fn at_the_end_of_an_iteration() {
    accepts(
        "reduction(max: m)",
        &[
            "for i in 0..n { if x[i] > m { m = x[i]; } else { continue; } }",
            "'a: for i in 0..n { match c { c if c > m => m = c, _ => continue 'a, } }",
            "for i in 0..n { for j in 0..n { if x[j] > m { m = x[j]; } else { continue; } } y[i] = 1; }",
        ],
    );
    refuses(
        "reduction(max: m)",
        &[
            ("for i in 0..n { if x[i] > m { m = x[i]; } else { break; } }", &["`break` stands under"]),
            ("'a: for i in 0..n { for j in 0..n { if x[j] > m { m = x[j]; } else { continue 'a; } } }", &["`continue`"]),
        ],
    );
}

/// What is left out is the assignment that the comparison decides, and nothing else.
#[test]
fn before_the_assignment() {
    accepts(
        "reduction(max: m)",
        &[
            "for i in 0..n { if x[i] <= m { continue; } m = x[i]; }",
            "'a: for i in 0..n { let v = x[i]; if v <= m { continue 'a; } let w = v; m = w; }",
            "for i in 0..n { for j in 0..n { if x[j] <= m { continue; } m = x[j]; } }",
        ],
    );
    refuses(
        "reduction(max: m)",
        &[
            ("for i in 0..n { if x[i] < m { continue; } y[i] = 1; m = x[i]; }", &["`y[i]` is written under a comparison"]),
            ("for i in 0..n { if x[i] > m { continue; } m = x[i]; }", &["a comparison that keeps the min"]),
            ("'a: for i in 0..n { for j in 0..n { if x[j] <= m { continue 'a; } m = x[j]; } }", &["`continue` stands under"]),
            ("for i in 0..n { if x[i] <= m { continue; } f(i); m = x[i]; }", &["`continue` stands under"]),
        ],
    );
    refuses("", &[("for i in 0..n { if x[i] <= m { continue; } m = x[i]; }", &["`reduction(max: m)`"])]);
}

/// A flag may be asked whether it is set already.
#[test]
fn flags() {
    accepts(
        "reduction(||: found)",
        &[
            "for i in 0..n { if !found && x[i] > 3 { found = true; } }",
            "for i in 0..n { if x[i] > 3 && y[i] && !found { found = true; } }",
            "for i in 0..n { if !found { found = true; } }",
        ],
    );
    accepts("reduction(&&: ok)", &["for i in 0..n { if ok && x[i] > 3 { ok = false; } }"]);
    refuses(
        "reduction(||: found)",
        &[
            ("for i in 0..n { if found && x[i] > 3 { found = true; } }", &["`found` is read"]),
            ("for i in 0..n { if !found || x[i] > 3 { found = true; } }", &["`found` is read"]),
            ("for i in 0..n { if !found && x[i] > 3 { found = true; y[i] = 1; } }", &["`found` is read"]),
            ("for i in 0..n { if !found && x[i] > 3 { found = true; } else { f(i); } }", &["`found` is read"]),
            ("for i in 0..n { if !found && take(&mut y[i]) { found = true; } }", &["`found` is read"]),
        ],
    );
}

/// An arm that matches nothing of what the guarded one does is not behind its guard.
#[test]
fn arms_behind_a_guard() {
    accepts(
        "reduction(min: m)",
        &["for i in 0..n { match v[i] { (Kind::A, x) if x < m => m = x, (Kind::A, _) => {} (Kind::B, _) => y[i] += 1 } }"],
    );
    refuses(
        "reduction(min: m)",
        &[(
            "for i in 0..n { match v[i] { (Kind::A, x) if x < m => m = x, (_, 3) => y[i] += 1, _ => {} } }",
            &["`y[i]` is written"],
        )],
    );
}

#[test]
fn one_slip_is_told_once() {
    for body in ["if x[i] >= m { continue; } f(i); m = x[i];", "if x[i] < m { m = x[i]; } if m < 0.0 { continue; } y[i] = 1;"] {
        let said = messages("reduction(min: m)", &format!("for i in 0..n {{ {body} }}"));
        assert!(matches!(said.as_slice(), [only] if only.contains("`continue` stands under")), "{said:?}");
    }
}
