use super::{accepts, refuses};

#[test]
fn sums() {
    accepts(
        "reduction(+: s)",
        &[
            "for i in 0..n { s += x[i]; s -= 1; }",
            "for i in 0..n { s = s + x[i]; s = x[i] + s; s = s - 1; s = s + a - b; }",
            "for i in 0..n { s[k(i)] += 1; s[j] = s[j] + 1; }",
            "for i in 0..n { s.0 += 1.0; s.1 += x[i]; }",
            "for i in 0..n { *s += 1; }",
            "for i in 0..n { s += 1; let s = 3; f(s); }",
            "for i in 0..n { if x[i] > s.len() { s[i] += 1; } }",
            "for i in 0..n { count!(s); add!(s[k], 1); add!(s.0, x[i]); more!(s => 1); }",
        ],
    );
    accepts("reduction(-: s)", &["for i in 0..n { s -= x[i]; s += 1; }"]);
    accepts("reduction(+: self.s)", &["for i in 0..n { self.s += x[i] * self.t; }"]);
    refuses(
        "reduction(+: self.s)",
        &[("for i in 0..n { self.s += self.f(i); }", &["`self` is used in the loop, and in it reduction variable `self.s`"])],
    );
    accepts("reduction(+: s)", &["for i in 0..n { s = a[i].mul_add(b[i], s); }"]);
    accepts("reduction(max: *m)", &["for i in 0..n { *m = m.max(a[i]); }", "for i in 0..n { *m = (*m).max(a[i]).max(b[i]); }"]);
    refuses(
        "reduction(+: s)",
        &[
            ("for i in 0..n { s *= x[i]; }", &["`s *= ..` does not fit `reduction(+: s)`; write `reduction(*: s)`"]),
            ("for i in 0..n { if more!(s => 1) { s += 1; } }", &["read in the loop"]),
            ("for i in 0..n { s += over!(s); }", &["read in the loop"]),
            ("for i in 0..n { s /= x[i]; }", &["`s /= ..` does not fit"]),
            ("for i in 0..n { s = s * 2; }", &["`s = s * ..` does not fit"]),
            ("for i in 0..n { s = 0; s += i; }", &["`s = ..` does not fit"]),
            ("for i in 0..n { s = i - s; }", &["`s = ..` does not fit", "one after another"]),
            ("for i in 0..n { s += 1; f(s); }", &["reduction variable `s` is read in the loop", "only this thread's part"]),
            ("for i in 0..n { s += s; }", &["read in the loop"]),
            ("for i in 0..n { count!(s + 1); assert!(s); }", &["read in the loop"]),
            ("for i in 0..n { let z = 1; add!(z[s], 1); }", &["read in the loop"]),
            ("for i in 0..n { s = s + s; }", &["read in the loop"]),
            ("for i in 0..n { s += 1; println!(\"{s}\"); }", &["read in the loop"]),
            ("for i in 0..n { if s > 3 { s += 1; } }", &["read in the loop"]),
            ("for i in 0..n { f(&mut s); }", &["`&mut s`", "does not fit"]),
            ("for i in 0..n { s.push(1); }", &["`s.push(..)` does not fit"]),
            ("for i in 0..n { s = a.mul_add(s, b); }", &["does not fit"]),
            ("for i in 0..n { s = s.max(i); }", &["`s = s.max(..)` does not fit"]),
        ],
    );
}

#[test]
fn other_operators() {
    accepts("reduction(*: p)", &["for i in 0..n { p *= 2; p = p * 3; p = 2 * 3 * p; }"]);
    accepts("reduction(&: p)", &["for i in 0..n { p &= 2; p = p & 3; }"]);
    accepts("reduction(|: p)", &["for i in 0..n { p |= 2; p = 3 | p; }"]);
    accepts("reduction(^: p)", &["for i in 0..n { p ^= 2; p = p ^ 3; }"]);
    accepts("reduction(&&: p)", &["for i in 0..n { p &= f(i); p = p && f(i); p = f(i) && p; }"]);
    accepts("reduction(||: p)", &["for i in 0..n { p |= f(i); p = p || f(i) || g(i); }"]);
    accepts("reduction(MyOp: p)", &["for i in 0..n { p.add(x); if p > 3 { p = f(&mut p, p); } }"]);
    refuses("reduction(&&: p)", &[("for i in 0..n { p |= true; }", &["does not fit `reduction(&&: p)`"])]);
    refuses("reduction(&: p)", &[("for i in 0..n { p ^= 1; }", &["does not fit"])]);
}

#[test]
fn extrema() {
    accepts(
        "reduction(min: m)",
        &[
            "for i in 0..n { m = m.min(x[i]); m = x[i].min(m); m = f64::min(m, x[i]); m = std::cmp::min(x[i], m); }",
            "for i in 0..n { m = m.min(x[i]).min(3.0); }",
            "for i in 0..n { if x[i] < m { m = x[i]; } if m > e { m = e } }",
            "for i in 0..n { if ok && x[i] <= m { m = x[i]; } }",
            "for i in 0..n { if !(x[i] > m) { m = x[i]; } }",
            "for i in 0..n { match x[i] { v if v < m => m = v, _ => {} } }",
            "for i in 0..n { m[k] = m[k].min(x[i]); if e < m[k] { m[k] = e; } }",
            "for i in 0..n { if let Some(v) = f(i) && v < m { m = v; } }",
            "for i in 0..n { m = if x[i] < m { x[i] } else { m }; }",
            "for i in 0..n { if x[i].total_cmp(&m).is_lt() { m = x[i]; } if m.partial_cmp(&e) == Some(Greater) { m = e } }",
        ],
    );
    refuses(
        "reduction(min: m)",
        &[
            ("for i in 0..n { m = x[i]; }", &["`m = ..` does not fit `reduction(min: m)`"]),
            ("for i in 0..n { m = m.max(x[i]); }", &["`m = m.max(..)` does not fit"]),
            ("for i in 0..n { if x[i] > m { m = x[i]; } }", &["a comparison that keeps the max does not fit"]),
            ("for i in 0..n { if x[i] > m { y[i] = 1; } }", &["read in the loop"]),
            ("for i in 0..n { m += 1; }", &["does not fit"]),
            ("for i in 0..n { if x[i] < m { m = x[i]; y[i] = 1; } }", &["`y[i]` is written under a comparison", "`m`"]),
        ],
    );
    refuses(
        "reduction(max: m), lastprivate(at)",
        &[("for i in 0..n { if x[i] > m { m = x[i]; at = i; } }", &["`at` is written under a comparison", "`Reduction`"])],
    );
    refuses(
        "reduction(max: hi), reduction(min: lo)",
        &[("for i in 0..n { if x[i] < lo { lo = x[i]; } else if x[i] > hi { hi = x[i]; } }", &["`hi` is written under"])],
    );
    accepts(
        "reduction(max: hi), reduction(min: lo)",
        &["for i in 0..n { if x[i] < lo { lo = x[i]; } if x[i] > hi { hi = x[i]; } }"],
    );
}

#[test]
fn lists() {
    accepts(
        "reduction(append: v)",
        &[
            "for i in 0..n { v.push(i); v.extend(f(i)); v.append(&mut w(i)); }",
            "for i in 0..n { v.push_str(\"a\"); v += \"b\"; write!(v, \"{i}\").unwrap(); writeln!(&mut v).unwrap(); }",
            "for i in 0..n { row(&mut v, i); }",
        ],
    );
    refuses(
        "reduction(append: v)",
        &[
            ("for i in 0..n { v.push(v.len()); }", &["read in the loop"]),
            ("for i in 0..n { v.clear(); }", &["`v.clear(..)` does not fit"]),
            ("for i in 0..n { v.insert(0, i); }", &["`v.insert(..)` does not fit"]),
            ("for i in 0..n { v[i].push(i); }", &["does not fit"]),
            ("for i in 0..n { v = w; }", &["does not fit"]),
        ],
    );
}

#[test]
fn last_values() {
    accepts(
        "lastprivate(x)",
        &[
            "for i in 0..n { x = i; f(x); }",
            "for i in 0..n { if c { x = i; } }",
            "for i in 0..n { if c { x = 1; } else { x = 2; } f(x); }",
            "for i in 0..n { if c { x = 1; } else { continue; } f(x); }",
            "for i in 0..n { match f(i) { 1 => x = 1, 2 => { x = 2 } _ => return 3 } f(x); }",
            "for i in 0..n { loop { x = f(); if x > 3 { break; } } g(x); }",
            "for i in 0..n { let Some(v) = f(i) else { continue }; x = v; x += 1; }",
            "for i in 0..n { (x, y[i]) = f(i); g(&x); }",
            "for i in 0..n { 'a: { if c { x = 1; break 'a; } x = 2; } f(x); }",
            "for i in 0..n { if c { x = 1; } else { panic!(\"no\") } f(x); }",
            "for i in 0..n { x = 1; let x = 3; f(x); }",
            "for i in 0..n { while { x = f(); x > 0 } { g(x); } h(x); }",
        ],
    );
    let carried = "`x` is read before this iteration has surely assigned it";
    refuses(
        "lastprivate(x)",
        &[
            ("for i in 0..n { f(x); x = i; }", &[carried]),
            ("for i in 0..n { x += i; }", &["write `reduction(+: x)` in place of `lastprivate(x)`"]),
            ("for i in 0..n { x -= i; x = x * 2; }", &[carried]),
            ("for i in 0..n { x = x + i; }", &["`reduction(+: x)`"]),
            ("for i in 0..n { if c { x = 1; } f(x); }", &[carried]),
            ("for i in 0..n { if c && { x = 1; d } { } f(x); }", &[carried]),
            ("for i in 0..n { for j in 0..3 { x = j; } f(x); }", &[carried]),
            ("for i in 0..n { f(&mut x); }", &[carried]),
            ("for i in 0..n { println!(\"{x}\"); x = 1; }", &[carried]),
            ("for i in 0..n { let g = || x = 1; f(x); }", &[carried]),
            ("for i in 0..n { match f(i) { 1 => x = 1, _ => {} } f(x); }", &[carried]),
            ("for i in 0..n { loop { if c { break; } x = 1; } f(x); }", &[carried]),
            ("for i in 0..n { x.f = 1; }", &[carried]),
            ("for i in 0..n { let Some(x) = f(x) else { continue }; }", &[carried]),
        ],
    );
}

#[test]
fn private_goes_its_own_way() {
    for clause in ["private(b)", "firstprivate(b)"] {
        accepts(clause, &["for i in 0..n { b.clear(); b.push(i); b[0] = b[1]; f(&mut b); b = b + 1; }"]);
    }
}

#[test]
fn array_clauses() {
    accepts("owned(y)", &["for i in 0..n { y[i].step(); }", "for i in 0..n { y[i] = y.len(); }", "for i in 0..n { }"]);
    refuses(
        "owned(y)",
        &[
            ("for i in 0..n { y[i].step(); f(y[i + 1]); }", &["carries a dependence on `y`"]),
            ("for i in 0..n { y[i].step(); f(&y); }", &["all of `y`"]),
            ("for i in 0..n { y[k[i]].step(); }", &["`scatter(y)`"]),
            ("for i in 0..n { y[k].step(); }", &["by every iteration"]),
        ],
    );
    accepts(
        "chunks(c, n)",
        &[
            "for i in 0..n { c[i*n + 1] = c[i*n]; c[k] += 1; f(&mut c[i*n..(i + 1)*n]); g(c.len()); }",
            "for i in 0..n { c[i*n..][..n].fill(0); }",
        ],
    );
    accepts("chunks(self.c, n)", &["for i in 0..n { self.c[i*n] = self.d; }"]);
    refuses(
        "chunks(c, n)",
        &[("for i in 0..n { c[i*n] = 1; f(&c); }", &["all of `c`", "chunks"]), ("for i in 0..n { c.fill(0); }", &["all of `c`"])],
    );
    accepts(
        "atomic(h)",
        &["for i in 0..n { h[k(i)] += 1; h[0] -= 1; h[j] *= 2; h[j] /= 2; h[j] &= 1; h[j] |= 1; h[[a, b]] ^= h.len(); }"],
    );
    refuses(
        "atomic(h)",
        &[
            ("for i in 0..n { h[k] = 1; }", &["`h[e] += v`"]),
            ("for i in 0..n { h[k] += h[j]; }", &["`h[j]` is read here"]),
            ("for i in 0..n { h[k] = h[k] + 1; }", &["`h[e] += v`"]),
            ("for i in 0..n { h[k] %= 3; }", &["`h[e] += v`"]),
            ("for i in 0..n { h[k].f += 3; }", &["a part of an element"]),
            ("for i in 0..n { f(&h); }", &["`h` is read here"]),
        ],
    );
    accepts("scatter(y)", &["for i in 0..n { y[idx[i]] = i; y[k(i)] += 1; y[idx[i]].f = y[idx[i]].g; y.len(); }"]);
    refuses(
        "scatter(y)",
        &[
            ("for i in 0..n { y[idx[i]] = 1; f(&y); }", &["all of `y`", "scatter"]),
            ("for i in 0..n { y[idx[i]] = y[i]; }", &["writes `y[idx[i]]` and reads `y[i]`"]),
        ],
    );
}

#[test]
fn default_none() {
    accepts(
        "default(none), shared(x), shared(n), reduction(+: s), owned(y), private(b)",
        &[
            "for i in 0..n { s += x[i]; y[i] = f(n) + N + Self::K + module::value; b = None; }",
            "for i in 0..n { let z = x[i]; fn g(q: u32) -> u32 { q } y[i] = g(z); self.call(z); }",
        ],
    );
    refuses(
        "default(none), shared(x)",
        &[
            ("for i in 0..n { f(x, a); }", &["`a` is in no clause", "`shared(a)`"]),
            ("for i in 0..n { y[i] = 1; }", &["`shared(y)`"]),
            ("for i in 0..n { println!(\"{a}\"); }", &["`shared(a)`"]),
        ],
    );
    accepts("default(none), shared(y)", &["for i in 0..n { y[i] = 1; }"]);
    accepts("shared(v)", &["for i in 0..n { v.push(i); v.insert(1, 2); v.clear(); f(&mut v); }"]);
    refuses("shared(s)", &[("for i in 0..n { s += 1; }", &["`reduction(+: s)`"])]);
}

#[test]
fn private_without_a_value() {
    accepts(
        "private(k)",
        &[
            "for i in 0..n { k = x[i]; y[i] = k; }",
            "for i in 0..n { k.set(i); y[i] = k.get(); }",
            "for i in 0..n { f(&k); y[i] = g(&k); }",
            "for i in 0..n { fill!(k); y[i] = k; }",
            "for i in 0..n { y[i] = k[0].lock(); }",
            "for i in 0..n { let t = f(); y[i] = t[k.bump()] + k.bump() as f64 + t[k.bump()].sqrt(); }",
            "for i in 0..n { y[i] = k.max(&f(&k)); }",
            "for i in 0..n { k.x.set(i); y[i] = k.x.get(); }",
            "for i in 0..n { y[i] = k; k += 1; }",
            "for i in 0..n { k.clear(); k.push(i); y[i] = k.len(); }",
            "for i in 0..n { k.push(i); if k.len() > 9 { f(&mut k); } }",
            "for i in 0..n { k.push(i); y[i] = k.len(); k.clear(); }",
            "for i in 0..n { k.extend(x[i]); for v in k.drain(..) { y[i] += v; } }",
            "for i in 0..n { if !k.contains(i) { k.insert(i); } }",
            "for i in 0..n { let k = 1; y[i] = k; }",
        ],
    );
    accepts("private(k = 1)", &["for i in 0..n { y[i] = k; }", "for i in 0..n { k.push(i); y[i] = k.len(); }"]);
    accepts("firstprivate(k)", &["for i in 0..n { y[i] = k; }"]);
    refuses(
        "private(k)",
        &[
            ("for i in 0..n { y[i] = k; }", &["read and never assigned", "`firstprivate(k)`"]),
            ("for i in 0..n { y[i] = k as f64; }", &["`firstprivate(k)`"]),
            ("for i in 0..n { y[i] = k[i % 3] + k.len(); }", &["`firstprivate(k)`"]),
            ("for i in 0..n { y[i] = k.iter().sum(); }", &["`firstprivate(k)`"]),
            ("for i in 0..n { y[i] = k.x.powi(2); y[i] += k.y; }", &["`firstprivate(k)`"]),
            ("for i in 0..n { y[i] = 2.0 * k; println!(\"{k}\"); }", &["`firstprivate(k)`"]),
            ("for i in 0..n { if x[i] > k { y[i] = f(k); } }", &["`firstprivate(k)`"]),
            ("for i in 0..n { k.push(i); y[i] = k.len(); }", &["`k.clear();` as the first line"]),
            ("for i in 0..n { k.push_str(x[i]); println!(\"{k}\"); }", &["`k.clear();`"]),
            ("for i in 0..n { k.extend(x[i]); for v in &k { y[i] += v; } }", &["`k.clear();`"]),
        ],
    );
}
