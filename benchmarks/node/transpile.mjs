// Does the same as `jco transpile --instantiation sync`: node transpile.mjs MODULES COMPONENT OUT_FOLDER
// Runs in a separate process, so that its garbage does not slow down the measurement.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, component, out] = process.argv.slice(2);
if (!out) {
  console.error('usage: node transpile.mjs MODULES COMPONENT OUT_FOLDER');
  process.exit(2);
}
const main = createRequire(join(resolve(modules), 'any.js')).resolve('@bytecodealliance/jco');
const { transpile } = await import(pathToFileURL(main));
const { files } = await transpile(await readFile(component), { name: 'kit', instantiation: 'sync' });
await mkdir(out, { recursive: true });
for (const [path, content] of Object.entries(files)) {
  if (path.endsWith('.js')) await writeFile(join(out, 'kit.mjs'), content);
  else if (path.endsWith('.wasm')) await writeFile(join(out, basename(path)), content);
}
