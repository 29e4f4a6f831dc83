use crate::access::{Mode, analyse};
use crate::testing::directive;
use crate::text::show;

fn mode(mode: &Mode) -> String {
    match mode {
        Mode::Element => "element".to_owned(),
        Mode::Grid => "grid".to_owned(),
        Mode::Collapsed => "collapsed".to_owned(),
        Mode::Chunks => "chunks".to_owned(),
        Mode::Scatter => "scatter".to_owned(),
        Mode::Atomic => "atomic".to_owned(),
    }
}

/// `place: mode` of each owned array; `< readers`; `= lastprivates`.
fn output(clauses: &str, each: &str) -> String {
    let Ok(access) = analyse(&directive(clauses, each)) else {
        return "error".to_owned();
    };
    let owned = access.owned.iter().map(|owned| format!("{}: {}", show(&owned.place), mode(&owned.mode)));
    let mut parts: Vec<String> = owned.collect();
    parts.extend(access.readers.iter().map(|reader| format!("< {}", show(&reader.place))));
    parts.extend(access.lastprivate_assigned.iter().map(|name| format!("= {name}")));
    parts.join(", ")
}

#[test]
fn owned_and_read() {
    let table = [
        ("", "for i in 0..n { y[i] = a[i] + b[i]; }", "y: element, < a, < b"),
        ("", "for i in 0..n { z[i] = 1; y[i] += 1; z[i] += 1; }", "z: element, y: element"),
        ("", "for i in 0..n { self.y[i] = self.x[i] * w[i]; }", "self.y: element, < self.x, < w"),
        ("", "for i in 0..n { y[i] = a[i][j].f + a[k].g() + a.len(); }", "y: element, < a"),
        ("", "for i in 0..n { y[i] = a[i]; f(&a); }", "y: element"),
        ("", "for i in 0..n { y[i] = a[i]; odd!(a => 1); }", "y: element"),
        ("", "for i in 0..n { y[i] = a[i]; println!(\"{a:?}\"); }", "y: element"),
        ("", "for i in 0..n { y[i] = a[i]; assert!(a[i] > 0.0); }", "y: element, < a"),
        ("", "for i in 0..n { y[i] = TABLE[i] + a.len(); }", "y: element"),
        ("", "for i in 0..n { y[i] = a[i] + a.x; }", "y: element"),
        ("", "for i in 0..n { let a = [1]; y[i] = a[i]; }", "y: element"),
        ("", "for i in 0..n { y[i] = a[idx[i]]; }", "y: element, < a, < idx"),
        ("", "for i in 0..n { if a[i] < b[i] { y[i] = 1; } }", "y: element, < a, < b"),
        ("shared(a)", "for i in 0..n { y[i] = a[i]; }", "y: element"),
        ("collapse = 2", "for i in 0..n { for j in 0..m { a[[i, j]] = b[j]; c[i*m + j] = 1; } }", "a: grid, c: collapsed, < b"),
        ("chunks(c, 2 * m), atomic(h)", "for i in 0..n { h[i] += 1; c[i] = 1; }", "h: atomic, c: chunks"),
        ("scatter(y), owned(z)", "for i in 0..n { y[k] = 1; }", "y: scatter, z: element"),
        ("lastprivate(x), lastprivate(w)", "for i in 0..n { x = 1; f(); }", "= x"),
        ("", "for i in 0..n { A[i] = 1; }", "A: element"),
        (
            "chunks(c, m)",
            "for i in 0..n { #[parallel(chunks(c, m), shared(b))] for j in 0..m { c[i*m + j] = a[j] + b[j]; } }",
            "c: chunks, < a",
        ),
        (
            "",
            "for i in 0..n { #[parallel(private(t), firstprivate(u))] for j in 0..m { t = u[j]; f(t); } y[i] = 1; }",
            "y: element",
        ),
    ];
    for (clauses, each, expected) in table {
        assert_eq!(output(clauses, each), expected, "[{clauses}] {each}");
    }
}

#[test]
fn words_are_shown_as_written() {
    let table = [
        ("y[i - 1]", "y[i - 1]"),
        ("self.a.0[(i, j)]", "self.a.0[(i, j)]"),
        ("f(&mut x, -1)?", "f(&mut x, -1)?"),
        ("a::b(!c && *d)", "a::b(!c && *d)"),
        ("break 'outer", "break 'outer"),
        ("y[i as usize]", "y[i as usize]"),
        ("x.f::<u8>()[1..]", "x.f::<u8>()[1..]"),
    ];
    for (source, expected) in table {
        let tokens: proc_macro2::TokenStream = source.parse().unwrap_or_default();
        assert_eq!(show(&tokens), expected);
    }
}
