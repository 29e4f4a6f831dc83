//! `?` of another type than the function's.
use pymp::prelude::*;

fn option_in_a_result(x: &[Option<f64>]) -> Result<(), String> {
    parallel_for!(for v in x {
        let _: f64 = (*v)?;
    });
    Ok(())
}

fn no_conversion(x: &[&str]) -> Result<(), String> {
    parallel_for!(for v in x {
        let _: i32 = v.parse::<i32>()?;
    });
    Ok(())
}

fn in_a_function_that_returns_nothing(x: &[&str]) {
    parallel_for!(for v in x {
        let _ = v.parse::<i32>()?;
    });
}

fn after_no_result(x: &[i32]) -> Option<i32> {
    parallel_for!(for v in x {
        let _ = (*v)?;
    });
    None
}

fn wrong_return(x: &[i32]) -> Option<i32> {
    parallel_for!(for v in x {
        return *v;
    });
    None
}

fn main() {}
