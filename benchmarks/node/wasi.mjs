// Runs the program of WasiBenchmark with Node's WASI. Either once, to time a whole process:
//   node wasi.mjs GUEST.wasm FOLDER TASK ARGUMENT
// or repeatedly in one process, which prints microseconds per run to stderr:
//   node wasi.mjs GUEST.wasm FOLDER TASK ARGUMENT ROUNDS >/dev/null
import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';

const [guest, folder, task, argument, rounds] = process.argv.slice(2);
const module = await WebAssembly.compile(await readFile(guest));

async function run() {
  const wasi = new WASI({ version: 'preview1', args: ['io.wasm', task, argument], preopens: { '/': folder }, returnOnExit: true });
  const instance = await WebAssembly.instantiate(module, wasi.getImportObject());
  return wasi.start(instance);
}

if (rounds === undefined) {
  process.exitCode = await run();
} else {
  const times = [];
  for (let i = 0; i < 3 + Number(rounds); i++) {
    const start = process.hrtime.bigint();
    if ((await run()) !== 0) throw new Error(`${task} failed`);
    if (i >= 3) times.push(Number(process.hrtime.bigint() - start) / 1000);
  }
  times.sort((a, b) => a - b);
  const at = (part) => Math.round(times[Math.round(part * (times.length - 1))]);
  console.error(`${task}: median ${at(0.5)} us, middle half ${at(0.25)} to ${at(0.75)}, ${times.length} runs`);
}
