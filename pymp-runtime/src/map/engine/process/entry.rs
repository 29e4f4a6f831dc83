//! Where a child begins, and how a function is found in it. The unsafe half of the engine, behind two safe functions.
//!
//! **Code before main.** `ctor` runs `before_main` in every process that runs the program. In all but our children it looks at one
//! argument, and returns. In a child it is the whole program: it serves the parent, and exits.
//!
//! **Functions named by numbers.** [`number`] is the distance of an instance of [`call`] from [`anchor`]. Both lie in one program, which is
//! loaded as one piece, so the distance is the same in every process that runs it. A parent accepts only a child that shows the same
//! [`likeness`]. A child takes numbers only from whom it was told of on its standard input, on this machine: that is who started it.

use std::marker::PhantomData;
use std::ptr::NonNull;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::wire::Answer;
use super::worker;

/// A function of the user's, from bytes to bytes.
type Call = fn(&[u8]) -> Answer;

// SAFETY: it may run before main, as all it does with std is documented or known to work there on the systems that ctor supports:
// arguments, sockets, threads, allocation, exit. It does not unwind: `serve` catches what tasks do, and exits.
ctor::declarative::ctor! {
    #[ctor(unsafe)]
    fn before_main() {
        if let Some(errand) = worker::errand() {
            worker::serve(&errand);
        }
    }
}

#[inline(never)]
fn anchor(_: &[u8]) -> Answer {
    Answer::Value(Vec::new())
}

fn distance(from: Call, to: Call) -> i64 {
    (to as usize as i64).wrapping_sub(from as usize as i64)
}

/// A number that differs between programs, and between builds of one: distances between functions far apart in the code.
pub(super) fn likeness() -> u64 {
    let far: [usize; 3] =
        [std::thread::yield_now as fn() as usize, std::process::abort as fn() -> ! as usize, before_main as fn() as usize];
    let start = anchor as Call as usize;
    far.iter().fold(0, |sum: u64, place| sum.rotate_left(21) ^ place.wrapping_sub(start) as u64)
}

/// The number of a function that captures nothing. It asks for a value, which the function itself does not need: so there is one.
pub(super) fn number<F, A, B>(_function: F) -> Number<A, B>
where
    F: Fn(A) -> B + Copy + Send + Sync + 'static,
    A: DeserializeOwned,
    B: Serialize,
{
    const {
        assert!(
            size_of::<F>() == 0,
            "the engine `process` takes a function that captures nothing; what it needs goes into its input"
        )
    };
    Number { number: distance(anchor, call::<F, A, B>), types: PhantomData }
}

/// The number of a function from `A` to `B`.
pub(super) struct Number<A, B> {
    number: i64,
    types: PhantomData<fn(A) -> B>,
}

impl<A, B> Number<A, B> {
    pub(super) fn get(&self) -> i64 {
        self.number
    }
}

/// Runs the function with this number.
pub(super) fn run(number: i64, input: &[u8]) -> Answer {
    let address = (anchor as Call as usize as i64).wrapping_add(number) as usize;
    let place: *const () = std::ptr::with_exposed_provenance(address);
    // SAFETY: only `serve` comes here, with numbers that the parent has sent. The parent started this process and has seen that it has
    // the same likeness, so it runs the same program; its numbers are those of `number`, so a `call::<F, A, B>` lies here.
    let call = unsafe { std::mem::transmute::<*const (), Call>(place) };
    call(input)
}

/// Reads the input, calls the function, and writes its value.
fn call<F, A, B>(input: &[u8]) -> Answer
where
    F: Fn(A) -> B + Copy + Send + Sync + 'static,
    A: DeserializeOwned,
    B: Serialize,
{
    // SAFETY: `F` has no bytes, as `number`, the only one that names this instance, asserts; so a dangling pointer is valid for reads of
    // it, and there is nothing to be initialised. A value of it exists, in the parent, so the type is inhabited; it is `Copy`, so there may be another one; and it is `Send` and
    // `Sync`, so it may be on another thread. (What it would mean on top of that, a proof of something in its own process, is not a
    // function that captures nothing; the documentation asks for one.)
    let function: F = unsafe { NonNull::<F>::dangling().read() };
    match postcard::from_bytes(input) {
        Ok(input) => match postcard::to_stdvec(&function(input)) {
            Ok(value) => Answer::Value(value),
            Err(error) => Answer::Unreadable(format!("its value cannot be sent back: {error}")),
        },
        Err(error) => Answer::Unreadable(format!("its input cannot be read: {error}")),
    }
}
