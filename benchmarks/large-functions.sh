#!/bin/bash
# Measures the effect of -XX:-DontCompileHugeMethods on a guest whose main loop is a large function, the JavaScript kit of
# components (QuickJS): the median call in the second half of some seconds, in alternating pairs: large-functions.sh [PAIRS
# [SECONDS]]
set -euo pipefail

cd "$(dirname "$0")/.."
pairs=${1:-5}
seconds=${2:-20}

# Prints microseconds per call.
run() {
  java -Xss8m "$@" -cp "cli/target/airlock-cli.jar:cli/target/lib/*" benchmarks/LargeFunctions.java "$seconds"
}

for _ in $(seq "$pairs"); do
  without=$(run)
  with=$(run -XX:-DontCompileHugeMethods)
  echo "$without µs without the flag, $with µs with it: $(awk "BEGIN { printf \"%.2f\", $without / $with }") times"
done
