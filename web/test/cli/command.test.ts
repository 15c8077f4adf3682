/** The command as a process, with a stand-in for the tool that tells how it was called. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseBuildArguments } from '../../src/cli/arguments.js';

const command = fileURLToPath(new URL('../../src/cli/cli.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'cento-test-'));
after(() => rmSync(folder, { recursive: true }));

const page = join(folder, 'page.html');
writeFileSync(page, '<html lang="fr-CA"><main><h1>Bonjour</h1><p>Le monde');
const lines = join(folder, 'lines.jsonl');
writeFileSync(lines, '{"id":"a","text":"b"}\n');

function tool(name: string, source: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!${process.execPath}\n${source}`, { mode: 0o755 });
  return path;
}

const echo = tool(
  'echo',
  `const { readFileSync } = require('node:fs');
  const args = process.argv.slice(2);
  const file = args.find((arg) => arg.endsWith('documents.jsonl'));
  console.log(JSON.stringify({ args, read: file && readFileSync(file, 'utf8') }));
  process.exit(7);`,
);

const cento = (args: string[], native: string) => {
  const env = { ...process.env, CENTO_NATIVE: native };
  return spawnSync(process.execPath, ['--import', 'tsx', command, ...args], {
    env,
    encoding: 'utf8',
  });
};

test('other commands go to the tool as they are, and its exit code comes back', () => {
  const { stdout, status } = cento(['count', 'pack', ' the', '--json'], echo);
  assert.deepEqual(JSON.parse(stdout).args, ['count', 'pack', ' the', '--json']);
  assert.equal(status, 7);
});

test('build with JSON Lines alone is the tool’s own affair', () => {
  const { stdout } = cento(['build', lines, '--out', 'pack', '--name=x'], echo);
  assert.deepEqual(JSON.parse(stdout).args, ['build', lines, '--out', 'pack', '--name=x']);
});

test('build reads pages, says their language, and leaves no file behind', () => {
  const { stdout, status } = cento(['build', lines, page, '--out', 'pack', '--json'], echo);
  const { args, read } = JSON.parse(stdout);
  const [, first, file, ...options] = args;
  assert.equal(first, lines);
  assert.deepEqual(options, ['--out', 'pack', '--json', '--language', 'fr']);
  assert.equal(JSON.parse(read).sections[0].text, 'Le monde');
  assert.equal(existsSync(file), false);
  assert.equal(status, 7);
});

test('a signal reaches the tool, and no file stays behind', async () => {
  const waiting = tool(
    'waiting',
    `process.on('SIGTERM', () => process.exit(9));
    console.error(process.argv[3]);
    setInterval(() => {}, 1000);`,
  );
  const env = { ...process.env, CENTO_NATIVE: waiting };
  const args = ['--import', 'tsx', command, 'build', page, '--out', 'pack'];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const file = await new Promise<string>((resolve) =>
    child.stderr.once('data', (data) => resolve(String(data).trim())),
  );
  assert.equal(existsSync(file), true);
  child.kill('SIGTERM');
  assert.equal(await new Promise((resolve) => child.once('close', resolve)), 9);
  assert.equal(existsSync(file), false);
});

test('errors are told on standard error, and as an object with --json', () => {
  const { stdout, stderr, status } = cento(['build', page, 'nowhere.html', '--json'], echo);
  assert.equal(JSON.parse(stdout).error.code, 'NotFoundError');
  assert.match(stderr, /^cento: There is no file or folder nowhere\.html\.$/m);
  assert.equal(status, 1);
});

test('documents writes what build would hand on', () => {
  const out = join(folder, 'out.jsonl');
  assert.equal(
    cento(['documents', page, '--out', out, '--base-url', 'https://x.example'], echo).status,
    0,
  );
  assert.equal(JSON.parse(readFileSync(out, 'utf8')).url, 'https://x.example/page.html');
});

test('inputs are told from the values of options', () => {
  const parsed = parseBuildArguments([
    'a',
    '--out',
    'pack',
    '--json',
    'b',
    '--title=My = site',
    '--clean-urls',
    '-',
    '--budget=1.5MB',
    '--filter',
    'version:3',
    '--strict',
    '--',
    '--c',
  ]);
  assert.deepEqual(parsed, {
    inputs: ['a', 'b', '-', '--c'],
    toolOptions: ['--out', 'pack', '--title', 'My = site'],
    cleanUrls: true,
    budget: 1_500_000,
    filters: ['version:3'],
    strict: true,
    watch: false,
    elements: false,
    isJson: true,
    out: 'pack',
  });
});
