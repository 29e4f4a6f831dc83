# What CI runs, by the same script, so that the two cannot differ.
check:
    .ci/run

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

# The attribute alone on loops and blocks.
nightly:
    RUSTFLAGS="--cfg nightly" cargo +nightly test --test nightly --target-dir target/nightly

ui:
    cargo test --test ui

# Accept changed messages, after reading each as a user would.
bless:
    TRYBUILD=overwrite cargo test --test ui

# Us beside the serial loop, C OpenMP and the other peers, for the processor that C is compiled for too.
bench *words:
    RUSTFLAGS="-C target-cpu=x86-64-v3" cargo run --release --target-dir target/bench -p pymp-bench --features peers,plot -- {{words}}

all: check loom
