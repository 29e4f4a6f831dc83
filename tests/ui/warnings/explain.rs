//! `explain` shows what was decided, on the loop; `main` calls a fn that is not there, since a program that compiles prints nothing.
use pymp::prelude::*;

fn dot(x: &[f64], y: &[f64], z: &mut [f64], a: f64) -> f64 {
    let mut sum = 0.0;
    parallel_for!(explain, num_threads = 4, schedule = "dynamic,64", reduction(+: sum), for i in 0..x.len() {
        sum += x[i] * y[i];
        z[i] = a * x[i];
    });
    sum
}

struct Image {
    width: usize,
    cells: Vec<u8>,
    counts: [u32; 256],
}

#[parallel]
impl Image {
    fn fill(&mut self, text: &[String]) -> Result<(), std::num::ParseIntError> {
        let (mut last, scale) = (0, 2);
        #[parallel(explain, collapse = 2, if = self.width > 10, private(buffer = String::new()), lastprivate(last))]
        for i in 0..100 {
            for j in 0..self.width {
                buffer.clear();
                self.cells[i * self.width + j] = text[i].parse::<u8>()? * scale;
                last = i;
            }
        }
        #[parallel(explain, atomic(self.counts))]
        for (i, cell) in self.cells.iter().enumerate() {
            if i > last {
                break;
            }
            self.counts[*cell as usize] += 1;
        }
        Ok(())
    }
}

fn together(words: &[String]) -> usize {
    let (mut longest, scale) = (0, 2);
    region!(explain, num_threads = 4, schedule = "dynamic,8", reduction(max: longest), private(buffer = String::new()), |p| {
        for word in p.loop_over(words) {
            buffer.clear();
            buffer.push_str(word);
            longest = longest.max(buffer.len() * scale);
        }
    });
    longest
}

fn main() {
    not_there();
}
