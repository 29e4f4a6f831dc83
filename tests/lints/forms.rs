//! As `loops.rs`: forms of loops and statements, each with what lints have to say about it.
#![allow(missing_docs)]
use pymp::prelude::*; // ours
use std::collections::HashMap;
use std::sync::Mutex;

fn check(i: usize) -> Result<(), String> {
    if i > 3 { Err(String::new()) } else { Ok(()) }
}

fn number(i: usize) -> Result<usize, String> {
    if i > 3 { Err(String::new()) } else { Ok(i) }
}

fn unit(i: usize) {
    drop(vec![i]);
}

#[must_use]
fn must(i: usize) -> usize {
    i
}

#[must_use]
fn mu(i: usize) -> usize {
    i
}

fn mean(x: &[f64], y: &[f64]) -> f64 {
    f64::midpoint(x[0], y[0])
}

/// A function with a short name, and a value that is given for later.
#[parallel] // ours
pub fn short(x: &[f64], list: &Vec<f64>, some: Option<&[f64]>, other: Option<&Vec<f64>>, y: &mut [f64]) {
    #[parallel] // ours
    for i in 0..y.len() {
        mu(i);
        let z = some.ok_or(x);
        let or = some.or(Some(x));
        let pair = some.zip(some).or(Some((x, list))).unwrap_or((x, x));
        y[i] = some.unwrap_or(x)[0] + other.unwrap_or(list)[i] + x[0];
        if let Ok(z) = z {
            y[i] = or.map_or(z, |or| or)[0] + pair.0[0];
        }
    }
    let mut t = 0.0;
    #[parallel(reduction(+: t))] // ours
    for i in 0..3 {
        t += list[i] + some.map_or(0.0, |v| v[i]) + some.unwrap_or(x)[0] + x.get(0).unwrap_or(&list[0]);
    }
    #[parallel(reduction(+: t))] // ours
    for i in 0..10 {
        t += mean(x, x) + some.map_or(0.0, |v| v[i]) + some.unwrap_or(x)[0];
    }
    println!("{t}");
}

#[parallel] // ours
pub fn questions(y: &mut [usize]) -> Result<(), String> {
    #[parallel] // ours
    for i in 0..y.len() {
        check(i)?;
        number(i)?;
        let q = number(i)?;
        let unused = number(i)?;
        y[i] = (number(q)?);
        number(number(i)?)?;
        must(number(i)?);
        if number(i)? == 3 {
            check(i)?
        }
        match number(i)? {
            3 => check(i)?,
            _ => check(i)?,
        }
        Some(3).ok_or(String::new())?;
        check(i)?
    }
    Ok(())
}

#[parallel] // ours
pub fn let_else(x: &[Option<u32>], y: &mut [u32]) -> u32 {
    let mut sum = 0;
    #[parallel(reduction(+: sum))] // ours
    for i in 0..x.len() {
        let Some(v) = x[i] else {
            let unused_in_else = 3;
            continue;
        };
        let Some(never_used) = x[i] else { continue };
        if let Some(also_unused) = x[i] {
            y[i] = v;
        }
        match x[i] {
            Some(0) => {}
            Some(n) if n > 3 => y[i] = n,
            Some(m) => y[i] = 1,
            None => {}
        }
        while let Some(z) = x[i] {
            break;
        }
        sum += v;
    }
    sum
}

#[parallel] // ours
pub fn dead_stores(y: &mut [u32]) -> u32 {
    #[parallel(num_threads = 2)] // ours
    for i in 0..y.len() {
        let mut a = 1;
        a = 2;
        let mut b = 3;
        b = 4;
        y[i] = b;
        let mut c;
        c = 5;
        let mut d = (y[i]);
        'unused: for j in 0..3 {
            let mut e = (j);
        }
        return 5;
        y[i] = 7;
    }
    1
}

#[parallel] // ours
pub fn unreachable(y: &mut [u32]) -> Result<(), String> {
    #[parallel] // ours
    for i in 0..y.len() {
        if y[i] == 3 {
            continue;
            y[i] = 4;
        }
        if y[i] == 4 {
            break;
            y[i] = 4;
        }
        if y[i] == 5 {
            return Ok(());
            y[i] = 4;
        }
        if y[i] == 6 {
            panic!("x");
            y[i] = 4;
        }
        "3".parse::<u32>();
        Ok::<u32, ()>(3);
        loop {}
        y[i] = 9;
    }
    Ok(())
}

#[deprecated(note = "x")]
fn old(n: usize) -> usize {
    n
}

fn dead_fn() {}

#[parallel] // ours
pub fn items(y: &mut [usize]) {
    #[parallel] // ours
    for i in 0..y.len() {
        y[i] = old(i);
        old(i);
        fn inner_dead() {}
        const DEAD: usize = 1;
        struct Dead;
        enum E {
            A,
            B,
        }
        let f = |x: usize| x;
        let g = |unused: usize| 3;
        y[i] = g(3);
    }
}

#[parallel] // ours
pub fn parentheses(y: &mut [usize]) {
    #[parallel] // ours
    for i in (0..y.len()) {
        if (i > 3) {
            y[(i)] = (i);
        }
        while (y[i] > 5) {
            y[i] -= (1);
        }
        match (i) {
            0 => (),
            _ => {}
        }
        let z = { 3 };
        let u = { { 4 } };
        y[i] = ({ z });
        y[i] = (y[i] + 1);
    }
    #[parallel] // ours
    for i in 0..y.len() + 1 {
        unit(i)
    }
    #[parallel] // ours
    for i in 0..=y.len() - 1 {
        unit(i);
    }
}

/// A trait whose method has a loop.
pub trait Step {
    fn step(&mut self, n: usize);
    #[parallel] // ours
    fn twice(&self, y: &mut [usize])
    where
        Self: Sync,
    {
        #[parallel] // ours
        for i in 0..y.len() {
            let unused = i;
            y[i] *= 2;
        }
    }
}

/// Arrays in fields.
pub struct Fields<const N: usize> {
    pub a: [f64; N],
    pub b: Vec<f64>,
    pub total: f64,
    c: u8,
}

#[parallel] // ours
impl<const N: usize> Step for Fields<N> {
    fn step(&mut self, n: usize) {
        #[parallel(reduction(+: self.total))] // ours
        for i in 0..self.a.len() {
            let mut k = n;
            self.a[i] += 1.0;
            self.a[i] = self.a[i] + 1.0;
            self.b[i];
            self.b[i] == 1.0;
            -self.b[i];
            &self.b[i];
            if self.b[i] == 1.0 {
                self.b[i] = (1.0);
            }
            drop(self.b[i]);
            self.total += self.a[i];
        }
    }
}

#[parallel] // ours
pub async fn in_async(y: &mut [usize], n: usize) -> usize {
    let mut sum = 0;
    #[parallel(reduction(+: sum))] // ours
    for i in 0..y.len() {
        let unused = i;
        y[i] = n;
        sum += 1;
    }
    sum
}

macro_rules! make {
    ($name:ident, $i:ident, $b:block) => {
        #[parallel] // ours
        pub fn $name(y: &mut [usize]) {
            #[parallel] // ours
            for $i in 0..y.len() {
                let unused_m = 1;
                y[$i] = 1;
                $b
            }
        }
    };
}
make!(made, i, {
    let unused_b = 2;
});
make!(made_too, i, { (3); });

/// Names of one letter in clauses.
#[parallel] // ours
pub fn letters(n: usize, x: &[f64], c: &mut [f64], h: &mut [u64]) -> f64 {
    let mut t = 0.0;
    let mut v = Vec::new();
    let mut m = f64::MIN;
    let mut l = 0;
    let mut f = 3;
    #[parallel( // ours
        reduction(+: t), reduction(append: v), reduction(max: m), // ours
        lastprivate(l), firstprivate(f), chunks(c, n) // ours
    )] // ours
    for i in 0..n {
        for j in 0..n {
            c[i * n + j] = x[i] + j as f64;
        }
        t += x[i];
        v.push(i);
        m = m.max(x[i]);
        l = i;
        f += l;
        unit(f);
    }
    t + v.len() as f64 + m + l as f64
}

#[parallel] // ours
pub fn nests(a: &mut [f64], n: usize, m: usize) {
    #[parallel(collapse = 2)] // ours
    for i in (0..n) {
        for j in (0..m) {
            let unused = j;
            a[i * m + j] += (i) as f64;
            a[i * m + j] == 1.0;
            a[i * m + j];
        }
    }
    #[parallel(collapse = 2)] // ours
    'unused: for i in 0..n {
        for j in 0..m {
            if j > 3 {
                continue;
            }
            let mut z = a[i * m + j];
        }
    }
    #[parallel(collapse = 2)] // ours
    'used: for i in 0..n {
        for j in 0..m {
            if a[i * m + j] > 3.0 {
                break 'used;
            }
        }
    }
}

pub fn in_order(n: usize) {
    parallel_for!(ordered, // ours
    for i in 0..n {
        let unused = i;
        ordered!( // ours
        {
            let inner_unused = i;
            must(i);
            let mut s = 3;
            println!("{i}");
        }
        ); // ours
    }
    ); // ours
}

/// Elements that are structs.
pub struct Part {
    pub x: f64,
    pub v: Vec<f64>,
    pub q: usize,
}

#[parallel] // ours
pub fn structs(p: &mut [Part], o: &Part) {
    #[parallel] // ours
    for i in 0..p.len() {
        p[i].x += o.x;
        p[i].v[0] == 1.0;
        p[i].q as usize;
        let Part { x, .. } = p[i];
        let ref r = p[i];
        let q = &p[i].v;
        let _ = &mut p[i].v;
        p[i].v.iter().map(|z| z + 1.0);
        p[i].v.len();
        o.v.iter().map(|z| z + 1.0);
        o.v.clone();
        must(o.q);
        o.q;
        o.q + 3;
        -o.x;
        o.x == 1.0;
    }
}

#[parallel] // ours
pub fn heads(y: &mut [f64], x: &[f64], w: &[String]) -> usize {
    let mut k = 0;
    #[parallel(reduction(+: k))] // ours
    for (i, v) in y.iter_mut().enumerate() {
        *v = (*v + x[i]);
        *v = *v * 2.0;
        k += 1;
    }
    #[parallel] // ours
    for v in y.iter_mut() {
        let z = *v;
        v;
    }
    #[parallel] // ours
    for (a, (b, c)) in x.iter().zip(x.iter().zip(w.iter())) {
        let d = (a + b);
    }
    #[parallel] // ours
    for mut v in 0..10usize {}
    #[parallel] // ours
    for _i in 0..10usize {
        _i;
    }
    #[parallel] // ours
    for I in 0..10u8 {
        let X = I as u8;
    }
    #[parallel] // ours
    for v in x {
        drop(v)
    }
    k
}

#[parallel] // ours
pub fn everyday(f: &mut [f64], m: &HashMap<String, f64>, names: &[String], lock: &Mutex<Vec<usize>>, w: usize) -> f64 {
    let cut = 3.0;
    let mut e = 0.0;
    let table = [1.0, 2.0, 3.0];
    let g = |a: f64| a * cut;
    #[parallel(reduction(+: e))] // ours
    for i in 0..f.len() {
        e += g(f[i]) * table[i % 3];
        if let Some(v) = m.get(&names[i]) {
            e += v;
        }
        if m.contains_key("a") {
            e += m["a"];
        }
        lock.lock().unwrap().push(i);
        let key = names.iter().find(|n| n.starts_with("a")).map(|n| n.len()).unwrap_or(0);
        let text = format!("{} {}", key, i);
        println!("{text} {key:?} {}", names[0]);
        assert_eq!(key, key + 0);
        let z = vec![0; w];
        let name = names[0].clone();
        let cl = move || name.len() + i;
        unit(cl());
        let mut it = names.iter();
        while let Some(n) = it.next() {
            unit(n.len());
        }
        for n in names.iter() {
            unit(n.len());
        }
        for k in 0..names.len() {
            unit(names[k].len());
        }
        let b = w == 3 && true;
        if b == true {
            unit(w as u32 as usize);
        }
        let _unused = std::mem::replace(&mut f[i], 1.);
        #[allow(unused_variables)]
        let silenced = 3;
    }
    e
}

#[must_use]
#[parallel] // ours
pub fn block() -> u8 {
    let mut s = 0;
    #[parallel(num_threads = 4, schedule = "dynamic,2", reduction(+: s))] // ours
    {
        let t = 2;
        if format!("{t}").len() < 3 {
            s += t;
        }
    }
    s
}

#[must_use]
pub fn region(n: usize) -> usize {
    let mut sum = 0;
    let v: Vec<usize> = Vec::new();
    region!( // ours
        reduction(+: sum), |_| // ours
    {
        let unused = 3;
        let mut not_mut = 4;
        sum += n + not_mut;
        (v.len() == 3);
        number(n);
        let k = v.len();
    }
    ); // ours
    sum
}

#[parallel] // ours
mod reduced {
    pub fn operators(x: &[u64]) -> u64 {
        let (mut a, mut b) = (0, 1);
        let (mut flag, mut all) = (false, true);
        let mut text = String::new();
        let mut hist = [0u32; 8];
        #[parallel( // ours
            reduction(+: a, hist), reduction(*: b), reduction(||: flag), reduction(&&: all), // ours
            reduction(append: text) // ours
        )] // ours
        for v in x {
            a += v;
            b *= v;
            flag = flag || *v > 3;
            all &= *v > 3;
            text.push_str("a");
            text += "b";
            hist[(*v % 8) as usize] += 1;
        }
        a + b + text.len() as u64 + u64::from(flag) + u64::from(all) + u64::from(hist[0])
    }
}
