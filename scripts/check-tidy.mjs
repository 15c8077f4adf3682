// clang-tidy over the engine's sources, as many at once as there are processors. A source that passed is
// not checked again until something that clang-tidy sees of it changes: its pass is kept under a hash of
// the checks, the compile command (of the sanitized build, which is clang's) and the preprocessed text
// with its comments.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { configure, folderOf } from './lib/cpp.mjs';
import { buildDir, root } from './lib/paths.mjs';
import { main, output, UserError } from './lib/run.mjs';
import { findClangTidy } from './lib/tools.mjs';

const stampsDir = `${buildDir}/lint/clang-tidy`;

/** Runs a program; resolves to {ok, text} with both output streams. */
function collect(command, args, cwd) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => resolve({ ok: false, text: error.message }));
    child.on('close', (code) =>
      resolve({ ok: code === 0, text: Buffer.concat(chunks).toString() }),
    );
  });
}

/** The preprocessed text of an entry of compile_commands.json, with comments and macro definitions. */
async function preprocess({ command, directory }) {
  const [, ...flags] = command.match(/(?:[^\s"\\]|\\.|"(?:[^"\\]|\\.)*")+/g);
  const kept = flags.map((flag) => flag.replace(/\\(.)|"/g, '$1'));
  const at = kept.indexOf('-o');
  if (at >= 0) kept.splice(at, 2);
  const args = [...kept.filter((flag) => flag !== '-c'), '-E', '-CC', '-dD', '-w'];
  return collect('clang++', args, directory);
}

async function check(entry, tidy, common) {
  const { ok, text } = await preprocess(entry);
  const hash = createHash('sha256').update(common).update(entry.command).update(text).digest('hex');
  const stamp = `${stampsDir}/${hash}`;
  if (ok && existsSync(stamp)) return { isNew: false, ok: true };
  const result = await collect(tidy, ['--quiet', '-p', folderOf('sanitize'), entry.file], root);
  if (result.ok) writeFileSync(stamp, '');
  // The count of findings in system headers, which are not ours, goes to standard error.
  else console.error(result.text.replace(/^\d+ warnings?.* generated\.\n/gm, ''));
  return { isNew: true, ok: result.ok };
}

await main(async () => {
  await configure('sanitize');
  const tidy = findClangTidy();
  const common = output(tidy, ['--version']) + readFileSync(`${root}/.clang-tidy`, 'utf8');
  const database = JSON.parse(
    readFileSync(`${folderOf('sanitize')}/compile_commands.json`, 'utf8'),
  );
  const entries = database.filter(({ file }) => file.startsWith(`${root}/engine/`));
  mkdirSync(stampsDir, { recursive: true });
  const results = [];
  const waiting = [...entries];
  const worker = async () => {
    for (let entry = waiting.shift(); entry; entry = waiting.shift()) {
      results.push(await check(entry, tidy, common));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  const failed = results.filter((result) => !result.ok).length;
  console.log(
    `${results.length} sources, ${results.filter((result) => result.isNew).length} checked anew`,
  );
  if (failed > 0) throw new UserError(`clang-tidy has findings in ${failed} sources`);
});
