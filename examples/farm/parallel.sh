#!/usr/bin/env bash
# Builds the bundles of all cases in a folder with GNU parallel: on the cores of this computer, or on several.
#
#   parallel.sh CASES REPORTS [N] [FLAG …]
#
# CASES    the folder of the cases, each with its bundle.toml
# REPORTS  a folder for the reports, one of each shard
# N        into how many shards the cases are split [8]
# FLAG …   anything else for `courtbundle build`, such as --hearing next-working-day
#
# Ends with a table, and with the exit code that one build of all cases has: 0, all is well; 1, something is missing or
# a case was refused, and a person must look at it; 2, something could not be done.
#
# On several computers: mount CASES and REPORTS at the same place on each, put courtbundle on each, and give parallel
# their names: PARALLEL='--sshlogin one,two,three' parallel.sh CASES REPORTS 24
set -u
if (($# < 2)); then
    echo "usage: ${0##*/} CASES REPORTS [N] [FLAG …]" >&2
    exit 2
fi
cases=$1 reports=$2 shards=${3:-8}
shift "$(($# < 3 ? $# : 3))"
mkdir -p "$reports" || exit 2
rm -f "$reports"/shard-*.json

# A build that ends with 1 or 2 has reported what it found, and the others go on: no --halt. Each shard writes beside
# its final name first, so that half a report of a computer that failed is never taken for a whole one.
one_shard() {
    local reports=$1 cases=$2 shard=$3 of=$4 code=0
    shift 4
    courtbundle build --quiet --jobs 1 --format json --shard "$shard/$of" "$@" "$cases" \
        >"$reports/shard-$shard.part" || code=$?
    mv "$reports/shard-$shard.part" "$reports/shard-$shard.json"
    return "$code"
}
export -f one_shard
seq "$shards" | parallel -q --env one_shard one_shard "$reports" "$cases" {} "$shards" "$@"

# What became of each shard stands in its report; merge finds out if one is missing.
courtbundle report merge "$reports"/shard-*.json
