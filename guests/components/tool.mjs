// The steps of build.sh that jco does, in one process: node tool.mjs MODULES STEP...
//   component WIT CORE OUT     a core module and its world to a component
//   parse WAT OUT              text to binary; what does not validate is refused when it is transpiled
//   print IN                   binary to text
//   wit IN                     a component's world
//   dummy WIT                  the core module that a world asks for, as text
import { readFile, writeFile } from 'node:fs/promises';
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
