use super::refuses;

#[test]
fn dependences_carried_by_the_loop() {
    let carried = "the loop carries a dependence on `y`";
    refuses(
        "",
        &[
            ("for i in 1..n { y[i] = y[i - 1]; }", &[carried, "iteration i reads `y[i - 1]`, which iteration i - 1 writes"]),
            ("for i in 1..n { y[i] += y[i - 1] + y[i]; }", &[carried, "read", "`old[i - 1]`"]),
            (
                "for i in 1..n { y[i] = 0; y[i + 1] = 1; }",
                &[carried, "iteration i writes `y[i + 1]`, which iteration i + 1 writes too, as `y[i]`"],
            ),
            (
                "for i in 1..n { y[i + 1] = y[i]; }",
                &[carried, "`y[i + 1]`", "iteration i reads `y[i]`, which iteration i - 1 writes"],
            ),
            ("for i in 1..n { y[i] = y[k]; }", &[carried, "every iteration reads `y[k]`", "let value = y[k];"]),
            ("for i in 1..n { y[i] = y[idx[i]]; }", &[carried, "reads `y[idx[i]]`, which another one may write as `y[i]`"]),
            ("for i in 1..n { y[i] = 1; f(&y[i..]); }", &[carried, "reads `y[i..]`"]),
            ("for i in 1..n { y[i] = f(&y); }", &[carried, "all of `y`", "the others write `y[i]`"]),
            ("for i in 1..n { y[i] = y.iter().sum(); }", &[carried]),
            ("for i in 1..n { for v in &y { s(v); } y[i] = 1; }", &[carried]),
            ("for i in 1..n { if y.contains(&3) { y[i] = 1; } }", &[carried]),
            ("for i in 1..n { y[i] = 1; println!(\"{y:?}\"); }", &[carried]),
            ("for i in 1..n { y[i] = 1; println!(\"{:?}\", y); }", &[carried]),
            ("for i in 1..n { y[i] = 1; odd!(y => z); }", &[carried]),
            ("for i in 1..n { y[i] = 1; y.fill(0); }", &[carried]),
            ("for i in 1..n { y[i] = 1; y = z; }", &[carried]),
            ("for i in 1..n { y[i] = 1; let g = || y[i - 1]; }", &[carried]),
            ("for i in 1..n { self.y[i] = self.y[i - 1]; }", &["`self.y`", "`old[i - 1]`"]),
            (
                "for i in 1..n { self.y[i] = self.value(i); }",
                &["`self` is used whole", "`self.y[i]`", "std::mem::take(&mut self.y)"],
            ),
            ("for i in 1..n { let i = i - 1; y[i] = y[i]; }", &["the `i` of `y[i]` is not the loop's"]),
            ("for i in 1..n { let i = i as usize; y[i] = y[i - 1]; }", &[carried, "which iteration i - 1 writes"]),
            ("for mut i in 1..n { i += 1; y[i] = 1; }", &["the loop variable `i` is changed"]),
            ("for i in 1..n { y[i] = y[i as u8 as usize]; }", &[carried]),
        ],
    );
}

#[test]
fn elements_of_others() {
    refuses(
        "",
        &[
            ("for i in 0..n { y[i + 1] = 0; }", &["the element of iteration i + 1", "this is `y[i]`", "`scatter(y)`"]),
            ("for i in 0..n { y[n - 1 - i] = 0; }", &["`scatter(y)`", "`chunks(y, n)`"]),
            ("for i in 0..n { y[i as u8 as usize] = 0; }", &["`scatter(y)`"]),
            ("for i in 0..n { y[idx[i]] = 0; }", &["`y[idx[i]]`", "`scatter(y)`", "`chunks(y, n)`"]),
            ("for i in 0..n { y[k(i)] = 0; }", &["`y[k(i)]`", "`scatter(y)`"]),
            ("for i in 0..n { let mut j = i; y[j] = 0; }", &["`scatter(y)`"]),
            ("for i in 0..n { for i in 0..m { y[i] = 0; } }", &["the same elements", "`firstprivate(y)`"]),
            ("for i in 0..n { r[0] = x[i]; f[i] = r[0]; }", &["the same element of `r`", "`firstprivate(r)`"]),
            (
                "for i in 0..n { for k in 0..3 { s.t[k] = x[i]; } f[i] = s.t[0]; }",
                &["`let t = s.t.clone();`", "`firstprivate(t)`"],
            ),
            ("for i in 0..n { y[k(i)] = false; }", &["`y[k(i)] &= false`", "`atomic(y)`"]),
            ("for &i in &idx { y[i] = 0; }", &["`scatter(y)`"]),
            ("for i in 0..n { y[usize::try_from(i).unwrap()] = 0; }", &["`y[i as usize]`"]),
            ("for j in 0..n { m[i][j] = 0; }", &["`let row = &mut m[i];`", "`row` for `m[i]`"]),
            ("for i in 1..n - 1 { for j in 1..m - 1 { c[i*m + j] = 0; } }", &["`chunks(c, m)`", "i from 0 on", "`continue`"]),
            ("for (i, x) in pairs { y[i] = x; }", &["`scatter(y)`"]),
            ("for (i, x) in v.iter().enumerate().filter(f) { y[i] = x; }", &["`scatter(y)`"]),
            ("for (x, i) in v.iter().enumerate() { y[i] = x; }", &["`scatter(y)`"]),
            ("for i in 0..n { f(&mut y[idx[i]]); }", &["`scatter(y)`"]),
            ("for i in 0..n { h[x[i] % 7] += 1; }", &["`atomic(h)`", "`reduction(+: h)`"]),
            ("for i in 0..n { h[k(i)] -= 1; }", &["`atomic(h)`", "`reduction(-: h)`"]),
            ("for i in 0..n { h[0] *= 2; }", &["`atomic(h)`", "`reduction(*: h)`"]),
            ("for i in 0..n { h[k] = h[k] + 1; }", &["`atomic(h)`", "`reduction(+: h)`"]),
            ("for i in 0..n { h[a[i]] += 1; h[b[i]] += 1; }", &["`atomic(h)`"]),
            ("for i in 0..n { h[k(i)] /= 2.0; }", &["`atomic(h)`"]),
            ("for i in 0..n { for j in 0..m { c[i*m + j] = 0; } }", &["`chunks(c, m)`", "`collapse = 2`"]),
            ("for i in 0..n { for j in 0..m { c[i*m + j] += a[i]; } }", &["`chunks(c, m)`", "`collapse = 2`"]),
            ("for i in 0..n { for j in 1..m { c[i*m + j] = 0; } }", &["`chunks(c, m)`"]),
            ("for i in 0..n { y[2*i] = 0; y[2*i + 1] = 1; }", &["`chunks(y, 2)`"]),
            ("for i in 0..n { c[i*m..(i + 1)*m].fill(0); }", &["`chunks(c, m)`"]),
            ("for i in 0..n { for j in 0..self.m { self.c[i*self.m + j] = 0; } }", &["`chunks(self.c, self.m)`"]),
        ],
    );
    refuses(
        "collapse = 2",
        &[
            ("for i in 0..n { for j in 0..m { y[i] += 1; } }", &["`atomic(y)`"]),
            (
                "for i in 0..n { for j in 0..m { y[i] = 1; } }",
                &["`y[i]` may be the element of several iterations of the collapsed loops"],
            ),
            (
                "for i in 0..n { for j in 0..m { y[i][n - j] = 1; } }",
                &["several iterations of the collapsed loops", "leave out `collapse`: then iteration i owns all of `y[i]`"],
            ),
            ("for i in 0..n { for j in 0..m { y[i][n - j] += 1; } }", &["leave out `collapse`"]),
            ("for i in 0..n { for j in 0..m { c[i*n + j] = 1; } }", &["only when j runs over `0..n`", "it runs over `0..m`"]),
            (
                "for i in 1..n - 1 { for j in 1..m - 1 { c[i*m + j] = 1; } }",
                &["over `0..m`, and here it runs over `1..m - 1`", "`chunks(c, m)` (with i from 0 on"],
            ),
            ("for i in 0..n { for j in 0..m { a[[j, i]] = 1; } }", &["scatter(a)"]),
            ("for i in 0..n { for j in 0..m { a[[i, j]] = a[[i, j + 1]]; } }", &["carries a dependence on `a`"]),
            ("for i in 0..n { for j in 0..m { let m = 3; c[i*m + j] = 1; } }", &["several iterations of the collapsed loops"]),
        ],
    );
}

#[test]
fn a_column_is_no_chunk() {
    let errors = super::messages("", "for i in 0..n { for j in 0..m { a[j*n + i] = 0; } }").join("\n");
    assert!(errors.contains("`scatter(a)`") && !errors.contains("chunks"), "{errors}");
}

#[test]
fn captured_scalars() {
    refuses(
        "",
        &[
            ("for i in 0..n { sum += x[i]; }", &["`reduction(+: sum)`"]),
            ("for i in 0..n { sum -= x[i]; }", &["`reduction(-: sum)`"]),
            ("for i in 0..n { p *= x[i]; }", &["`reduction(*: p)`"]),
            ("for i in 0..n { b &= x[i]; }", &["`reduction(&: b)`"]),
            ("for i in 0..n { b |= x[i]; }", &["`reduction(|: b)`"]),
            ("for i in 0..n { b ^= x[i]; }", &["`reduction(^: b)`"]),
            ("for i in 0..n { q /= x[i]; }", &["a reduction has no `/`", "`reduction(*: ..)`", "divide `q`"]),
            ("for i in 0..n { q %= x[i]; q <<= 1; r >>= 1; }", &["a reduction has no `%`", "`reduction(MyOp: r)`"]),
            ("for i in 0..n { s = s + x[i]; }", &["`reduction(+: s)`"]),
            ("for i in 0..n { s = x[i] + s; }", &["`reduction(+: s)`"]),
            ("for i in 0..n { s = (x[i] + s) - t; }", &["`reduction(+: s)`"]),
            ("for i in 0..n { s = s - x[i]; }", &["`reduction(-: s)`"]),
            ("for i in 0..n { s = 2 * s; }", &["`reduction(*: s)`"]),
            ("for i in 0..n { s = s / 2; }", &["a reduction has no `/`"]),
            ("for i in 0..n { m = m.max(x[i]); }", &["`reduction(max: m)`"]),
            ("for i in 0..n { m = x[i].min(m); }", &["`reduction(min: m)`"]),
            ("for i in 0..n { m = f64::min(m, x[i]); }", &["`reduction(min: m)`"]),
            ("for i in 0..n { m = std::cmp::max(x[i], m); }", &["`reduction(max: m)`"]),
            ("for i in 0..n { if x[i] > m { m = x[i]; } }", &["`reduction(max: m)`"]),
            ("for i in 0..n { ok = ok && x[i] > 0; }", &["`reduction(&&: ok)`"]),
            ("for i in 0..n { ok = f(i) || ok; }", &["`reduction(||: ok)`"]),
            ("for i in 0..n { x = i; }", &["`lastprivate(x)`", "`private(x)`", "`let`"]),
            ("for i in 0..n { if c { x = i } }", &["`lastprivate(x)`"]),
            ("for i in 0..n { s = e - s; }", &["one after another"]),
            ("for i in 0..n { (a, b) = f(i); }", &["`lastprivate(a)`", "`lastprivate(b)`"]),
            ("for i in 0..n { let g = || { sum += 1; }; }", &["`reduction(+: sum)`"]),
        ],
    );
}

#[test]
fn shadowing_ends_where_it_ends() {
    refuses(
        "",
        &[
            ("for i in 0..n { { let mut s = 0; s += 1; } s += 1; }", &["`reduction(+: s)`"]),
            ("for i in 0..n { if let Some(s) = f() {} else { s += 1; } }", &["`reduction(+: s)`"]),
            ("for i in 0..n { let s = { s += 1; 2 }; }", &["`reduction(+: s)`"]),
            ("for i in 0..n { while let Some(s) = f() {} s += 1; }", &["`reduction(+: s)`"]),
            ("for i in 0..n { match f() { s => {} } s += 1; }", &["`reduction(+: s)`"]),
            ("for i in 0..n { let f = |s: u32| s; s += 1; }", &["`reduction(+: s)`"]),
            ("for i in 0..n { for s in 0..3 {} s += 1; }", &["`reduction(+: s)`"]),
            ("for i in 0..n { let Some(s) = f() else { s += 1; continue }; }", &["`reduction(+: s)`"]),
            ("for i in 0..n { for s in { s += 1; 0..s } {} }", &["`reduction(+: s)`"]),
            ("for i in 0..n { if matches!(x, Some(s)) {} s += 1; }", &["`reduction(+: s)`"]),
            ("for i in 0..n { println!(\"{}\", { sum += 1; 3 }); }", &["`reduction(+: sum)`"]),
            ("for i in 0..n { r#sum += 1; }", &["reduction(+"]),
        ],
    );
}

#[test]
fn captured_fields_references_and_collections() {
    refuses(
        "",
        &[
            ("for i in 0..n { *p += x[i]; }", &["`*p`", "`reduction(+: *p)`"]),
            ("for i in 0..n { self.count += 1; }", &["`reduction(+: self.count)`"]),
            ("for i in 0..n { p.total.x *= 2.0; }", &["`reduction(*: p.total.x)`"]),
            ("for i in 0..n { t.0 += 1; }", &["reduction(+:"]),
            ("for i in 0..n { self.last = i; }", &["`let mut last = self.last;`", "`lastprivate(last)`", "`self.last = last;`"]),
            ("for i in 0..n { f(&mut x); }", &["reduction(MyOp: x)", "firstprivate(x)"]),
            ("for i in 0..n { v.push(i); }", &["`reduction(append: v)`", "`shared(v)`"]),
            ("for i in 0..n { v.extend(f(i)); }", &["`reduction(append: v)`"]),
            ("for i in 0..n { s.push_str(\"a\"); }", &["`reduction(append: s)`"]),
            ("for i in 0..n { h.push(x[i]); if h.len() > 10 { h.pop(); } }", &["`reduction(MyOp: h)`"]),
            ("for i in 0..n { q.push_back(i); }", &["`reduction(append: q)`"]),
            ("for i in 0..n { map.insert(i, 1); }", &["`Reduction`", "`shared(map)`"]),
            ("for i in 0..n { write!(s, \"{i}\").unwrap(); }", &["`reduction(append: s)`"]),
            ("for i in 0..n { v.sort(); }", &["private(v)", "shared(v)"]),
            (
                "for i in 0..n { for a in v.iter_mut() { *a += 1; } }",
                &["`for j in 0..v.len() { v[j] += ..; }`", "`reduction(+: v)`"],
            ),
            ("for i in 0..n { for a in &mut v { *a += 1; } }", &["private(v)"]),
        ],
    );
}

#[test]
fn several_errors_come_together() {
    let said = super::messages("", "for i in 0..n { sum += 1; x = 2; v.push(3); y[i] = y[i - 1]; }");
    assert_eq!(said.len(), 4, "{said:#?}");
}

#[test]
fn values_made_from_themselves() {
    refuses(
        "",
        &[
            ("for i in 0..n { x = f(x, i); }", &["`reduction(MyOp: x)`"]),
            ("for i in 0..n { x = x.wrapping_add(i); }", &["`reduction(+: wrapped)`"]),
            ("for i in 0..n { if x[i] > best.0 { best = (x[i], i); } }", &["`reduction(MyOp: best)`"]),
            (
                "for i in 0..n { if x[i] > best.0 { best.0 = x[i]; best.1 = i; } }",
                &["`best.0` and `best.1`", "`reduction(MyOp: best)`"],
            ),
            (
                "for i in 0..n { if x[i] > best { best = x[i]; at = i; } }",
                &["`best` and `at`", "`let mut both = (best, std::cmp::Reverse(at));`", "`reduction(max: both)`"],
            ),
            ("for i in 0..n { found = true; }", &["`reduction(||: found)`"]),
            ("for i in 0..n { if x[i] < 0 { ok = false; } }", &["`reduction(&&: ok)`"]),
            ("for i in 0..n { m = if x[i] > m { x[i] } else { m }; }", &["`reduction(max: m)`"]),
            ("for i in 0..n { m = if m < x[i] { m } else { x[i] }; }", &["`reduction(min: m)`"]),
            ("for i in 0..n { s = a[i].mul_add(b[i], s); }", &["`reduction(+: s)`"]),
            ("for i in 0..n { h[k(i)] = h[k(i)].max(x); }", &["write `reduction(max: h)`"]),
            ("for i in 0..n { if x[i].total_cmp(&m).is_lt() { m = x[i]; } }", &["`reduction(min: m)`"]),
            ("for i in 0..n { if x[i].gt(&m) { m = x[i]; } }", &["`reduction(max: m)`"]),
        ],
    );
}

#[test]
fn results_that_the_body_declares() {
    refuses("reduction(+: s)", &[("for i in 0..n { let mut s = 0; s += i; }", &["`s` is declared in the body", "`reduction`"])]);
    refuses("lastprivate(x)", &[("for i in 0..n { for x in 0..3 { f(x); } }", &["`x` is declared in the body"])]);
}

/// `swap` and `get_mut` with numbers, or of what is indexed, are those of an array.
#[test]
fn methods_of_an_array() {
    refuses(
        "",
        &[
            ("for i in 0..n { y.swap(i, n - 1 - i); }", &["`y` is changed (`.swap(..)`)"]),
            ("for i in 0..n { let k = i + 1; y.swap(k, 0); }", &["`y` is changed (`.swap(..)`)"]),
            ("for (i, x) in v.iter().enumerate() { *y.get_mut(i).unwrap() = x; }", &["`y` is changed (`.get_mut(..)`)"]),
            ("for i in 0..n { y.get_mut(i..i + 2); }", &["`y` is changed"]),
            ("for i in 0..n { y.swap(a, b); f(y[k]); }", &["`y` is changed"]),
        ],
    );
}
