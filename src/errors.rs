//! The index of errors: what each message means, why, and what to write.
//!
//! A message ends with the name of its page here:
//!
//! ```text
//! error: the loop carries a dependence on `y`: iteration i reads `y[i - 1]`, which iteration i - 1 writes; ..
//!        see `pymp::errors::carried`
//!  --> src/main.rs:6:5
//!   |
//! 6 |     y[i] = y[i - 1] + 1.0;
//!   |     ^^^^^^^^^^^^^^^
//! ```
//!
//! | the message is about | pages |
//! |---|---|
//! | what the loop writes | [`carried`], [`other_element`], [`updated_element`], [`updated`], [`kept_together`], [`assigned`], [`changed`], [`appended`], [`too_many`] |
//! | what a clause allows | [`reduction_use`], [`lastprivate_read`], [`under_clause`], [`default_none`] |
//! | ways out of the loop | [`outer_label`], [`suspended`], [`hidden_exit`], [`ordered`] |
//! | how a clause is written | [`unknown_clause`], [`clause_shape`], [`clause_value`], [`clause_variable`], [`clause_twice`], [`schedule`], [`operator`], [`one_loop`], [`crate_path`], [`collapse`] |
//! | where the directive stands | [`alone`], [`wrong_place`], [`no_loop`], [`several_loops`], [`unreadable`], [`for_macro`] |
//! | types, which rustc judges | [`not_shared`], [`not_sent`], [`not_iterable`], [`not_indexed`], [`no_array`], [`not_reduced`], [`question`], [`shared_array`] |
//! | maps | [`parmap_shape`], [`engine`], [`map_argument`] |
//! | regions | [`region_shape`], [`region_clause`], [`region_exit`], [`region_write`], [`region_items`] |
//!
//! Each page has the wrong code, the reason, and the right code:
//!
//! ```
//! use pymp::prelude::*;
//!
//! let mut y = vec![1.0; 100];
//! let old = y.to_vec();
//! parallel_for!(for i in 1..y.len() {
//!     y[i] = old[i - 1] + 1.0;
//! });
//! assert_eq!(y[99], 2.0);
//! ```
//!
//! What only the types show is said by rustc. Its errors have a code, and notes that name the page. Where a part of a type is the reason, a
//! `Cell` in a struct, rustc says which, and shows the line of ours that asks and names the page.

// In sight, so that rustc shows their names without a path that nobody can write.
#[doc(no_inline)]
pub use pymp_runtime::{disjoint::GivenToThreads, looping::seen::SharedByAllThreads};

// Out of sight, so that rustc shows its name with this path, which names the page.
#[doc(hidden)]
pub mod __hidden_exit {
    pub use pymp_runtime::looping::WriteThisOutsideOfTheMacro;
}

macro_rules! pages {
    ($($name:ident)*) => {$(
        #[doc = include_str!(concat!("docs/errors/", stringify!($name), ".md"))]
        pub mod $name {}
    )*};
}

pages! {
    alone
    appended
    assigned
    carried
    changed
    clause_shape
    clause_twice
    clause_value
    clause_variable
    collapse
    crate_path
    default_none
    engine
    for_macro
    hidden_exit
    kept_together
    lastprivate_read
    map_argument
    no_array
    no_loop
    not_indexed
    not_iterable
    not_reduced
    not_sent
    not_shared
    one_loop
    operator
    ordered
    other_element
    outer_label
    parmap_shape
    question
    reduction_use
    region_clause
    region_exit
    region_items
    region_shape
    region_write
    schedule
    several_loops
    shared_array
    suspended
    too_many
    under_clause
    unknown_clause
    unreadable
    updated
    updated_element
    wrong_place
}
