# `just check` is what CI runs.
check: fmt clippy doc test tour

fmt:
    cargo fmt --all -- --check

clippy:
    cargo clippy --workspace --all-targets -- -D warnings

doc:
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps

test:
    cargo test --workspace

tour:
    cargo run --release --example tour

# The protocol of the workers' slots under every interleaving.
loom:
    RUSTFLAGS="--cfg loom" cargo test -p pymp-runtime --release --lib loom

ui:
    cargo test --test ui

# Accept changed messages, after reading each as a user would.
bless:
    TRYBUILD=overwrite cargo test --test ui

bench:
    cargo run --release -p pymp-bench

all: check loom
