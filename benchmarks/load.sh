#!/bin/bash
# Measures calls per second from 1, 2, 4 and 64 threads, on the JDK of JAVA_HOME: load.sh [KIT [ROUNDS [MILLISECONDS]]]
set -euo pipefail

cd "$(dirname "$0")"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
jar=target/benchmarks.jar
if [ ! -f "$jar" ]; then
  echo "no benchmarks/$jar: build it with mvn -q -B -Pbenchmarks -DskipTests -pl benchmarks -am package" >&2
  exit 1
fi
echo "JDK $("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.version = //p');" \
  "$(nproc) cores, $(uptime | sed 's/.*load/load/')" >&2
exec "$java" -Xms1g -Xmx1g -XX:+AlwaysPreTouch -XX:+UseG1GC -XX:G1HeapRegionSize=4m "-Dairlock.guests=${GUESTS:-../guests}" \
  -cp "$jar" dev.airlock.benchmarks.Load "${1:-c}" "${2:-5}" "${3:-1000}"
