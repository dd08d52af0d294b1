// Prints how long a kernel takes in Node, as Compute does for Airlock and Endive: the least processor time in milliseconds.
//   node --no-liftoff compute.mjs GUESTS_FOLDER WARM_UP_MS KERNEL...
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const CALLS = 8;
const [folder, warmUp, ...names] = process.argv.slice(2);
const table = (await readFile(join(folder, 'kernels', 'answers.txt'), 'utf8'))
  .split('\n')
  .filter((line) => line && !line.startsWith('#'))
  .map((line) => line.split(' '));

for (const name of names) {
  const row = table.find(([file]) => file.endsWith('/' + name.replace('scalar-', 'vector-')));
  if (!row) throw new Error(`no such kernel: ${name}`);
  const [file, knownSize, knownAnswer, size, answer] = row;
  const bytes = await readFile(join(folder, file.replace(/[^/]*$/, name) + '.wasm'));
  const { run } = (await WebAssembly.instantiate(bytes)).instance.exports;
  const check = (n, expected) => {
    const actual = String(run(Number(n)));
    if (actual !== expected) throw new Error(`wrong answer: ${actual} instead of ${expected}`);
  };
  check(knownSize, knownAnswer);
  const start = performance.now();
  do check(size, answer);
  while (performance.now() - start < Number(warmUp));
  let least = Infinity;
  for (let i = 0; i < CALLS; i++) {
    const before = process.cpuUsage();
    run(Number(size));
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  console.log(name, least.toFixed(3));
}
