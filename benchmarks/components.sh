#!/bin/bash
# Asks the components' questions on node, by what jco makes of them: components.sh [NAME...], c and rust if none is named
# Writes lines of JSON to target/results/components/node.jsonl, and shows them. JCO names versions of jco, ROUNDS,
# ROUND_MS and WARM_UP_MS make it shorter.
set -euo pipefail

cd "$(dirname "$0")"
guests=${GUESTS:-../guests}/components
# The newest one, and an older one, whose synchronous calls are not yet kept track of as tasks: it is far faster.
versions=${JCO:-1.35.0 1.10.2}
names=("$@")
[ $# -gt 0 ] || names=(c rust)
results=target/results/components
node=$(command -v node) || { echo "no node to compare with" >&2; exit 1; }
mkdir -p "$results"

# Node 20 has it behind a flag, and the JavaScript kit needs it; later ones know no such flag.
flags=()
if "$node" --v8-options | grep -q experimental-wasm-extended-const; then flags=(--experimental-wasm-extended-const); fi

for version in $versions; do
  folder=target/jco-$version
  if [ ! -d "$folder/node_modules" ]; then
    mkdir -p "$folder"
    # Or npm would install into the next folder upwards that has one.
    echo '{"private": true}' > "$folder/package.json"
    npm install --silent --prefix "$folder" --ignore-scripts --no-save --no-audit --no-fund "@bytecodealliance/jco@$version"
  fi
  for name in "${names[@]}"; do
    "$node" node/transpile.mjs "$folder/node_modules" "$guests/$name/kit.wasm" "target/components/$version/$name"
  done
done

echo "node $("$node" --version); $(nproc) cores, $(uptime | sed 's/.*load/load/')" >&2
for version in $versions; do
  for name in "${names[@]}"; do
    "$node" "${flags[@]}" node/component.mjs "target/components/$version/$name" "$name" "$version"
  done
done | tee "$results/node.jsonl"
