//! A function of several arguments as a function of one tuple.

/// A function that can be called with the parts of a tuple, `f(x, y)`, or with the whole of it, `f((x, y))`. `M` says which; the
/// compiler finds it.
#[diagnostic::on_unimplemented(
    message = "this cannot be called with the parts of `{Args}`",
    note = "`starmap` takes a function of up to six arguments, and as inputs tuples of as many; where its types are not known yet, write them",
    note = "see `pymp::errors::map_argument`"
)]
pub trait Spread<Args, M> {
    /// What the function returns.
    type Value;

    /// Calls it.
    fn spread(&self, args: Args) -> Self::Value;
}

/// The function takes the parts.
#[derive(Debug)]
pub struct Apart;

/// The function takes the tuple.
#[derive(Debug)]
pub struct Whole;

impl<F: Fn(Args) -> B, Args, B> Spread<Args, Whole> for F {
    type Value = B;

    fn spread(&self, args: Args) -> B {
        self(args)
    }
}

macro_rules! apart {
    ($($($part:ident)*;)*) => {$(
        impl<F: Fn($($part),*) -> B, $($part,)* B> Spread<($($part,)*), Apart> for F {
            type Value = B;

            #[expect(non_snake_case, reason = "the names of the types serve as those of the values")]
            fn spread(&self, ($($part,)*): ($($part,)*)) -> B {
                self($($part),*)
            }
        }
    )*};
}

apart! {
    X1;
    X1 X2;
    X1 X2 X3;
    X1 X2 X3 X4;
    X1 X2 X3 X4 X5;
    X1 X2 X3 X4 X5 X6;
}
