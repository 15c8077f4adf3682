// Builds the examples into build/examples, as their READMEs say, with the package of this checkout.
// Usage: node web/examples/build.mjs [NAME...]   (all of them by default)
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const library = ['elements.js', 'index.js', 'worker.js', 'cento.wasm'];

/** Copies an example's files; gives the folder of the copy. */
function copyOf(name, folder = '') {
  const out = `${root}build/examples/${name}`;
  rmSync(out, { recursive: true, force: true });
  cpSync(`${root}web/examples/${name}${folder}`, out, { recursive: true });
  return out;
}

/** `npx cento build` */
function buildPack(...args) {
  execFileSync(process.execPath, [`${root}dist/cli.js`, 'build', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function copyLibrary(folder) {
  mkdirSync(folder, { recursive: true });
  for (const file of library) cpSync(`${root}dist/${file}`, `${folder}/${file}`);
}

const examples = {
  'static-site'() {
    const out = copyOf('static-site', '/public');
    buildPack(out, '--out', `${out}/pack`, '--name', 'skerry-point');
    copyLibrary(`${out}/cento`);
  },
};

const names = process.argv.slice(2);
for (const name of names.length > 0 ? names : Object.keys(examples)) await examples[name]();
