//! What `reduction(append: v)` lends its list for.

use super::{accepts, refuses};

#[test]
fn lent_to_what_appends() {
    accepts(
        "reduction(append: v)",
        &[
            "for i in 0..n { v.append(&mut t(i)); v.extend(x[i]); }",
            "for i in 0..n { write!(v, \"{i}\").unwrap(); write!(&mut v, \"{i}\").unwrap(); }",
            "for i in 0..n { collect(&mut v, i); parser.dump(&mut v); }",
            "for i in 0..n { Vec::push(&mut v, i); Vec::append(&mut v, &mut t(i)); }",
            "for i in 0..n { put!(v, i); }",
        ],
    );
}

#[test]
fn lent_to_what_takes_away() {
    refuses(
        "reduction(append: v)",
        &[
            ("for i in 0..n { f(std::mem::take(&mut v)); }", &["`take(&mut v)` does not fit"]),
            ("for i in 0..n { std::mem::replace(&mut v, Vec::new()); }", &["`replace(&mut v)`"]),
            ("for i in 0..n { std::mem::swap(&mut v, &mut t); }", &["`swap(&mut v)`"]),
            ("for i in 0..n { let t = &mut v; t.clear(); }", &["`&mut v`, through which anything can happen,"]),
            ("for i in 0..n { t(i).append(&mut v); }", &["`append(&mut v)`"]),
            ("for i in 0..n { Vec::append(&mut t(i), &mut v); }", &["`append(&mut v)`"]),
            ("for i in 0..n { Vec::clear(&mut v); }", &["`v.clear(..)`"]),
        ],
    );
}
