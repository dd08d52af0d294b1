#!/bin/bash
# Measures kernels that only compute with Airlock, on the JDK of JAVA_HOME, and with Endive, beside node, and prints a table of
# ratios to node's time, which is less if it is faster: compute.sh [KERNEL...], by default the 18 without vectors; "vectors"
# means those with vectors, which Endive runs as they are without. ROUNDS, by default 3, and WARM_UP_MS, by default 1500; JVM has
# options for both JVMs.
set -euo pipefail

cd "$(dirname "$0")"
guests=${GUESTS:-../guests}
rounds=${ROUNDS:-3}
warm_up=${WARM_UP_MS:-1500}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
jar=target/benchmarks.jar
node=$(command -v node) || { echo "no node to compare with" >&2; exit 1; }
if [ ! -f "$jar" ]; then
  echo "no benchmarks/$jar: build it with mvn -q -B -Pbenchmarks -DskipTests -pl benchmarks -am package" >&2
  exit 1
fi

case ${1:-all} in
  all)
    names=(sha256 matrix nbody fannkuch spectral mandelbrot sort base64 json search interpreter trees chase lz indirect mix64 fib
      sieve)
    ;;
  vectors) names=(vector-matrix vector-utf8 vector-chacha vector-filter vector-nbody vector-base64 vector-dot) ;;
  *) names=("$@") ;;
esac

echo "JDK $("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.version = //p'), node $("$node" --version)," \
  "$rounds rounds; $(nproc) cores, $(uptime | sed 's/.*load/load/')" >&2

# A process for each, in turn, so that other work on the machine affects all alike.
measure() {
  case $1 in
    node) "$node" --no-liftoff node/compute.mjs "$guests" "$warm_up" "$2" ;;
    # Split into words on purpose: options. A fixed heap, so that no page of it is touched for the first time while it counts.
    # shellcheck disable=SC2086
    *) "$java" -Xms512m -Xmx512m -XX:+AlwaysPreTouch -XX:+UseG1GC ${JVM:-} "-Dairlock.guests=$guests" -cp "$jar" \
      dev.airlock.benchmarks.Compute "$1" "$warm_up" "$2" ;;
  esac | sed "s/^[^ ]* /$1 $name /"
}

for _ in $(seq "$rounds"); do
  for name in "${names[@]}"; do
    measure node "$name"
    measure airlock "$name"
    measure endive "${name/vector-/scalar-}"
  done
done | awk '
  { if (!(($1, $2) in least) || $3 < least[$1, $2]) least[$1, $2] = $3 }
  !($2 in seen) { seen[$2]; order[++count] = $2 }
  END {
    print "| kernel | node, ms | Airlock / node | Endive / node |"
    print "|---|---|---|---|"
    for (i = 1; i <= count; i++) {
      name = order[i]
      ours = least["airlock", name] / least["node", name]
      peer = least["endive", name] / least["node", name]
      printf "| %s | %.2f | %.2f | %.2f |\n", name, least["node", name], ours, peer
      ours_sum += log(ours)
      peer_sum += log(peer)
    }
    printf "| **geometric mean** | | %.2f | %.2f |\n", exp(ours_sum / count), exp(peer_sum / count)
  }'
