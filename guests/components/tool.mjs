// The steps of build.sh that npm's packages do: node tool.mjs MODULES STEP..., MODULES being a node_modules folder
//   component WIT CORE OUT      a core module and its world to a component
//   javascript WIT SOURCE OUT  an ES module to a component, with QuickJS inside and no WASI
//   parse WAT OUT               text to binary, which is not validated
//   print IN                    binary to text
//   wit IN                      a component's world
//   dummy WIT                   the core module that a world asks for, as text
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, step, ...files] = process.argv.slice(2);
const jco = await import(pathToFileURL(`${modules}/@bytecodealliance/jco-transpile/dist/wasm-tools.js`));

const steps = {
  async component(wit, core, out) {
    const embedded = await jco.componentEmbed({
      binary: await readFile(core),
      witSource: await readFile(wit, 'utf8'),
      metadata: [],
    });
    await writeFile(out, await jco.componentNew(embedded, []));
  },
  async javascript(witPath, jsPath, out) {
    const { componentize } = createRequire(`${resolve(modules)}/`)('componentize-qjs');
    const jsSource = await readFile(jsPath, 'utf8');
    const options = { sync: true, stubWasi: true, optSize: true };
    const { component } = await componentize({ witPath, jsSource, ...options });
    await writeFile(out, component);
  },
  async parse(wat, out) {
    await writeFile(out, await jco.parse(await readFile(wat, 'utf8')));
  },
  async print(file) {
    console.log(await jco.print(await readFile(file)));
  },
  async wit(file) {
    console.log(await jco.componentWit(await readFile(file)));
  },
  async dummy(wit) {
    console.log(await jco.print(await jco.componentEmbed({ dummy: true, witSource: await readFile(wit, 'utf8') })));
  },
};

await steps[step](...files);
