// Prints the table of components.sh: node components-table.mjs JMH_JSON NODE_JSONL
// A line for each question: nanoseconds of Airlock (the median of the iterations), of each peer, and peer / Airlock, which
// is over 1 if Airlock is faster. If a guest calls its host in a loop, a call is one pass of the loop.
import { readFile } from 'node:fs/promises';

const [ours, theirs] = process.argv.slice(2);
if (!theirs) {
  console.error('usage: node components-table.mjs JMH_JSON NODE_JSONL');
  process.exit(2);
}

const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
const key = (guest, question, bytes) => [guest, question, bytes ?? ''].join(' ');
const shown = (ns) => (ns < 100 ? ns.toFixed(1) : Math.round(ns).toLocaleString('en'));

const airlock = new Map();
for (const { benchmark, params, mode, primaryMetric } of JSON.parse(await readFile(ours, 'utf8'))) {
  if (mode !== 'avgt' || primaryMetric.scoreUnit !== 'ns/op') throw new Error(`not nanoseconds: ${benchmark}`);
  const question = benchmark.slice(benchmark.lastIndexOf('.') + 1);
  airlock.set(key(params.guest, question, params.bytes), primaryMetric.rawData.flat());
}

const peers = new Map();
for (const line of (await readFile(theirs, 'utf8')).trim().split('\n')) {
  const { runtime, guest, question, bytes, ns } = JSON.parse(line);
  // In JMH the size of the text is a constant here, not a parameter.
  const size = question === 'hostText' ? undefined : bytes;
  if (!peers.has(runtime)) peers.set(runtime, new Map());
  peers.get(runtime).set(key(guest, question, size), ns);
}

const names = [...peers.keys()];
console.log(`| guest | question | bytes | Airlock, ns | lowest to highest |${names.map((name) => ` ${name}, ns | ratio |`).join('')}`);
console.log(`|---|---|---|---|---|${'---|---|'.repeat(names.length)}`);
const all = [...peers.get(names[0]).keys()];
// Questions that only Airlock can answer come last.
for (const asked of [...all, ...[...airlock.keys()].filter((question) => !peers.get(names[0]).has(question))]) {
  const times = airlock.get(asked);
  if (!times) throw new Error(`Airlock was not asked: ${asked}`);
  const ns = median(times);
  const [guest, question, bytes] = asked.split(' ');
  const others = names
    .map((name) => peers.get(name).get(asked))
    .map((peer) => (peer === undefined ? '  |  |' : ` ${shown(peer)} | ${(peer / ns).toFixed(2)} |`));
  const spread = `${shown(Math.min(...times))} to ${shown(Math.max(...times))}`;
  console.log(`| ${guest} | ${question} | ${bytes} | ${shown(ns)} | ${spread} |${others.join('')}`);
}
