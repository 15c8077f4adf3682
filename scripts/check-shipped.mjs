// Fails what must not be in dist/ and the packs, which is what a site serves: code made from strings
// (browser extensions and strict pages refuse it) and paths of the building machine.
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { filesBelow } from './lib/files.mjs';
import { distDir, packsDir, root } from './lib/paths.mjs';
import { main, UserError } from './lib/run.mjs';

const codeFromStrings = /\beval\s*\(|\bnew\s+Function\b|\bsetTimeout\s*\(\s*["'`]/;
const machinePaths = [root, `${homedir()}/`];

function problemsOf(path) {
  const text = readFileSync(path, 'latin1');
  const found = machinePaths.filter((words) => text.includes(words));
  if (/\.[cm]?js$/.test(path)) found.push(text.match(codeFromStrings)?.[0]);
  return found.filter(Boolean).map((words) => `${path}: "${words}"`);
}

await main(() => {
  const shipped = filesBelow(distDir);
  if (shipped.length === 0) throw new UserError('dist/ is empty. Run: npm run build:web');
  const problems = [...shipped, ...filesBelow(packsDir)].flatMap(problemsOf);
  if (problems.length > 0) throw new UserError(problems.join('\n'));
  console.log(`${shipped.length} files in dist/ are clean`);
});
