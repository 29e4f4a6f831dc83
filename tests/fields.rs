//! What a loop reads of a struct, a tuple or `self` is a field of it: another field may be lent or given away meanwhile. And patterns that
//! take apart what a loop writes to.

#[path = "common/mod.rs"]
mod common;

use common::watched;
use pymp::prelude::*;
use pymp::region;

struct Inner {
    scale: f64,
    names: Vec<String>,
}

struct Grid {
    x: Vec<f64>,
    y: Vec<f64>,
    n: usize,
    k: f64,
    name: Option<String>,
    inner: Inner,
}

impl Inner {
    fn length(&self, i: usize) -> usize {
        self.names[i].len()
    }
}

fn grid() -> Grid {
    let inner = Inner { scale: 0.5, names: vec!["a".to_owned(), "bc".to_owned(), "def".to_owned()] };
    Grid { x: vec![1.0, 2.0, 3.0], y: vec![0.0; 3], n: 3, k: 10.0, name: Some("four".to_owned()), inner }
}

impl Grid {
    #[parallel]
    fn scaled(&mut self) {
        let y = &mut self.y[..];
        #[parallel]
        for i in 0..self.n {
            y[i] = self.x[i] * self.k;
        }
    }
}

#[test]
fn another_field_is_lent() {
    #[parallel]
    fn doubled(grid: &mut Grid) {
        let y = &mut grid.y;
        #[parallel]
        for i in 0..grid.n {
            y[i] = grid.x[i] * 2.0;
        }
    }
    #[parallel]
    fn lent_on(grid: &mut Grid, to: &mut [f64]) {
        let x = &mut grid.x;
        #[parallel]
        for i in 0..3 {
            to[i] = grid.k;
        }
        x.push(1.0);
    }
    #[parallel]
    fn zipped(grid: &mut Grid) -> f64 {
        let mut total = 0.0;
        #[parallel(reduction(+: total))]
        for (i, v) in grid.y.iter_mut().enumerate() {
            *v = grid.x[i];
            total += *v;
        }
        total
    }
    watched(|| {
        let mut grid = grid();
        doubled(&mut grid);
        assert_eq!(grid.y, [2.0, 4.0, 6.0]);
        grid.scaled();
        assert_eq!(grid.y, [10.0, 20.0, 30.0]);
        let mut to = [0.0; 3];
        lent_on(&mut grid, &mut to);
        assert_eq!(to, [10.0; 3]);
        assert_eq!(zipped(&mut grid), 6.0);
    });
}

#[test]
fn another_field_is_taken_apart() {
    #[parallel]
    fn by_pattern(grid: &mut Grid) {
        let Grid { x, .. } = grid;
        #[parallel]
        for i in 0..3 {
            x[i] = grid.k;
        }
    }
    #[parallel]
    fn halves(pair: &mut ([Vec<f64>; 2], f64)) {
        let [a, b] = &mut pair.0;
        #[parallel]
        for i in 0..3 {
            a[i] = b[i] * pair.1;
        }
    }
    #[parallel]
    fn of_tuple(mut pair: (Vec<f64>, f64)) -> Vec<f64> {
        let v = &mut pair.0;
        #[parallel]
        for i in 0..3 {
            v[i] = pair.1;
        }
        pair.0
    }
    watched(|| {
        let mut grid = grid();
        by_pattern(&mut grid);
        assert_eq!(grid.x, [10.0; 3]);
        let mut pair = ([vec![0.0; 3], vec![1.0, 2.0, 3.0]], 2.0);
        halves(&mut pair);
        assert_eq!(pair.0[0], [2.0, 4.0, 6.0]);
        assert_eq!(of_tuple((vec![0.0; 3], 7.0)), [7.0; 3]);
    });
}

#[test]
fn another_field_is_given_away() {
    #[parallel]
    fn array(grid: Grid) -> Vec<f64> {
        let y = grid.y;
        let mut z = y.clone();
        #[parallel]
        for i in 0..grid.n {
            z[i] = grid.x[i] + y[i];
        }
        z
    }
    #[parallel]
    fn choice(grid: Grid, to: &mut [f64]) {
        if let Some(name) = grid.name {
            #[parallel]
            for i in 0..3 {
                to[i] = grid.x[i] + name.len() as f64;
            }
        }
    }
    watched(|| {
        assert_eq!(array(grid()), [1.0, 2.0, 3.0]);
        let mut to = [0.0; 3];
        choice(grid(), &mut to);
        assert_eq!(to, [5.0, 6.0, 7.0]);
    });
}

#[test]
fn a_field_of_a_field_and_its_methods() {
    #[parallel]
    fn read(grid: &mut Grid) {
        let y = &mut grid.y;
        #[parallel]
        for i in 0..3 {
            y[i] = grid.inner.scale + grid.inner.names[i].len() as f64;
        }
    }
    #[parallel]
    fn method(grid: &mut Grid) {
        let y = &mut grid.y;
        #[parallel]
        for i in 0..3 {
            y[i] = grid.inner.length(i) as f64;
        }
    }
    #[parallel]
    fn closure(grid: &mut Grid) {
        let y = &mut grid.y;
        let scaled = |v: f64| v * grid.k;
        #[parallel]
        for i in 0..3 {
            y[i] = scaled(1.0);
        }
    }
    #[parallel]
    fn owned_beside(grid: &mut Grid) {
        #[parallel]
        for i in 0..3 {
            grid.y[i] = grid.inner.scale + grid.inner.length(i) as f64;
            grid.x[i] += grid.k;
        }
    }
    watched(|| {
        let mut grid = grid();
        read(&mut grid);
        assert_eq!(grid.y, [1.5, 2.5, 3.5]);
        method(&mut grid);
        assert_eq!(grid.y, [1.0, 2.0, 3.0]);
        closure(&mut grid);
        assert_eq!(grid.y, [10.0; 3]);
        owned_beside(&mut grid);
        assert_eq!((grid.y, grid.x), (vec![1.5, 2.5, 3.5], vec![11.0, 12.0, 13.0]));
    });
}

#[test]
fn loops_and_regions_while_it_is_lent() {
    #[parallel]
    fn inside(grid: &mut Grid) {
        for v in grid.x.iter_mut() {
            let mut total = 0.0;
            #[parallel(reduction(+: total))]
            for _ in 0..3 {
                total += grid.k;
            }
            *v = total;
        }
    }
    fn region_beside(grid: &mut Grid) -> f64 {
        let x = &mut grid.x;
        let mut total = 0.0;
        region!(num_threads = 2, reduction(+: total), |_| {
            total += grid.k;
        });
        x.push(total);
        total
    }
    fn printed(grid: &mut Grid) {
        let x = &mut grid.x;
        region!(num_threads = 2, |t| {
            assert_eq!(format!("{}", grid.k), "10", "thread {}", t.thread_num());
        });
        x.push(1.0);
    }
    watched(|| {
        let mut grid = grid();
        inside(&mut grid);
        assert_eq!(grid.x, [30.0; 3]);
        assert_eq!(region_beside(&mut grid), 20.0);
        printed(&mut grid);
        assert_eq!(grid.x.len(), 5);
    });
}

#[test]
fn taken_apart_around_the_loop_or_in_an_element() {
    #[parallel]
    fn around(o: &mut Option<Vec<f64>>) {
        if let Some(v) = o {
            #[parallel]
            for i in 0..v.len() {
                v[i] += 1.0;
            }
        }
    }
    #[parallel]
    fn elements(z: &mut [Option<Vec<f64>>], pairs: &mut [(f64, [f64; 2])]) {
        #[parallel]
        for i in 0..z.len() {
            if let Some(v) = &mut z[i] {
                v[0] += 1.0;
            }
        }
        #[parallel]
        for r in &mut *z {
            let Some(v) = r else { continue };
            v[1] += 2.0;
        }
        #[parallel]
        for i in 0..pairs.len() {
            let (v, [a, b]) = &mut pairs[i];
            *a = *v;
            *b = *a + 1.0;
        }
    }
    #[parallel]
    fn own(mut o: Option<[usize; 2]>, y: &mut [usize]) {
        #[parallel(firstprivate(o))]
        for i in 0..y.len() {
            if let Some(ref mut v) = o {
                v[0] = i;
                y[i] = v[0] + v[1];
            }
        }
        o.take();
    }
    watched(|| {
        let (mut o, mut z, mut pairs, mut y) = (Some(vec![1.0; 3]), [None, Some(vec![0.0; 2])], [(4.0, [0.0; 2])], [0; 3]);
        around(&mut o);
        elements(&mut z, &mut pairs);
        own(Some([0, 5]), &mut y);
        assert_eq!((o, z), (Some(vec![2.0; 3]), [None, Some(vec![1.0, 2.0])]));
        assert_eq!((pairs, y), ([(4.0, [4.0, 5.0])], [5, 6, 7]));
    });
}
