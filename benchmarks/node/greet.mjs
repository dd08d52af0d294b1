// BoundGreetBenchmark's question by hand in Node: node greet.mjs GUESTS_FOLDER [BYTES], 3 bytes if none are named.
// Prints nanoseconds per call of each kit, for an ASCII name: the median of the rounds, the lowest and the highest.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WASI } from 'node:wasi';

const ROUNDS = 9;
const ROUND_MS = 300;
const WARM_UP_MS = 2000;

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

// A memory that grows gets another buffer, and the view of the one before is empty then.
function viewOf(memory) {
  let view = new Uint8Array(memory.buffer);
  return () => (view.buffer === memory.buffer ? view : (view = new Uint8Array(memory.buffer)));
}

// (ptr, len) in, ptr << 32 | len out.
function packed(exports, allocate, free) {
  const view = viewOf(exports.memory);
  const { greet } = exports;
  return (name) => {
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
}

// As the code does that AssemblyScript's compiler writes for its users.
function managed(exports) {
  const { greet, memory, __new: allocate } = exports;
  return (name) => {
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
}

const kits = {
  rust: (kit) => packed(kit, kit.alloc, kit.dealloc),
  c: (kit) => packed(kit, kit.malloc, kit.free),
  assemblyscript: managed,
  go: (kit) => packed(kit, kit.malloc, kit.free),
};

// How many calls there are between two looks at the clock is found out first.
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
  if (length !== calls * (name.length + 8)) throw new Error('wrong answers');
  return Number(now - start) / calls;
}

const [folder, bytes = '3'] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node greet.mjs GUESTS_FOLDER [BYTES]');
  process.exit(2);
}
const name = 'Ada'.repeat(Math.ceil(bytes / 3)).slice(0, bytes);
for (const [language, by] of Object.entries(kits)) {
  const greet = by(await load(join(folder, language, 'kit.wasm')));
  if (greet(name) !== `Hello, ${name}!`) throw new Error(`wrong answer: ${language}`);
  round(greet, name, WARM_UP_MS);
  const times = Array.from({ length: ROUNDS }, () => round(greet, name, ROUND_MS)).sort((a, b) => a - b);
  const [median, low, high] = [times[ROUNDS >> 1], times[0], times[ROUNDS - 1]].map((ns) => ns.toFixed(1));
  console.log(`${language}: ${median} ns (${low} to ${high}), ${bytes} bytes`);
}
