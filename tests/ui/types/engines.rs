//! What maps and closures on a team cannot share or hand on.
use pymp::map::parmap;
use pymp::prelude::*;
use std::cell::Cell;
use std::rc::Rc;

fn inputs(names: Vec<Rc<str>>) -> Vec<usize> {
    parmap(|name: Rc<str>| name.len(), names)
}

fn results(x: Vec<u32>) -> Vec<Rc<u32>> {
    parmap!(|x: u32| Rc::new(x), x)
}

fn captured(x: Vec<u32>, unit: Rc<u32>) -> Vec<u32> {
    parmap(|x: u32| x * *unit, x)
}

fn region(hits: Cell<u32>) {
    Parallel::new(2).run(|p| hits.set(p.thread_num() as u32));
}

fn reduced(x: &[u32]) {
    struct Join;
    impl Reduction<Rc<u32>> for Join {
        fn identity(&self, _: &Rc<u32>) -> Rc<u32> {
            Rc::new(0)
        }
        fn combine(&self, acc: &mut Rc<u32>, part: Rc<u32>) {
            *acc = Rc::new(**acc + *part);
        }
    }
    let mut sum = Rc::new(0);
    parallel_for!(reduction(Join: sum), for v in x {
        *Rc::make_mut(&mut sum) += v;
    });
}

fn main() {}
