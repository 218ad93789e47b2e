#!/usr/bin/env bash
# Measures a whole build against what other tools need only to join the same files.
# usage: benches/run.sh [RUNS [CASE...]]    (5 runs, of which the median is printed; mixed)
# The cases are those of make_input.py: mixed, digital, half, many.
# Wants python3 with Pillow for the input; qpdf and mutool are measured where they are installed.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-5}
shift || true
[ $# -gt 0 ] || set -- mixed
output=target/bench-output

cargo build --release --locked
mkdir -p "$output"
for case; do
    input=target/bench-input/$case
    [ -f "$input/bundle.toml" ] || python3 benches/make_input.py "$case" "$input"
    echo "## $case"
    python3 benches/measure.py "$runs" "$input" "$output"
done
