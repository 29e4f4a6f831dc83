//! The value of a region may live as long as what it comes from, a `&mut` included.
use pymp::prelude::*;

struct Grid(Vec<usize>);

impl Grid {
    fn at(&self, i: usize) -> &usize {
        &self.0[i]
    }

    fn own<'a>(&'a mut self) -> &'a usize {
        region!(num_threads = 2, |p| self.at(p.thread_num()))
    }
}

fn pick(x: &[usize], i: usize) -> &usize {
    &x[i]
}

fn by_a_function<'a>(x: &'a mut [usize]) -> &'a usize {
    region!(num_threads = 2, |p| {
        let first = pick(x, p.thread_num());
        first
    })
}

fn by_a_method<'a>(grid: &'a mut Grid) -> &'a usize {
    region!(num_threads = 2, |p| {
        let first = grid.at(p.thread_num());
        if *first > 3 { first } else { grid.at(1) }
    })
}

fn collected<'a>(x: &'a [usize]) -> Vec<&'a usize> {
    let mut all = Vec::new();
    region!(reduction(append: all), |p| {
        for i in p.range(0..x.len()) {
            all.push(pick(x, i));
        }
    });
    all
}

fn main() {
    let mut grid = Grid(vec![4, 5]);
    assert_eq!((*grid.own(), *by_a_method(&mut grid), *by_a_function(&mut grid.0)), (4, 4, 4));
    assert_eq!(collected(&grid.0), [&4, &5]);
}
