// Asks BoundGreetBenchmark's question by hand in Node: node greet.mjs GUESTS_FOLDER [BYTES], by default 3 bytes.
// Prints nanoseconds per call of each kit, for an ASCII name: the median of the rounds, the lowest and the highest. Then
// prints the same for the guest alone: the same functions are called, but the argument is already in memory and the answer
// is not read. No host of this engine can be faster.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WASI } from 'node:wasi';

const ROUNDS = 9;
const ROUND_MS = 300;
const WARM_UP_MS = 2000;
// How many bytes the answer is longer than the name.
const GREETING = 8;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

const unused = (name) => () => {
  throw new Error(name);
};

async function load(file) {
  const module = await WebAssembly.compile(await readFile(file));
  const imports = { env: { log: unused('log'), answer: unused('answer'), abort: unused('abort') } };
  const needs = WebAssembly.Module.imports(module).map((each) => each.module);
  const wasi = new WASI({ version: 'preview1' });
  if (needs.includes('wasi_snapshot_preview1')) Object.assign(imports, wasi.getImportObject());
  const instance = await WebAssembly.instantiate(module, imports);
  if (instance.exports._initialize) wasi.initialize(instance);
  return instance.exports;
}

// A memory that grows gets another buffer; views of the previous one become empty.
function viewOf(memory) {
  let view = new Uint8Array(memory.buffer);
  return () => (view.buffer === memory.buffer ? view : (view = new Uint8Array(memory.buffer)));
}

// (ptr, len) in, ptr << 32 | len out.
function packed(exports, allocate, free) {
  const view = viewOf(exports.memory);
  const { greet } = exports;
  const call = (name) => {
    const utf8 = encoder.encode(name);
    const ptr = allocate(utf8.length);
    view().set(utf8, ptr);
    const fat = greet(ptr, utf8.length);
    const text = Number(fat >> 32n) >>> 0;
    const length = Number(fat & 0xffffffffn);
    const greeting = decoder.decode(view().subarray(text, text + length));
    free(text, length);
    free(ptr, utf8.length);
    return greeting;
  };
  const alone = (name) => {
    const utf8 = encoder.encode(name);
    const there = allocate(utf8.length);
    view().set(utf8, there);
    const { length } = utf8;
    const answer = { length: length + GREETING };
    return () => {
      const ptr = allocate(length);
      const fat = greet(there, length);
      free(Number(fat >> 32n), length + GREETING);
      free(ptr, length);
      return answer;
    };
  };
  return { call, alone };
}

// Does the same as the code that AssemblyScript's compiler generates for its users.
function managed(exports) {
  const { greet, memory, __new: allocate, __pin: pin } = exports;
  const call = (name) => {
    const ptr = allocate(name.length << 1, 2) >>> 0;
    const units = new Uint16Array(memory.buffer);
    for (let i = 0; i < name.length; i++) units[(ptr >>> 1) + i] = name.charCodeAt(i);
    const text = greet(ptr) >>> 0;
    const end = (text + new Uint32Array(memory.buffer)[(text - 4) >>> 2]) >>> 1;
    const all = new Uint16Array(memory.buffer);
    let start = text >>> 1;
    let greeting = '';
    while (end - start > 1024) greeting += String.fromCharCode(...all.subarray(start, (start += 1024)));
    return greeting + String.fromCharCode(...all.subarray(start, end));
  };
  const alone = (name) => {
    const there = pin(allocate(name.length << 1, 2) >>> 0);
    new Uint16Array(memory.buffer).set(Array.from(name, (unit) => unit.charCodeAt(0)), there >>> 1);
    const size = name.length << 1;
    const answer = { length: name.length + GREETING };
    return () => {
      allocate(size, 2);
      greet(there);
      return answer;
    };
  };
  return { call, alone };
}

const kits = {
  rust: (kit) => packed(kit, kit.alloc, kit.dealloc),
  c: (kit) => packed(kit, kit.malloc, kit.free),
  assemblyscript: managed,
  go: (kit) => packed(kit, kit.malloc, kit.free),
};

// First finds out how many calls to make between two reads of the clock.
function round(greet, name, milliseconds) {
  let batch = 1;
  let calls = 0;
  const start = process.hrtime.bigint();
  const end = start + BigInt(milliseconds) * 1000000n;
  let now = start;
  let length = 0;
  while (now < end) {
    for (let i = 0; i < batch; i++) length += greet(name).length;
    calls += batch;
    const before = now;
    now = process.hrtime.bigint();
    if (now - before < 1000000n) batch *= 2;
  }
  if (length !== calls * (name.length + GREETING)) throw new Error('wrong answers');
  return Number(now - start) / calls;
}

const [folder, bytes = '3'] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node greet.mjs GUESTS_FOLDER [BYTES]');
  process.exit(2);
}
const name = 'Ada'.repeat(Math.ceil(bytes / 3)).slice(0, bytes);
const report = (what, greet) => {
  round(greet, name, WARM_UP_MS);
  const times = Array.from({ length: ROUNDS }, () => round(greet, name, ROUND_MS)).sort((a, b) => a - b);
  const [median, low, high] = [times[ROUNDS >> 1], times[0], times[ROUNDS - 1]].map((ns) => ns.toFixed(1));
  console.log(`${what}: ${median} ns (${low} to ${high}), ${bytes} bytes`);
};
for (const [language, by] of Object.entries(kits)) {
  const { call, alone } = by(await load(join(folder, language, 'kit.wasm')));
  if (call(name) !== `Hello, ${name}!`) throw new Error(`wrong answer: ${language}`);
  report(language, call);
  report(`${language}, the guest alone`, alone(name));
}
