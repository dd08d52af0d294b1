#!/bin/bash
# Compares a whole process that compiles its guest with one that finds it in the cache, in alternating pairs. Measures
# wall-clock time and processor time, which other work on the machine disturbs less: cache.sh [PAIRS [GUEST]]
set -euo pipefail

cd "$(dirname "$0")/.."
pairs=${1:-10}
guest=${2:-guests/go/words.wasm}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
echo "hello world hello" >"$scratch/in"
export AIRLOCK_CACHE=$scratch/cache
TIMEFORMAT='%R %U %S'

# Prints seconds of wall-clock time and of processor time.
run() {
  { time ./airlock run "$@" "$guest" <"$scratch/in" >"$scratch/out" 2>"$scratch/err"; } 2>&1 | awk '{ print $1, $2 + $3 }'
}

# The first run builds the command, archives classes and compiles the guest.
run >/dev/null
cp "$scratch/out" "$scratch/expected"
for _ in $(seq "$pairs"); do
  first=$(run --no-cache)
  cmp "$scratch/out" "$scratch/expected"
  again=$(run)
  cmp "$scratch/out" "$scratch/expected"
  echo "$first $again" | tee -a "$scratch/times" >&2
done

for column in 1 2; do
  awk -v c=$column '{ print $(c + 2) / $c, $c, $(c + 2) }' "$scratch/times" | sort -n | awk -v c=$column '
    { ratio[NR] = $1; line[NR] = $2 " s against " $3 " s" }
    END {
      m = int((NR + 1) / 2)
      printf "%s: from the cache takes %.2f of a first start (%.2f to %.2f, %d pairs; the median pair: %s)\n",
        c == 1 ? "wall" : "processors", ratio[m], ratio[1], ratio[NR], NR, line[m]
    }'
done
