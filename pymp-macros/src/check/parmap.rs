//! The rules about `parmap!`.

use syn::{Expr, ExprLit, Lit};

use crate::diag::Diagnostics;
use crate::diag::parmap as say;
use crate::parse::ParmapCall;

/// The engines that can be named, and what stands for each in the hidden module of the facade: a constant, or a macro where a cargo feature must
/// be there.
pub(crate) const ENGINES: &[(&str, &str)] = &[
    ("serial", "ENGINE_SERIAL"),
    ("threads", "ENGINE_THREADS"),
    ("blocking", "ENGINE_BLOCKING"),
    ("process", "process_engine"),
    ("async", "async_engine"),
];

/// The text of a literal.
pub(crate) fn text(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        Expr::Paren(inner) => text(&inner.expr),
        Expr::Group(inner) => text(&inner.expr),
        _ => None,
    }
}

pub(crate) fn parmap(call: &ParmapCall, errors: &mut Diagnostics) {
    for (key, value) in &call.settings {
        match key.to_string().as_str() {
            key @ ("workers" | "chunk") => super::number(key, value, errors),
            "engine" => {
                if let Some(word) = text(value)
                    && !ENGINES.iter().any(|(name, _)| *name == word)
                {
                    errors.push(say::unknown_engine(value, &word));
                }
            }
            _ => {}
        }
    }
}
