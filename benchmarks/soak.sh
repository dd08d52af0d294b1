#!/bin/bash
# Runs guests that end badly, and checks whether the process has grown: soak.sh [GUESTS [MINUTES [THREADS]]]
set -euo pipefail

cd "$(dirname "$0")"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
jar=target/benchmarks.jar
if [ ! -f "$jar" ]; then
  echo "no benchmarks/$jar: build it with mvn -q -B -Pbenchmarks -DskipTests -pl benchmarks -am package" >&2
  exit 1
fi
echo "JDK $("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.version = //p'); $(nproc) cores" >&2
exec "$java" -Xmx512m "-Dairlock.guests=${GUESTS:-../guests}" \
  -cp "$jar" dev.airlock.benchmarks.soak.Soak "${1:-100000}" "${2:-60}" "${3:-4}"
