#!/usr/bin/env bash
# Measures a whole build against what other tools need only to join the same files.
# usage: benches/run.sh [RUNS]      (default 5; the median is printed)
# Wants python3 with Pillow for the input; qpdf and mutool are measured where they are installed.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-5}
input=target/bench-input
output=target/bench-output

cargo build --release --locked
[ -f "$input/bundle.toml" ] || python3 benches/make_input.py "$input"
mkdir -p "$output"
exec python3 benches/measure.py "$runs" "$input" "$output"
