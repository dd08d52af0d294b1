#!/bin/bash
# Times whole processes that do much input and output, airlock against node, in alternating pairs: wasi.sh [PAIRS]
set -euo pipefail

cd "$(dirname "$0")/.."
pairs=${1:-10}
guest=guests/c/io.wasm
node=$(command -v node) || { echo "no node to compare with" >&2; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

export NODE_NO_WARNINGS=1
# A cache of our own, so that "warm" does not depend on what ran before.
export AIRLOCK_CACHE=$scratch/cache
mkdir -p "$scratch/data/many"
dd if=/dev/urandom of="$scratch/data/large" bs=1M count=64 status=none
(cd "$scratch/data/many" && seq -f 'file-%.0f' 0 9999 | xargs touch)

seconds() {
  local start end
  start=$(date +%s%N)
  "$@" >/dev/null
  end=$(date +%s%N)
  echo "$((end - start))" | awk '{ print $1 / 1e9 }'
}

echo "| task | peer / Airlock, median | middle half of the pairs | lowest to highest pair | pairs |"
echo "|---|---|---|---|---|"
for task in "put 16384" "sum /large" "list /many" "clock 1000000"; do
  # Split into words on purpose: a task and its argument.
  # shellcheck disable=SC2206
  words=($task)
  airlock=(./airlock run --dir "$scratch/data::/" "$guest" "${words[@]}")
  peer=("$node" benchmarks/node/wasi.mjs "$guest" "$scratch/data" "${words[@]}")
  # The first run builds, archives and compiles. Checks the answers: times of wrong answers would be worthless.
  "${airlock[@]}" >"$scratch/airlock.out"
  "${peer[@]}" >"$scratch/node.out"
  cmp "$scratch/airlock.out" "$scratch/node.out"
  : >"$scratch/times"
  for pair in $(seq -1 "$pairs"); do
    if [ $((pair % 2)) -eq 0 ]; then
      ours=$(seconds "${airlock[@]}")
      theirs=$(seconds "${peer[@]}")
    else
      theirs=$(seconds "${peer[@]}")
      ours=$(seconds "${airlock[@]}")
    fi
    if [ "$pair" -gt 0 ]; then
      echo "$theirs $ours" >>"$scratch/times"
    fi
  done
  awk '{ print $1 / $2 }' "$scratch/times" | sort -n | awk -v task="$task" '
    { ratio[NR] = $1 }
    function at(part) { return ratio[int(part * (NR - 1) + 1.5)] }
    END {
      printf "| %s | %.2f | %.2f to %.2f | %.2f to %.2f | %d |\n", task, at(0.5), at(0.25), at(0.75), ratio[1], ratio[NR], NR
    }'
done
