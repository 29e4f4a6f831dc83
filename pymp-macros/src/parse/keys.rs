//! The words that clauses begin with.

/// Every clause, in the order in which messages list them.
pub(crate) const CLAUSES: &[&str] = &[
    "num_threads",
    "schedule",
    "chunk",
    "if",
    "reduction",
    "private",
    "firstprivate",
    "lastprivate",
    "owned",
    "shared",
    "default",
    "collapse",
    "chunks",
    "atomic",
    "scatter",
    "reproducible",
    "ordered",
    "explain",
    "min_chunk",
    "crate",
];

const REGION_CLAUSES: &[&str] =
    &["num_threads", "schedule", "if", "reduction", "private", "firstprivate", "shared", "default", "explain", "crate"];

/// Whose clauses they are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    Loop,
    Region,
}

impl Of {
    /// Those it may have, in that order.
    pub(crate) fn clauses(self) -> &'static [&'static str] {
        match self {
            Of::Loop => CLAUSES,
            Of::Region => REGION_CLAUSES,
        }
    }
}
