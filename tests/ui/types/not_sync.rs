//! Values that threads cannot share.
use pymp::prelude::*;
use std::cell::{Cell, RefCell, UnsafeCell};
use std::rc::Rc;
use std::sync::{Mutex, mpsc};

fn cell() {
    let hits = Cell::new(0);
    parallel_for!(for i in 0..10 {
        hits.set(hits.get() + i);
    });
}

#[parallel]
fn ref_cell() {
    let log = RefCell::new(Vec::new());
    #[parallel(num_threads = 2)]
    for i in 0..10 {
        log.borrow_mut().push(i);
    }
}

#[parallel]
fn rc() {
    let name = Rc::new(String::from("shared"));
    for i in 0..10 {
        println!("{} {i}", Rc::clone(&name));
    }
}

fn raw_pointer(p: *mut f64) {
    parallel_for!(for i in 0..10 {
        println!("{:?} {i}", p.is_null());
    });
}

fn guard(m: &Mutex<Vec<RefCell<u32>>>) {
    let guard = m.lock().unwrap();
    parallel_for!(for i in 0..10 {
        println!("{}", guard[i].borrow());
    });
}

fn channel(results: mpsc::Receiver<u32>) {
    parallel_for!(for _ in 0..10 {
        println!("{:?}", results.recv());
    });
}

fn unsafe_cell(c: &UnsafeCell<u32>) {
    parallel_for!(for _ in 0..10 {
        println!("{:?}", c.get());
    });
}

struct Node {
    next: Option<Rc<Node>>,
    weight: f64,
}

fn inside_a_struct(node: &Node) {
    parallel_for!(for i in 0..10 {
        println!("{i} {}", node.weight);
    });
}

struct Stats {
    hits: Cell<u32>,
}

fn handed_on(stats: &Stats) {
    fn note<T>(_: T, _: u32) {}
    parallel_for!(for i in 0..10 {
        note(stats, i);
    });
}

fn table(functions: &[Box<dyn Fn(u32)>]) {
    parallel_for!(for i in 0..4 {
        functions[i](3);
    });
}

fn generic<T: std::fmt::Debug>(x: T) {
    parallel_for!(for _ in 0..10 {
        println!("{x:?}");
    });
}

struct Field {
    scale: Rc<f64>,
    values: Vec<f64>,
}

#[parallel]
impl Field {
    fn scaled(&mut self) {
        #[parallel]
        for i in 0..self.values.len() {
            self.values[i] = *self.scale;
        }
    }

    fn beside_what_is_lent(&mut self) {
        let values = &mut self.values;
        #[parallel]
        for i in 0..values.len() {
            values[i] = *self.scale;
        }
    }

    fn weight(&self) -> f64 {
        1.0
    }

    fn by_a_method(&self, y: &mut [f64]) {
        #[parallel]
        for i in 0..y.len() {
            y[i] = self.weight();
        }
    }
}

trait Weighted {
    fn weight(&self) -> f64;

    #[parallel]
    fn weights(&self, y: &mut [f64]) {
        for i in 0..y.len() {
            y[i] = self.weight();
        }
    }
}

fn main() {}
