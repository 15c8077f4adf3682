// The commands of a Markdown page, and an empty folder to run them in, where `npm install` has this checkout's package.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './cento.mjs';

export const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

/**
 * The fenced blocks of a page: {language, code, line, reason}. A comment `<!-- not run: REASON -->` in the line above
 * says why one cannot be run.
 */
export function fencedBlocks(markdown) {
  const found = [];
  let block;
  let reason;
  markdown.split('\n').forEach((text, i) => {
    const [, fence] = /^```(\w*)$/.exec(text) ?? [];
    if (block && fence !== undefined) {
      found.push(block);
      block = undefined;
    } else if (block) {
      block.code += `${text}\n`;
    } else if (fence !== undefined) {
      block = { language: fence, code: '', line: i + 1, reason };
    }
    reason = /^<!-- not run: (.+) -->$/.exec(text)?.[1];
  });
  return found;
}

/** Code inside lines, outside fences, each once. */
export function inlineCode(markdown) {
  const prose = markdown.replace(/^```[\s\S]*?^```$/gm, '');
  return [...new Set([...prose.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code))];
}

const work = temporaryFolder();
let archive;
/** What `npm pack` makes of the checkout. */
function packed() {
  if (archive) return archive;
  const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', work];
  archive = join(work, execFileSync('npm', pack, { cwd: root, encoding: 'utf8' }).trim());
  return archive;
}

/** Puts packages into `folder`: ours from its tarball, others, and what ours needs, from the checkout. */
export function install(folder, names) {
  const modules = join(folder, 'node_modules');
  const place = (name) => {
    const path = join(modules, name);
    mkdirSync(dirname(path), { recursive: true });
    return existsSync(path) ? undefined : path;
  };
  for (const name of names) {
    const path = place(name);
    if (!path) continue;
    if (name === 'cento') {
      mkdirSync(path);
      execFileSync('tar', ['-xzf', packed(), '--strip-components=1', '-C', path]);
    } else symlinkSync(join(root, 'node_modules', name), path);
    const { bin = {}, dependencies = {} } = JSON.parse(
      readFileSync(join(path, 'package.json'), 'utf8'),
    );
    if (name === 'cento') install(folder, Object.keys(dependencies));
    const programs = typeof bin === 'string' ? { [name]: bin } : bin;
    mkdirSync(join(modules, '.bin'), { recursive: true });
    for (const [program, file] of Object.entries(programs)) {
      const link = join(modules, '.bin', program);
      if (!existsSync(link)) symlinkSync(join(path, file), link);
    }
  }
}

/** A folder with these files and nothing else: {path: content, or the folder that is copied}. */
export function emptyFolder(files) {
  const folder = mkdtempSync(join(work, 'empty-'));
  for (const [path, content] of Object.entries(files)) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    if (typeof content === 'string') writeFileSync(target, content);
    else cpSync(content.from, target, { recursive: true });
  }
  return folder;
}

const environment = (folder) => ({
  ...process.env,
  PATH: `${join(folder, 'node_modules/.bin')}:${process.env.PATH}`,
  npm_config_offline: 'true', // what is not there must not come from elsewhere
});

/** Runs a line of shell in `folder`: {code, output}. `npm install` is ours. */
function runLine(folder, line) {
  const [, named] = /^npm install\b([^&;|#]*)/.exec(line) ?? [];
  if (named !== undefined) {
    const names = named.trim().split(/\s+/).filter(Boolean);
    install(folder, names.length > 0 ? names : dependenciesOf(folder));
    return { code: 0, output: '' };
  }
  const done = spawnSync('bash', ['-euo', 'pipefail', '-c', line], {
    cwd: folder,
    env: environment(folder),
    encoding: 'utf8',
    timeout: 120_000,
  });
  return { code: done.status, output: done.stdout + done.stderr };
}

function dependenciesOf(folder) {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  return Object.keys({ ...dependencies, ...devDependencies });
}

/** Starts `cento serve`, on a port that is free: {address, end}. */
export async function startServing(folder, line) {
  const child = spawn('bash', ['-c', `exec ${line} --port 0`], {
    cwd: folder,
    env: environment(folder),
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const address = await new Promise((resolve, reject) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      said += text;
      const [url] = /http:\/\/\S+/.exec(said) ?? [];
      if (url) resolve(url);
    });
    child.once('close', (code) => reject(new Error(`${line} ended with ${code}`)));
  });
  const closed = new Promise((resolve) => child.once('close', resolve));
  return {
    address,
    async end() {
      process.kill(-child.pid, 'SIGTERM');
      await closed;
    },
  };
}

/** Runs the lines of a block, one after the other; gives the first that fails: {line, code, output}. */
export async function runBlock(folder, code) {
  for (const line of code.split('\n')) {
    const command = line.replace(/\s+#\s.*$/, '').trim();
    if (command === '' || command.startsWith('#')) continue;
    if (/\bcento serve\b/.test(command)) {
      const server = await startServing(folder, command);
      const { status } = await fetch(server.address);
      await server.end();
      if (status !== 200) return { line: command, code: status, output: '' };
      continue;
    }
    const done = runLine(folder, command);
    if (done.code !== 0) return { line: command, ...done };
  }
  return undefined;
}
