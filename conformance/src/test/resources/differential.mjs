// Runs generated modules for DifferentialTest. One JSON line in for each module:
//   {"wasm": base64, "exports": [name…], "arguments": [[i32, i64, f32 bits, f64 bits]…]}
// and one line out: an array with one text for each call, in the order exports × arguments. The line {"probe": base64} asks
// whether a module is valid. An instance is replaced after a trap or an exception.
import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';

const view = new DataView(new ArrayBuffer(8));

function float(bits) {
  view.setUint32(0, Number(bits));
  return view.getFloat32(0);
}

function double(bits) {
  view.setBigUint64(0, BigInt(bits));
  return view.getFloat64(0);
}

function text(value) {
  if (typeof value === 'bigint') return 'l' + BigInt.asIntN(64, value);
  if (Number.isNaN(value)) return 'nan';
  view.setFloat64(0, value);
  return 'n' + view.getBigUint64(0).toString(16);
}

const TRAPS = [
  [/unreachable/, 'unreachable'],
  [/divide by zero|remainder by zero/, 'division'],
  [/unrepresentable/, 'range'],
  [/memory access out of bounds|data segment/, 'memory'],
  [/table index is out of bounds|table access out of bounds|element segment/, 'table'],
  [/null function or function signature mismatch/, 'signature'],
  [/unaligned/, 'alignment'],
  [/null pointer/, 'null'],
  [/illegal cast/, 'cast'],
  [/array element access out of bounds|array index/, 'array'],
];

function failure(error) {
  if (error instanceof WebAssembly.Exception) return 'exception';
  if (error instanceof WebAssembly.RuntimeError) {
    const known = TRAPS.find(([pattern]) => pattern.test(error.message));
    return 'trap ' + (known ? known[1] : error.message);
  }
  return 'error ' + error;
}

function state(instance) {
  const hash = createHash('md5').update(new Uint8Array(instance.exports.memory.buffer)).digest('hex');
  const globals = Object.keys(instance.exports)
    .filter(name => name.startsWith('g'))
    .map(name => text(instance.exports[name].value));
  return ' memory ' + hash + ' globals ' + globals.join(' ');
}

function run({ wasm, exports, arguments: given }) {
  const module = new WebAssembly.Module(Buffer.from(wasm, 'base64'));
  let instance = new WebAssembly.Instance(module);
  const results = [];
  for (const name of exports) {
    for (const [i, l, f, d] of given) {
      try {
        const result = instance.exports[name](i, BigInt(l), float(f), double(d));
        const all = result === undefined ? [] : Array.isArray(result) ? result : [result];
        results.push(all.map(text).join(' '));
      } catch (error) {
        results.push(failure(error) + state(instance));
        instance = new WebAssembly.Instance(module);
      }
    }
    results[results.length - 1] += state(instance) + ' ' + instance.exports.state().map(text).join(' ');
  }
  return results;
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  let answer;
  try {
    answer = request.probe ? WebAssembly.validate(Buffer.from(request.probe, 'base64')) : run(request);
  } catch (error) {
    answer = ['error ' + error];
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}
