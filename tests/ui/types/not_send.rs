//! Elements and items that cannot be given to another thread.
use pymp::prelude::*;
use std::rc::Rc;

fn written(y: &mut [Rc<u32>]) {
    parallel_for!(for i in 0..y.len() {
        y[i] = Rc::new(1);
    });
}

fn read(y: &[Rc<u32>], n: &mut [u32]) {
    parallel_for!(for i in 0..y.len() {
        n[i] = *y[i];
    });
}

fn iterated(y: &[Rc<u32>]) {
    parallel_for!(for v in y {
        println!("{v}");
    });
}

fn iterated_by_value(y: Vec<Rc<u32>>) {
    parallel_for!(for v in y {
        println!("{v}");
    });
}

fn iterated_mutably(y: &mut Vec<*const u32>) {
    parallel_for!(for v in y.iter_mut() {
        *v = std::ptr::null();
    });
}

fn reduced(x: &[u32]) -> Vec<Rc<u32>> {
    let mut all = Vec::new();
    parallel_for!(reduction(append: all), for v in x {
        all.push(Rc::new(*v));
    });
    all
}

fn returned(x: &[u32]) -> Option<Rc<u32>> {
    parallel_for!(for v in x {
        if *v > 1 {
            return Some(Rc::new(*v));
        }
    });
    None
}

fn boxed(x: &[u32]) -> Result<(), Box<dyn std::error::Error>> {
    parallel_for!(for v in x {
        u8::try_from(*v)?;
    });
    Ok(())
}

struct Name {
    text: Rc<str>,
}

fn inside_a_struct(names: &mut [Name]) {
    parallel_for!(for i in 0..names.len() {
        names[i].text = "".into();
    });
}

trait Shape {
    fn grow(&mut self);
}

fn of_boxed_traits(shapes: &mut [Box<dyn Shape>]) {
    parallel_for!(owned(shapes), for i in 0..4 {
        shapes[i].grow();
    });
}

fn generic<T: Clone>(y: &mut [T], x: T) {
    parallel_for!(firstprivate(x), for i in 0..y.len() {
        y[i] = x.clone();
    });
}

fn main() {}
