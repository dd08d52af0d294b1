#!/bin/bash
# Times a whole process, airlock against node, in alternating pairs: startup.sh [PAIRS]
set -euo pipefail

cd "$(dirname "$0")/.."
pairs=${1:-20}
guest=guests/rust/repeat.wasm
node=$(command -v node) || { echo "no node to compare with" >&2; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
printf '{"name":"Rust","num":10}' >"$scratch/in"

# Node warns at each start that its WASI is experimental. Suppressed, since Airlock prints no such text.
export NODE_NO_WARNINGS=1
# A cache of our own, so that "warm" does not depend on what ran before.
export AIRLOCK_CACHE=$scratch/cache
airlock=(./airlock run "$guest")
peer=("$node" benchmarks/node/repeat.mjs "$guest")

# The first run builds, archives and compiles. Checks the answers: times of wrong answers would be worthless.
"${airlock[@]}" <"$scratch/in" >"$scratch/airlock.out"
"${peer[@]}" <"$scratch/in" >"$scratch/node.out"
cmp "$scratch/airlock.out" "$scratch/node.out"

# Prints seconds per run.
if command -v hyperfine >/dev/null; then
  # Older versions of hyperfine cannot pass input to a command, so a shell does, for both commands.
  seconds() {
    hyperfine --shell=none --runs 1 --style none --export-csv "$scratch/csv" "sh -c 'exec $* <$scratch/in'" \
      >/dev/null 2>"$scratch/err" || { cat "$scratch/err" >&2; exit 1; }
    awk -F, 'NR == 2 { print $(NF - 6) }' "$scratch/csv"
  }
else
  seconds() {
    local start end
    start=$(date +%s%N)
    "$@" <"$scratch/in" >/dev/null
    end=$(date +%s%N)
    echo "$((end - start))" | awk '{ print $1 / 1e9 }'
  }
fi

for pair in $(seq -2 "$pairs"); do
  if [ $((pair % 2)) -eq 0 ]; then
    ours=$(seconds "${airlock[@]}")
    theirs=$(seconds "${peer[@]}")
  else
    theirs=$(seconds "${peer[@]}")
    ours=$(seconds "${airlock[@]}")
  fi
  # The first pairs fill the machine's caches.
  if [ "$pair" -gt 0 ]; then
    echo "$theirs $ours" >>"$scratch/times"
  fi
done

awk '{ print $1 / $2 }' "$scratch/times" | sort -n | awk '
  { ratio[NR] = $1 }
  function at(part) { return ratio[int(part * (NR - 1) + 1.5)] }
  END {
    print "| benchmark | peer | peer / Airlock, median | middle half of the pairs | lowest to highest pair | pairs |"
    print "|---|---|---|---|---|---|"
    printf "| whole process | node | %.2f | %.2f to %.2f | %.2f to %.2f | %d |\n", at(0.5), at(0.25), at(0.75), ratio[1], ratio[NR], NR
  }'
