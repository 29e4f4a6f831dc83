//! What would leave the block of a region, or stop a thread of it.
use pymp::prelude::*;

fn question(text: &str) -> Result<i32, std::num::ParseIntError> {
    region!(num_threads = 2, |p| {
        let n: i32 = text.parse()?;
        p.print(format_args!("{n}"));
    });
    Ok(1)
}

fn from_a_function_without_a_result(texts: &[&str]) {
    region!(|p| {
        for i in p.range(0..texts.len()) {
            let n: i32 = texts[i].parse()?;
            println!("{n} {}", texts[i].parse::<f64>()?);
        }
    });
}

fn returning(text: &str) -> i32 {
    region!(|p| {
        if p.thread_num() == 0 {
            return 4;
        }
        println!("{}", if text.is_empty() { return 5 } else { 6 });
    });
    7
}

fn loops() {
    'outer: for _ in 0..10 {
        region!(|p| {
            for i in p.range(0..4) {
                if i == 1 {
                    continue 'outer;
                }
            }
            break;
        });
    }
}

macro_rules! bail {
    ($text:literal) => {
        return Err($text)
    };
}
macro_rules! run {
    ($($tokens:tt)*) => { $($tokens)* };
}

fn macros() -> Result<(), &'static str> {
    region!(|p| {
        p.barrier();
        bail!("no");
    });
    region!(|p| {
        run! { let n = p.thread_num(); if n > 0 { return Ok(()) } }
    });
    Ok(())
}

async fn waits() {
    region!(|p| {
        p.barrier();
        std::future::ready(1).await;
    });
}

#[parallel]
fn on_a_block() -> Option<i32> {
    #[parallel]
    {
        None?;
    }
    #[parallel]
    'block: {
        break 'block;
    }
    None
}

#[parallel]
fn from_a_block_without_a_result(x: Option<i32>) {
    #[parallel]
    {
        let _: i32 = x?;
    }
}

fn main() {}
