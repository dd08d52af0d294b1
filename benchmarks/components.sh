#!/bin/bash
# Measures calls of components with Airlock, on the JDK of JAVA_HOME, and with jco on node, and prints a table of both:
# components.sh [NAME...], by default c and rust. JCO lists versions of jco; ROUNDS, ROUND_MS and WARM_UP_MS shorten node's
# part; JMH has options for JMH. The measurements stay in target/results/components.
set -euo pipefail

cd "$(dirname "$0")"
guests=${GUESTS:-../guests}/components
# The newest version, and an older one that does not yet track synchronous calls as tasks and is far faster.
versions=${JCO:-1.35.0 1.10.2}
names=("$@")
[ $# -gt 0 ] || names=(c rust)
results=target/results/components
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
jar=target/benchmarks.jar
node=$(command -v node) || { echo "no node to compare with" >&2; exit 1; }
if [ ! -f "$jar" ]; then
  echo "no benchmarks/$jar: build it with mvn -q -B -Pbenchmarks -DskipTests -pl benchmarks -am package" >&2
  exit 1
fi
mkdir -p "$results"

# The JavaScript kit needs this feature. Node 20 has it behind a flag, which later versions do not know.
flags=()
if "$node" --v8-options | grep -q experimental-wasm-extended-const; then flags=(--experimental-wasm-extended-const); fi

for version in $versions; do
  folder=target/jco-$version
  if [ ! -d "$folder/node_modules" ]; then
    mkdir -p "$folder"
    # Without this, npm would install into the nearest parent folder that has a package.json.
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
done > "$results/node.jsonl"

guest=$(IFS=,; echo "${names[*]}")
echo "JDK $("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.version = //p');" \
  "$(uptime | sed 's/.*load/load/')" >&2
# Split into words on purpose: options and their values.
# shellcheck disable=SC2086
"$java" -jar "$jar" ComponentBenchmark -foe true ${JMH:--f 1 -wi 3 -w 1 -i 5 -r 300ms} -p "guest=$guest" \
  -jvmArgsPrepend "-Dairlock.guests=${GUESTS:-../guests}" \
  -rf json -rff "$results/airlock.json" -o "$results/airlock.log" 2>"$results/airlock.err" ||
  { cat "$results/airlock.err" >&2; tail -n 40 "$results/airlock.log" >&2; exit 1; }

"$node" node/components-table.mjs "$results/airlock.json" "$results/node.jsonl"
