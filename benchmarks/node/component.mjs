// Measures the kit of components, as transpiled by jco for node: node component.mjs TRANSPILED_FOLDER NAME JCO_VERSION
// Prints a line of JSON for each question: nanoseconds per call, the median of the rounds, the lowest and the highest. If a
// guest calls its host in a loop, a call is one pass of the loop.
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROUNDS = Number(process.env.ROUNDS ?? 9);
const ROUND_MS = Number(process.env.ROUND_MS ?? 200);
const WARM_UP_MS = Number(process.env.WARM_UP_MS ?? 1000);
const LOOP = 1000;

const [folder, guest, jco] = process.argv.slice(2);
if (!jco) {
  console.error('usage: node component.mjs TRANSPILED_FOLDER NAME JCO_VERSION');
  process.exit(2);
}

// For each export, jco tries this and catches the error if it is missing, which takes 100 ms per instance. That would
// measure node 20 and not jco. No question here uses it.
WebAssembly.promising ??= (each) => each;

let ticks = 0;
class Tally {}
const host = {
  log: (text) => void (ticks += text.length),
  answer: (question) => question,
  add: (a, b) => (a + b) | 0,
  tick: () => void ticks++,
  check: (text) => text.length,
  review: (level, entries) => entries,
  relay: (all) => all,
  Tally,
  openTally: () => undefined,
};

const compiled = {};
for (const file of await readdir(folder)) {
  if (file.endsWith('.wasm')) compiled[file] = await WebAssembly.compile(await readFile(join(folder, file)));
}
const kit = await import(pathToFileURL(resolve(folder, 'kit.mjs')));
const instantiate = () => kit.instantiate((path) => compiled[path], { 'demo:kit/host': host })['demo:kit/api'];
const api = instantiate();

const text = (size) => 'x'.repeat(size);
const bytes = (size) => new Uint8Array(size).fill(120);
const u32s = (size) => Uint32Array.from({ length: size / 4 }, (_, i) => i);
const ten = {
  a: true, b: 200, c: -3, d: 4000000000, e: -5n, f: 0.25, g: 0.1, h: 'ß', i: 'ten fields', j: Uint8Array.of(1, 2, 3),
};
const entries = Array.from({ length: 1000 }, (_, id) => ({ id, name: `entry ${id}`, price: id / 4 }));
const shape = { tag: 'label', val: 'a shape' };
const account = new api.Account('Ada');
account.deposit(100n);

// Each has a call and a check of its answer.
const questions = {
  nothing: [() => api.nothing(), (answer) => answer === undefined],
  add: [() => api.add(20, 22), (answer) => answer === 42],
  record: [() => api.echoTen(ten), (answer) => answer.i === ten.i && answer.j.length === 3],
  records: [() => api.echoEntries(entries), (answer) => answer.length === 1000 && answer[999].name === 'entry 999'],
  variant: [() => api.echoShape(shape), (answer) => answer.val === shape.val],
  method: [() => account.balance(), (answer) => answer === 100n],
};
for (const size of [1024, 65536]) {
  const [string, list, numbers] = [text(size), bytes(size), u32s(size)];
  Object.assign(questions, {
    [`stringIn ${size}`]: [() => api.takeString(string), (answer) => answer === size],
    [`stringOut ${size}`]: [() => api.makeString(size), (answer) => answer.length === size],
    [`stringEcho ${size}`]: [() => api.echo(string), (answer) => answer.length === size],
    [`bytesIn ${size}`]: [() => api.takeBytes(list), (answer) => answer === size],
    [`bytesOut ${size}`]: [() => api.makeBytes(size), (answer) => answer.length === size],
    [`bytesEcho ${size}`]: [() => api.echoBytes(list), (answer) => answer.length === size],
    [`u32sIn ${size}`]: [() => api.takeU32s(numbers), (answer) => answer === size / 4],
    [`u32sOut ${size}`]: [() => api.makeU32s(size / 4), (answer) => answer.length === size / 4],
    [`u32sEcho ${size}`]: [() => api.echoU32s(numbers), (answer) => answer.length === size / 4],
  });
}
const kibibyte = text(1024);
const loops = {
  hostTick: [() => api.callTick(LOOP), () => ticks === LOOP],
  hostAdd: [() => api.callAdd(LOOP), (answer) => answer === LOOP],
  'hostText 1024': [() => api.callLog(LOOP, kibibyte), () => ticks === LOOP * 1024],
};

// First finds out how many calls to make between two reads of the clock.
function round(call, milliseconds) {
  let batch = 1;
  let calls = 0;
  let kept;
  const start = process.hrtime.bigint();
  const end = start + BigInt(milliseconds) * 1000000n;
  let now = start;
  while (now < end) {
    for (let i = 0; i < batch; i++) kept = call();
    calls += batch;
    const before = now;
    now = process.hrtime.bigint();
    if (now - before < 1000000n) batch *= 2;
  }
  return { ns: Number(now - start) / calls, kept };
}

function measure(question, call, good, callsEach) {
  ticks = 0;
  if (!good(call())) throw new Error(`wrong answer: ${question}`);
  round(call, WARM_UP_MS);
  const times = Array.from({ length: ROUNDS }, () => round(call, ROUND_MS).ns / callsEach).sort((a, b) => a - b);
  const [name, size] = question.split(' ');
  const [ns, low, high] = [times[ROUNDS >> 1], times[0], times[ROUNDS - 1]].map((time) => Number(time.toFixed(1)));
  const line = { runtime: `jco ${jco}`, guest, question: name, ...(size && { bytes: Number(size) }), ns, low, high };
  console.log(JSON.stringify({ ...line, rounds: ROUNDS }));
}

for (const [question, [call, good]] of Object.entries(questions)) measure(question, call, good, 1);
for (const [question, [call, good]] of Object.entries(loops)) measure(question, call, good, LOOP);
measure('instantiate', instantiate, (fresh) => fresh.add(1, 2) === 3, 1);
