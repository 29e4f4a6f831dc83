use super::accepts;

#[test]
fn own_elements() {
    accepts(
        "",
        &[
            "for i in 0..n { y[i] = a * x[i]; }",
            "for i in 0..n { y[i] += a * x[i]; }",
            "for mut i in 0..n { y[i] = 0; }",
            "for i in 0..n { y[usize::from(i)] = 0; }",
            "for i in 0..n { let k = i as usize; y[k] = x[k]; }",
            "for i in 0..n { let k: usize = i; let l = k; y[l] += y[i]; }",
            "for (i, x) in v.iter().enumerate() { let k = i + 1 - 1; y[k] = *x; }",
            "for i in 0..n { y[i as usize] = 0; y[(i)] += 1; y[(i as usize)] *= 2; }",
            "for i in 0..n { y[i].f += 1.0; y[i].g.h = y[i].f; }",
            "for i in 0..n { y[i].0 = 1; }",
            "for i in 0..n { f(&mut y[i]); f(&mut y[i].inner); }",
            "for i in 0..n { y[i][j] = 1; y[i][0][k] = 2; }",
            "for i in 0..n { y[i].push(x[i]); y[i].sort_by(|a, b| a.cmp(b)); }",
            "for i in 0..n { for v in y[i].iter_mut() { *v += 1.0; } }",
            "for i in 0..n { for v in &mut y[i] { *v += 1.0; } }",
            "for i in 0..n { std::mem::swap(&mut y[i], &mut z[i]); }",
            "for i in 0..n { self.y[i] = self.x[i] + self.n; }",
            "for i in 0..n { self.grid.cells[i] += 1; (*self).other[i] = 2; }",
            "for i in 0..n { (*y)[i] = 1; }",
            "for i in 0..n { y[i] = y[i] * 2 + y.len(); if y.is_empty() {} }",
            "for i in 0..n { A[i] = B[i]; }",
            "for r#type in 0..n { r#fn[r#type] = 1; }",
            "for i in 0..n { (y[i], z[i]) = f(i); }",
            "for i in 0..n { [y[i], _] = f(i); }",
            "for (i, x) in v.iter().enumerate() { y[i] = *x; }",
            "for (i, x) in v.iter().enumerate().rev() { y[i] = *x; }",
            "for (i, (a, b)) in a.iter().zip(b).enumerate().skip(1).step_by(2).take(9) { y[i] = a + b; }",
            "for i in 0..n { y[i] = 1; assert!(y[i] > 0, \"{}\", y[i]); println!(\"{}\", y.len()); }",
            "for i in 0..n { write!(y[i], \"{i}\").unwrap(); }",
            "for i in 0..n { xs.iter().for_each(|x| y[i] += x); }",
            "for i in 0..n { y[i] = vec![x[i]; m]; }",
            "for i in (0..n).rev().step_by(2) { y[i] = 1; }",
            "for i in 0..n { y[i].as_mut().unwrap().push(1); }",
        ],
    );
}

#[test]
fn collapsed_elements() {
    accepts(
        "collapse = 2",
        &[
            "for i in 0..n { for j in 0..m { c[i*m + j] = 1; } }",
            "for i in 0..n { for j in 0..m { c[j + i*m] = 1; c[(m * i) + j] += 1; } }",
            "for i in 0..n { for j in 0..m { c[(i as usize) * m + j as usize] += a[i]; } }",
            "for i in 0..n { for j in 0..(m + 1) { c[i * (m + 1) + j] = c[i*m + i + j]; } }",
            "for i in 0..n { for j in 0..a.len() { c[i * a.len() + j] = 1; } }",
            "for i in 0..n { for j in 0..8 { c[8*i + j] = 1; } }",
            "for i in 0..n { for j in 0..m { a[[i, j]] = 1; b[(i, j)] += 1; } }",
            "for i in 0..n { for j in 2..m { a[[i, j]] = a[[i, j]] + 1; } }",
            "for i in 0..n { for j in 0..m { self.c[i*m + j] = 1; } }",
        ],
    );
    accepts(
        "collapse = 3",
        &[
            "for i in 0..n { for j in 0..m { for h in 0..l { c[(i*m + j)*l + h] = c[i*m*l + j*l + h]; } } }",
            "for i in 0..n { for j in 0..m { for h in 0..l { a[(i, j, h)] = 1; } } }",
        ],
    );
}

#[test]
fn what_the_body_binds_is_its_own() {
    accepts(
        "",
        &[
            "for i in 0..n { let mut s = 0; s += x[i]; y[i] = s; }",
            "for i in 0..n { let s; s = x[i]; f(s); }",
            "for x in &v { let mut x = x.clone(); x += 1; }",
            "for i in 0..n { if let Some(mut s) = f(i) { s += 1; } }",
            "for i in 0..n { if let Some(mut s) = f(i) && let Some(mut t) = g(s) { s += 1; t += s; } }",
            "for i in 0..n { while let Some(mut s) = f(i) { s += 1; } }",
            "for i in 0..n { let Some(mut s) = f(i) else { continue }; s += 1; }",
            "for i in 0..n { match f(i) { Some(mut s) | Err(mut s) if s > 0 => s += 1, _ => {} } }",
            "for i in 0..n { match f(i) { s @ 1.. => g(s), P { mut s, t: [mut u, ..] } => { s += u; u += 1 } } }",
            "for i in 0..n { let f = |mut s: u32, (t, mut u)| { s += t; u += s; s }; f(1, (2, 3)); }",
            "for i in 0..n { for mut s in 0..3 { s += 1; } for (mut a, ref mut b) in z { a += *b; *b = 1; } }",
            "for i in 0..n { let mut v = Vec::new(); v.push(i); v.extend([1]); y[i] = v; }",
            "for i in 0..n { fn s() { let mut sum = 0; sum += 1; } s(); }",
            "for i in 0..n { const k: usize = 3; f(k); }",
            "for i in 0..n { let y = &mut own(i); y[i + 1] = y[i]; }",
            "for i in 0..n { let mut r#in = 0; r#in += 1; }",
            "for mut i in 0..n { i += 1; f(i); }",
            "for i in 0..n { let g = move |a| |mut b: u32| { b += a; b }; g(1)(2); }",
            "for i in 0..n { if matches!(x[i], Some(s) if s > 0) {} }",
        ],
    );
}

#[test]
fn what_rustc_knows_better_is_left_to_it() {
    accepts(
        "",
        &[
            "for i in 0..n { count.fetch_add(1, Relaxed); flag.store(true, Relaxed); }",
            "for i in 0..n { cell.set(i); cell.replace(i); cell.swap(&other); lock.lock().push(i); }",
            "for k in keys { if let Some(mut m) = map.get_mut(k) { m.push(1); } }",
            "for i in 0..n { if flag.swap(i, order) > 3 { map.get_mut(name); perm.swap(from, to); } }",
            "for i in 0..n { m.lock().unwrap().insert(i, 1); list.borrow_mut_of(i); }",
            "for i in 0..n { println!(\"{i} {total} {0:>1$}\", x[i], width); tx.send(i); }",
        ],
    );
}
