//! A first look at everything at once.
use pymp::prelude::*;

#[parallel]
fn saxpy(a: f32, x: &[f32], y: &mut [f32]) {
    #[parallel(num_threads = 4, schedule = "dynamic")]
    for i in 0..x.len() {
        y[i] += a * x[i];
    }
}

#[parallel]
fn find(v: &[i32], t: i32) -> Option<usize> {
    for i in 0..v.len() {
        if v[i] == t {
            return Some(i);
        }
    }
    None
}

#[parallel]
fn parse(v: &[&str]) -> Result<i32, std::num::ParseIntError> {
    let mut s = 0;
    #[parallel(reduction(+: s))]
    for x in v.iter() {
        let n: i32 = x.parse()?;
        s += n;
    }
    Ok(s)
}

struct G {
    y: Vec<f64>,
    a: Vec<f64>,
    total: f64,
}
#[parallel]
impl G {
    fn go(&mut self) {
        #[parallel]
        for i in 0..self.y.len() {
            self.y[i] += self.a[i];
        }
    }
}

#[test]
fn all() {
    let mut y = vec![1.0; 1000];
    saxpy(2.0, &[3.0; 1000], &mut y);
    assert!(y.iter().all(|&y| y == 7.0));
    let mut sum = 0.0;
    parallel_for!(schedule = "guided", reduction(+: sum), for i in 0..y.len() { sum += y[i]; });
    assert_eq!(sum, 7000.0);
    assert_eq!(find(&[1, 2, 3, 2, 3], 3), Some(2));
    assert_eq!(find(&[1, 2, 3, 2, 3], 9), None);
    assert_eq!(parse(&["1", "2"]), Ok(3));
    assert!(parse(&["1", "x"]).is_err());
    let mut g = G { y: vec![1.0; 10], a: vec![2.0; 10], total: 0.0 };
    g.go();
    assert_eq!(g.y, [3.0; 10]);
    let _ = g.total;
    let mut v = vec![0; 10];
    parallel_for!(for i in 0..10 {
        v[i] += i;
    });
    assert_eq!(v, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    let (n, m) = (7, 5);
    let mut c = vec![0; n * m];
    parallel_for!(
        collapse = 2,
        num_threads = 3,
        for i in 0..n {
            for j in 0..m {
                c[i * m + j] = i * 10 + j;
            }
        }
    );
    for i in 0..n {
        for j in 0..m {
            assert_eq!(c[i * m + j], i * 10 + j);
        }
    }
    parallel_for!(
        chunks(c, m),
        for i in 0..n {
            for j in 0..m {
                c[i * m + j] += 1;
            }
        }
    );
    assert_eq!(c[0], 1);
    let mut last = 0;
    parallel_for!(
        lastprivate(last),
        schedule = "dynamic",
        for i in 0..100 {
            if i % 7 == 0 {
                last = i;
            }
        }
    );
    assert_eq!(last, 98);
    let mut h = vec![0u64; 4];
    parallel_for!(
        atomic(h),
        for i in 0..100 {
            h[i % 4] += 1;
        }
    );
    assert_eq!(h, [25; 4]);
    let idx: Vec<usize> = (0..10).rev().collect();
    parallel_for!(
        scatter(v),
        for i in 0..10 {
            v[idx[i]] = i;
        }
    );
    assert_eq!(v[9], 0);
    let mut log = Vec::new();
    parallel_for!(reduction(append: log), schedule = "dynamic", for x in v.iter().enumerate().rev() { log.push(x.0); });
    assert_eq!(log, [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    let out = std::sync::Mutex::new(vec![]);
    parallel_for!(
        ordered,
        num_threads = 3,
        schedule = "dynamic,2",
        for i in 0..50 {
            let q = i * i;
            ordered!({ out.lock().unwrap().push(q) });
        }
    );
    assert_eq!(out.into_inner().unwrap(), (0..50).map(|i| i * i).collect::<Vec<_>>());
    for x in 0..3 {
        parallel_for!(for i in 0..10 {
            if i == 5 {
                break;
            }
            std::hint::black_box(x);
        });
    }
    let mut t = vec![0usize; 12];
    parallel_for!(
        num_threads = 3,
        for (i, c) in t.chunks_mut(4).enumerate() {
            c[0] = i;
            c[1] = pymp::thread_num();
        }
    );
    assert_eq!(t, [0, 0, 0, 0, 1, 1, 0, 0, 2, 2, 0, 0]);
    parallel_for!(
        num_threads = 3,
        private(buf = Vec::new()),
        for s in "a b c".split(' ') {
            buf.clear();
            buf.push(s);
            println!("{buf:?}");
        }
    );
}
