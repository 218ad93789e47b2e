# `just` lists what there is.
_list:
    @just --list --unsorted

# Everything that must hold before a change is taken.
check:
    bash .ci/run

# Unit tests, and the suite that runs the real binary.
test *ARGS:
    cargo test {{ARGS}}

# How long a build takes, beside cat, qpdf and mutool.
bench:
    bash benches/run.sh

# Fuzz one target: load, merge or stamp.
fuzz TARGET *ARGS:
    cargo +nightly fuzz run {{TARGET}} {{ARGS}}

# Write the golden files anew; read the diff before committing it.
bless:
    COURTBUNDLE_BLESS=1 cargo test --test suite
    git diff --stat tests/golden

# The documentation of the library.
book:
    cargo doc --no-deps --open
