//! The wrong code of each page in `src/docs/errors`, which `TRYBUILD=overwrite` puts here.
#![allow(unused)]

fn alone() {
    use pymp::prelude::*;

    fn fill(y: &mut [usize]) {
        #[parallel]
        for i in 0..y.len() {
            y[i] = i;
        }
    }
}

fn appended() {
    use pymp::prelude::*;

    let mut even = Vec::new();
    parallel_for!(for i in 0..10 {
        if i % 2 == 0 {
            even.push(i);
        }
    });
}

fn assigned() {
    use pymp::prelude::*;

    let (x, mut y) = ([1.0, 2.0, 3.0], [0.0; 3]);
    let mut t;
    parallel_for!(for i in 0..3 {
        t = 2.0 * x[i];
        y[i] = t + 1.0;
    });
}

fn carried() {
    use pymp::prelude::*;

    let mut y = vec![1.0; 100];
    parallel_for!(for i in 1..y.len() {
        y[i] = y[i - 1] + 1.0;
    });
}

fn changed() {
    use pymp::prelude::*;

    fn roll(state: &mut u32) -> u32 {
        *state = *state * 69069 % 65537;
        *state
    }

    let (mut state, mut y) = (1, [0; 4]);
    parallel_for!(for i in 0..4 {
        y[i] = roll(&mut state);
    });
}

fn clause_shape() {
    use pymp::prelude::*;

    parallel_for!(num_threads = 2 schedule = "dynamic", for i in 0..10 {
        println!("{i}");
    });
}

fn clause_twice() {
    use pymp::prelude::*;

    let mut sum = 0;
    parallel_for!(reduction(+: sum), firstprivate(sum), for i in 0..10 {
        sum += i;
    });
}

fn clause_value() {
    use pymp::prelude::*;

    let mut y = [0; 10];
    parallel_for!(num_threads = 0, for i in 0..10 {
        y[i] = i;
    });
}

fn clause_variable() {
    use pymp::prelude::*;

    let mut y = [0; 10];
    parallel_for!(owned(y[0]), for i in 0..10 {
        y[i] = i;
    });
}

fn collapse() {
    use pymp::prelude::*;

    let mut c = vec![0; 12];
    let m = 4;
    parallel_for!(collapse = 2, for i in 0..3 {
        let row = i * m;
        for j in 0..m {
            c[row + j] = i + j;
        }
    });
}

fn crate_path() {
    use pymp::prelude::*;

    parallel_for!(crate = pymp, for i in 0..10 {
        println!("{i}");
    });
}

fn default_none() {
    use pymp::prelude::*;

    let (x, limit) = ([1, 2, 3], 2);
    let mut small = 0;
    parallel_for!(default(none), shared(x), reduction(+: small), for i in 0..3 {
        if x[i] < limit {
            small += 1;
        }
    });
}

fn engine() {
    use pymp::prelude::*;

    parmap!(|n: u64| n * n, 0..10, engine = "multi");
}

fn for_macro() {
    use pymp::prelude::*;

    let mut n = 10;
    parallel_for!(num_threads = 2, while n > 0 {
        n -= 1;
    });
}

fn hidden_exit() {
    use pymp::prelude::*;

    macro_rules! bail {
        ($text:literal) => {
            return Err($text.to_string())
        };
    }

    fn check(x: &[f64]) -> Result<(), String> {
        parallel_for!(for v in x {
            if *v < 0.0 {
                bail!("negative");
            }
        });
        Ok(())
    }
}

fn kept_together() {
    use pymp::prelude::*;

    let x = [3, 9, 4];
    let (mut best, mut at) = (0, 0);
    parallel_for!(for i in 0..3 {
        if x[i] > best {
            best = x[i];
            at = i;
        }
    });
}

fn lastprivate_read() {
    use pymp::prelude::*;

    let (x, mut y) = ([1, -2, 3], [0; 3]);
    let mut last = 0;
    parallel_for!(lastprivate(last), for i in 0..3 {
        if x[i] > 0 {
            last = x[i];
        }
        y[i] = last;
    });
}

fn map_argument() {
    use pymp::map::Map;

    Map::new(|n: u64| n * n).progress(3).run(0..10);
}

fn no_array() {
    use pymp::prelude::*;

    struct Signal {
        samples: Vec<usize>,
    }

    let mut squares = Signal { samples: vec![0; 10] };
    parallel_for!(for i in 0..10 {
        squares[i] = i * i;
    });
}

fn no_loop() {
    use pymp::prelude::*;

    #[parallel]
    fn sum(x: &[f64]) -> f64 {
        x.iter().sum()
    }
}

fn not_indexed() {
    use pymp::prelude::*;

    let places = [3, 1, 2];
    let mut y = [0; 4];
    parallel_for!(for i in places.iter().copied() {
        y[i] = 1;
    });
}

fn not_iterable() {
    use pymp::prelude::*;

    let n = 10;
    parallel_for!(for i in n {
        println!("{i}");
    });
}

fn not_reduced() {
    use pymp::prelude::*;

    let mut text = String::new();
    parallel_for!(reduction(+: text), for i in 0..3 {
        text += &i.to_string();
    });
}

fn not_sent() {
    use pymp::prelude::*;
    use std::rc::Rc;

    let mut names = vec![Rc::new(String::new()); 10];
    parallel_for!(for i in 0..10 {
        names[i] = Rc::new(i.to_string());
    });
}

fn not_shared() {
    use pymp::prelude::*;
    use std::cell::Cell;

    let hits = Cell::new(0);
    parallel_for!(for i in 0..10 {
        hits.set(hits.get() + i);
    });
}

fn one_loop() {
    use pymp::prelude::*;

    #[parallel(reduction(+: sum))]
    fn totals(x: &[i32], y: &mut [i32]) -> i32 {
        let mut sum = 0;
        #[parallel]
        for v in x {
            sum += v;
        }
        #[parallel]
        for i in 0..y.len() {
            y[i] += sum;
        }
        sum
    }
}

fn operator() {
    use pymp::prelude::*;

    let mut total = 0;
    parallel_for!(reduction(sum: total), for i in 0..10 {
        total += i;
    });
}

fn ordered() {
    use pymp::prelude::*;

    parallel_for!(for i in 0..4 {
        ordered!({ println!("{i}") });
    });
}

fn other_element() {
    use pymp::prelude::*;

    let (x, k) = ([1.0, 2.0, 3.0], [2, 0, 1]);
    let mut y = [0.0; 3];
    parallel_for!(for i in 0..3 {
        y[k[i]] = x[i];
    });
}

fn outer_label() {
    use pymp::prelude::*;

    let mut y = [[0; 4]; 4];
    'rows: for row in &mut y {
        parallel_for!(for j in 0..4 {
            if j == 2 {
                break 'rows;
            }
            row[j] = 1;
        });
    }
}

fn parmap_shape() {
    use pymp::prelude::*;

    fn power(x: u64, n: u32) -> u64 {
        x.pow(n)
    }
    parmap!(power, n = 3, 0..10);
}

fn question() {
    use pymp::prelude::*;

    fn largest(texts: &[&str]) -> Option<u32> {
        let mut most = 0;
        parallel_for!(reduction(max: most), for text in texts {
            let number: u32 = text.parse()?;
            most = most.max(number);
        });
        Some(most)
    }
}

fn reduction_use() {
    use pymp::prelude::*;

    let mut sum = 0;
    parallel_for!(reduction(+: sum), for i in 0..10 {
        sum += i;
        if sum > 20 {
            println!("enough");
        }
    });
}

fn region_clause() {
    use pymp::prelude::*;

    region!(num_threads = 2, collapse = 2, |p| p.barrier());
}

fn region_exit() {
    use pymp::prelude::*;

    fn first(x: &[Option<u32>]) -> Option<u32> {
        region!(|p| {
            for i in p.range(0..x.len()) {
                x[i]?;
            }
        });
        Some(0)
    }
}

fn region_items() {
    use pymp::prelude::*;

    let text = "ann bob";
    Parallel::new(2).run(|p| {
        for name in p.range(text.split(' ')) {
            println!("{name}");
        }
    });
}

fn region_shape() {
    use pymp::prelude::*;

    region!(num_threads = 2, { println!("hello") });
}

fn region_write() {
    use pymp::prelude::*;

    let mut count = 0;
    region!(num_threads = 2, |p| {
        count += p.thread_num();
    });
}

fn schedule() {
    use pymp::prelude::*;

    parallel_for!(schedule = "dinamic", for i in 0..10 {
        println!("{i}");
    });
}

fn several_loops() {
    use pymp::prelude::*;

    #[parallel]
    fn two(y: &mut [usize], z: &mut [usize]) {
        for i in 0..y.len() {
            y[i] = i;
        }
        for i in 0..z.len() {
            z[i] = i;
        }
    }
}

fn shared_array() {
    use pymp::prelude::*;
    use pymp::shared;

    let grid = shared::array::<u64>([4, 5]);
    let row: i32 = 3;
    grid.set([row, 0], 1);
}

fn suspended() {
    use pymp::prelude::*;

    async fn fetch(i: usize) -> usize {
        i * 2
    }

    async fn all(y: &mut [usize]) {
        parallel_for!(for i in 0..10 {
            y[i] = fetch(i).await;
        });
    }
}

fn too_many() {
    use pymp::prelude::*;

    let (mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h, mut i) = (0, 0, 0, 0, 0, 0, 0, 0, 0);
    let (mut j, mut k, mut l, mut m, mut n, mut o, mut p, mut q, mut r) = (0, 0, 0, 0, 0, 0, 0, 0, 0);
    let (mut s, mut t, mut u, mut v, mut w, mut x, mut y) = (0, 0, 0, 0, 0, 0, 0);
    parallel_for!(reduction(+: a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y), for z in 0..10 {
        a += z;
    });
}

fn under_clause() {
    use pymp::prelude::*;

    let mut h = [0; 8];
    parallel_for!(atomic(h), for i in 0..100 {
        h[i % 8] += 1;
        if h[0] > 3 {
            println!("more than three");
        }
    });
}

fn unknown_clause() {
    use pymp::prelude::*;

    parallel_for!(num_treads = 2, for i in 0..10 {
        println!("{i}");
    });
}

fn unreadable() {
    use pymp::prelude::*;

    fn fill(y: &mut [usize]) {
        parallel_for!(for i in 0..y.len() {
            y[i]. = i;
        });
    }
}

fn updated() {
    use pymp::prelude::*;

    let x = [1.0, 2.0, 3.0];
    let mut sum = 0.0;
    parallel_for!(for i in 0..3 {
        sum += x[i];
    });
}

fn updated_element() {
    use pymp::prelude::*;

    let x = [1, 5, 1, 3];
    let mut h = [0; 8];
    parallel_for!(for i in 0..4 {
        h[x[i]] += 1;
    });
}

fn wrong_place() {
    use pymp::prelude::*;

    #[parallel]
    struct Grid {
        cells: Vec<f64>,
    }
}

fn main() {}
