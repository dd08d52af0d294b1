#!/bin/bash
# Runs the suite on the JDK of JAVA_HOME, in rounds, and prints the table of ratios. Extra arguments go to JMH.
set -euo pipefail

cd "$(dirname "$0")"
rounds=${ROUNDS:-3}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
jar=target/benchmarks.jar

if [ ! -f "$jar" ]; then
  echo "no benchmarks/$jar: build it with mvn -q -B -Pbenchmarks -DskipTests -pl benchmarks -am package" >&2
  exit 1
fi

version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.version = //p')
results=target/results/$version
rm -rf "$results"
mkdir -p "$results"
echo "JDK $version, $rounds rounds; $(nproc) cores, $(uptime | sed 's/.*load/load/')" >&2

# Many short rounds instead of one long one, so that other work on the machine affects all peers alike, and the spread over
# the rounds shows it.
for round in $(seq "$rounds"); do
  echo "round $round of $rounds" >&2
  # Components have their own script and peer. Newer JDKs print long warnings about JMH's use of Unsafe.
  "$java" -jar "$jar" -e ComponentBenchmark -foe true -rf json -rff "$results/$round.json" -o "$results/$round.log" "$@" 2>"$results/$round.err" ||
    { cat "$results/$round.err" >&2; tail -n 40 "$results/$round.log" >&2; exit 1; }
done

"$java" -cp "$jar" dev.airlock.benchmarks.Ratios "$results"/*.json
