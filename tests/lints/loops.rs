//! Compiled twice: as it is, and without the lines that end in `// ours`. Both must draw the same warnings.
//! Half of it is code without fault, half is code that lints have something to say about.
use pymp::prelude::*; // ours

// Without fault.

/// `y` and `a` times `x`.
#[parallel] // ours
pub fn saxpy(a: f32, x: &[f32], y: &mut [f32]) {
    #[parallel(num_threads = 4, schedule = "dynamic,64")] // ours
    for i in 0..x.len() {
        y[i] += a * x[i];
    }
}

/// Bodies and their speeds.
#[derive(Debug)]
pub struct Stars {
    place: Vec<f64>,
    speed: Vec<f64>,
    steps: u32,
}

#[parallel] // ours
impl Stars {
    /// One step, and the energy.
    pub fn step(&mut self, dt: f64) -> f64 {
        let mut energy = 0.0;
        #[parallel(reduction(+: energy))] // ours
        for i in 0..self.place.len() {
            let speed = self.speed[i] * 0.5;
            self.speed[i] = speed;
            self.place[i] += speed * dt;
            energy += speed * speed;
        }
        self.steps += 1;
        energy
    }

    /// The first place beyond a limit.
    #[must_use]
    pub fn beyond(&self, limit: f64) -> Option<usize> {
        #[parallel(schedule = "dynamic")] // ours
        for (i, place) in self.place.iter().enumerate() {
            if *place > limit {
                return Some(i);
            }
        }
        None
    }
}

/// Variables that C declares above the loop.
#[parallel] // ours
pub fn declared_above(x: &[f64], y: &mut [f64]) {
    let mut near = Vec::new();
    let (mut pair, step) = ([0.0; 2], 1.0);
    #[parallel(private(near), firstprivate(pair))] // ours
    for i in 0..x.len() {
        near.clear();
        near.extend(&x[i..]);
        pair[0] = near.iter().sum();
        pair[1] = pair[0] + step;
        y[i] = pair[1];
    }
}

/// Numbers out of texts.
#[parallel] // ours
pub fn numbers(texts: &[&str]) -> Result<Vec<i32>, std::num::ParseIntError> {
    let mut numbers = vec![0; texts.len()];
    #[parallel(num_threads = 2)] // ours
    for (number, text) in numbers.iter_mut().zip(texts) {
        *number = text.parse()?;
    }
    Ok(numbers)
}

/// Every clause about variables.
pub fn clauses(grid: &mut [f64], width: usize, bins: &mut [u32]) -> (f64, usize, Vec<usize>) {
    let (mut most, mut last, mut rows) = (f64::MIN, 0, Vec::new());
    parallel_for!( // ours
        num_threads = 2, // ours
        chunks(grid, width), // ours
        atomic(bins), // ours
        reduction(max: most), // ours
        reduction(append: rows), // ours
        lastprivate(last), // ours
    for row in 0..grid.len() / width {
        for column in 0..width {
            let value = grid[row * width + column] + 1.0;
            grid[row * width + column] = value;
            most = most.max(value);
        }
        bins[row % 3] += 1;
        rows.push(row);
        last = row;
    }
    ); // ours
    (most, last, rows)
}

/// A nest of loops, and a loop that stops.
#[parallel] // ours
pub fn nest(table: &mut [usize], columns: usize, limit: usize) -> usize {
    #[parallel(collapse = 2)] // ours
    for row in 0..4 {
        for column in 0..columns {
            table[row * columns + column] = row ^ column;
        }
    }
    let mut seen = 0;
    #[parallel(reduction(+: seen))] // ours
    'search: for row in table.chunks(columns) {
        for cell in row {
            if *cell > limit {
                continue 'search;
            }
        }
        if row.is_empty() {
            break;
        }
        seen += row.len();
    }
    seen
}

/// Generic, with a label and a closure.
#[parallel] // ours
pub fn generic<T, F>(items: &[T], out: &mut [u64], measure: F) -> u64
where
    T: Sync,
    F: Fn(&T) -> u64 + Sync,
{
    let mut total = 0;
    #[parallel(reduction(+: total))] // ours
    for i in 0..items.len() {
        let size = measure(&items[i]);
        out[i] = size;
        total += size;
    }
    total
}

/// Slices, by value and by reference.
#[parallel] // ours
pub fn sources(words: Vec<String>, marks: &mut [bool]) -> usize {
    let mut letters = 0;
    #[parallel(num_threads = 2)] // ours
    for mark in &mut *marks {
        *mark = !*mark;
    }
    #[parallel(reduction(+: letters))] // ours
    for word in words {
        letters += word.len();
    }
    letters
}

/// What threads share: fields and variables that methods are called on, and values.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    by: f64,
}

impl Scale {
    fn of(self, x: f64) -> f64 {
        self.by * x
    }
}

/// Holds a scale.
#[derive(Debug)]
pub struct Scaled {
    scale: Scale,
    names: Vec<String>,
}

#[parallel] // ours
impl Scaled {
    fn own(&self, i: usize) -> usize {
        self.names.len() ^ i
    }

    /// Calls methods of all kinds.
    pub fn apply(&self, other: Scale, name: &str, out: &mut [f64]) {
        #[parallel] // ours
        for i in 0..out.len() {
            let limit = other;
            out[i] = self.scale.of(1.0).max(limit.of(2.0));
            out[i] += other.of(self.names[0].repeat(self.own(i)).len() as f64);
            out[i] = f64::max(out[i], name.repeat(2).len() as f64);
        }
    }
}

macro_rules! count {
    ($many:expr, $by:expr) => {
        $many += $by
    };
}

fn note(places: &mut [usize], place: usize, all: usize) {
    if let Some(first) = places.first_mut() {
        *first = place + all;
    }
}

struct Spot {
    i: usize,
    k: usize,
}

const fn mark(spot: Spot, at: &mut usize) {
    *at = spot.i + spot.k;
}

/// Many short names, and a struct of them.
#[parallel] // ours
pub fn short_names(a: usize, b: usize, out: &mut [usize]) {
    #[parallel] // ours
    for (i, o) in out.iter_mut().enumerate() {
        let k = a + b;
        mark(Spot { i, k }, o);
        mark(Spot { i, k: a }, o);
    }
}

/// Statements of which only rustc knows what they do.
#[parallel] // ours
pub fn told_by_rustc(all: usize, scale: f64, out: &mut [f64]) -> usize {
    let mut total = 0_usize;
    #[parallel(reduction(+: total), schedule = "dynamic")] // ours
    for i in 0..out.len() {
        let mut places = [0; 4];
        note(&mut places, i, all);
        note(&mut places, i, all);
        let mut here = 0;
        count!(here, all);
        count!(here, places.len());
        total += here;
        out[i] = scale * out[i] + places.iter().map(|each| all.saturating_sub(*each)).fold(0.0, |sum, _| sum + scale);
    }
    total
}

// With faults of every kind that a lint knows.

#[must_use]
fn checked(n: usize) -> usize {
    n
}

fn fallible(n: usize) -> Result<usize, String> {
    if n > 100 { Err(String::new()) } else { Ok(n) }
}

#[deprecated]
fn old(n: usize) -> usize {
    n
}

struct never_made;

#[must_use]
struct Must;

fn must() -> Option<Must> {
    Some(Must)
}

#[parallel] // ours
pub fn faults(y: &mut [usize], x: &Vec<i32>, text: &String) -> usize {
    let mut never_changed = 3;
    let mut sum = 0;
    let mut dead;
    #[parallel(reduction(+: sum))] // ours
    for i in 0..y.len() {
        let unused = i;
        let mut unchanged = never_changed;
        checked(i);
        fallible(i);
        (i + 1);
        let NotSnake = old(i);
        y[i] = unchanged + NotSnake;
        let _ = fallible(i).clone();
        if (i > 3) {
            continue;
            y[i] = 2;
        }
        if i == 5 {
            return y[i];
        } else {
            sum += 1;
        }
        let same = x[i % x.len()] as i64 as i64;
        let truncated = same as u8;
        match truncated {
            0 => {}
            _ => {}
        }
        let whole = x.iter().map(|v| v.clone()).collect::<Vec<i32>>().len();
        sum += whole as usize;
        let o: Option<i32> = None;
        if let Some(_) = o {}
        match o {
            Some(inner) => println!("{}", inner),
            _ => (),
        }
        let s = text.to_string();
        let t = format!("{}", s);
        drop(&t);
        let boolean = if i > 2 { true } else { false };
        if boolean == true {
            unsafe { std::hint::unreachable_unchecked() }
        }
        let float = 1.0f64;
        if float == 1.0 {
            sum += 1
        }
        let shadow = 1;
        let shadow = shadow + 1;
        let _ = shadow;
        let unit = println!("");
        x.get(0).unwrap();
        x.len() == 0;
        todo!()
    }
    dead = 5;
    return sum;
}

#[parallel] // ours
pub fn more_faults(list: &mut Vec<Vec<f64>>, names: &[&str]) -> Option<f64> {
    #[parallel] // ours
    for i in 0..list.len() {
        list[i] = Vec::new();
        list[i].push(1.0);
        for j in 0..list[i].len() {
            list[i][j] += 1.0;
        }
        for k in 0..3 {}
        loop {
            break;
        }
        while let Some(v) = list[i].pop() {
            let v = v;
        }
    }
    let mut longest = 0;
    #[parallel(reduction(max: longest), num_threads = 2)] // ours
    for (index, name) in names.iter().enumerate() {
        if name.len() > longest {
            longest = name.len();
        }
    }
    #[parallel] // ours
    for name in names.into_iter() {
        let name = name;
        if *name == "" {
            return None;
        }
        Some(name)?;
        must()?;
    }
    #[parallel] // ours
    for i in 0..10 {
        let mut used_once = i;
        used_once += 1;
    }
    #[parallel] // ours
    for i in 0..10 {
        let v = i;
        {
            let inner = v;
        }
        const unit: () = ();
        fn inner_fn(mut a: usize) {}
        use std::collections::HashMap;
        #[allow(unused_variables)]
        let quiet = 3;
        struct Inner {
            field: u8,
        }
    }
    None
}

/// Private variables, their own and the loop's.
#[must_use]
pub fn scratch(out: &mut [usize]) -> usize {
    let mut first = 1;
    parallel_for!( // ours
        firstprivate(first), // ours
    for i in 0..out.len() {
        let mut digits = String::new();
        digits.push('1');
        out[i] = digits.len() + first;
    }
    ); // ours
    first += 1;
    first
}

/// Scattered, in order, and over what is pulled.
pub fn others(place: &[usize], sorted: &mut [u8], text: &str) -> Result<usize, std::num::ParseIntError> {
    parallel_for!( // ours
        scatter(sorted), // ours
    for (index, at) in place.iter().enumerate() {
        sorted[*at] = index as u8;
    }
    ); // ours
    let mut total = 0;
    parallel_for!( // ours
        reduction(+: total), // ours
        reproducible, // ours
        if = text.len() > 3, // ours
        min_chunk = 10, // ours
    for line in text.lines() {
        total += line.parse::<usize>()?;
    }
    ); // ours
    Ok(total)
}

/// Slices and what lies behind references, reduced.
pub fn slices(values: &[usize], counts: &mut [u64], total: &mut f64) {
    parallel_for!( // ours
        reduction(+: counts, *total), // ours
    for value in values {
        counts[*value] += 1;
        *total += 1.0;
    }
    ); // ours
}

#[must_use]
const fn kept(number: usize) -> usize {
    number
}

macro_rules! twice {
    ($number:expr) => {{
        let unused = $number;
        kept($number);
        $number * 2 as usize
    }};
}

/// Faults in statements of which only rustc knows what they do.
#[parallel] // ours
pub fn faults_told_by_rustc(n: usize, out: &mut [usize]) {
    #[parallel(num_threads = 2)] // ours
    for i in 0..out.len() {
        kept(n);
        let mut k = i;
        kept(k.clone());
        twice!(n);
        let unused_before = 3;
        out[i] = twice!(n);
        let t = i + 1;
        out[i] += twice!(t);
        count!(out[i], twice!(n) as usize);
        drop(kept(n as usize));
    }
}

macro_rules! raised {
    ($number:expr) => {
        $number + 1
    };
}

macro_rules! made {
    ($name:ident, $number:expr) => {
        let $name = $number;
    };
}

/// Macros in statements that are not asked by themselves.
#[parallel] // ours
pub fn told_by_the_frame(n: usize, names: &[String], out: &mut [usize]) -> Option<usize> {
    let mut total = 0_usize;
    let mut last = 0;
    #[parallel(reduction(+: total), lastprivate(last), firstprivate(n), schedule = "dynamic")] // ours
    for i in 0..out.len() {
        let k = raised!(n);
        made!(here, names.len());
        let Some(more) = raised!(i).checked_add(here) else { continue };
        out[i] = if k > more { raised!(k) } else { names.len() };
        while out[i] < raised!(n) {
            out[i] += 1;
        }
        let add = |other: usize| raised!(n) + other;
        total += add(k);
        last = raised!(names.len()).checked_sub(1)?;
    }
    Some(total + last)
}

/// The same with faults.
#[parallel] // ours
pub fn faults_told_by_the_frame(n: usize, out: &mut [usize]) -> usize {
    let mut total = 0;
    #[parallel(reduction(+: total))] // ours
    for i in 0..out.len() {
        let unused = twice!(n);
        let mut unchanged = raised!(n);
        if raised!(n) == 3 {
            kept(n);
        }
        out[i] = match n as usize {
            3 => return raised!(n),
            other => raised!(other).clone(),
        };
        total += unchanged;
        let t = raised!(n);
        t
            ;
    }
    total
}

/// A region of which the value is asked about.
#[parallel] // ours
#[must_use]
pub fn value_of_a_region(names: &[String], n: usize) -> usize {
    let all =
        #[parallel] // ours
        {
            let unused = raised!(n);
            kept(n);
            names.first().map_or(0, |name| name.len() + raised!(n) as usize)
        };
    all.max(1)
}

fn joined(a: f64, b: f64) -> f64 {
    a + b
}

fn kept_whole(place: Place, x: &[f64]) -> Place {
    Place { weight: place.weight + x.len() as f64, ..place }
}

/// A place.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    weight: f64,
    unit: (),
}

/// What is given away: lints look at the arguments of functions.
#[parallel] // ours
pub fn given(
    first: f64, none: Option<f64>, name: &str, place: Place, nothing: (), table: &Vec<f64>, x: &[f64], f: fn(f64) -> f64, out: &mut [f64], places: &mut [Place],
    lists: &mut [Vec<f64>]
) -> Option<f64> {
    #[parallel] // ours
    for i in 0..out.len() {
        let one = none.unwrap_or(first);
        let two = none.map_or(first, |v| joined(v, first));
        let three = table.iter().map(|v| f(*v)).sum::<f64>();
        let four = if i > 3 { first } else { one };
        let five = match i {
            3 => first,
            _ => four.max(first),
        };
        let six = none.ok_or(name).is_ok() || none.or(none).and(none) > Some(first);
        let weight = first;
        places[i] = kept_whole(Place { weight, unit: nothing }, x);
        places[i] = Place { weight: first, unit: nothing };
        places[i] = place;
        lists[i].push(first);
        lists[i].push(first);
        lists[i].extend(table);
        lists[i].resize(3, first);
        let pair = (first, nothing, place);
        out[i] = joined(first, two) + joined(one, one) + three + five + joined(first as f64, pair.0);
        out[i] = first;
        for v in table {
            out[i] += v;
        }
        if out[i] > first {
            return Some(first);
        }
        drop(place);
        std::mem::drop(first);
        let boxed = Box::new(first);
        let text = String::from("x") + &format!("{}", joined(first, *boxed));
    }
    None
}

/// A text that is given away.
///
/// # Panics
///
/// Where there is none.
#[parallel] // ours
pub fn expected(none: Option<f64>, name: &str, out: &mut [f64]) {
    #[parallel] // ours
    for i in 0..out.len() {
        out[i] = none.expect(name);
    }
}
