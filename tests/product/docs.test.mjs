// Every command that the README, the guides and the examples say is run, or at least exists.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonLines, native, run } from './lib/cento.mjs';
import { emptyFolder, fencedBlocks, inlineCode, install, root, runBlock } from './lib/docs.mjs';
import { documents } from './lib/towns.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');
const markdownIn = (folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`);
const examples = readdirSync(join(root, 'web/examples'), { withFileTypes: true })
  .filter(
    (entry) =>
      entry.isDirectory() && existsSync(join(root, 'web/examples', entry.name, 'README.md')),
  )
  .map(({ name }) => `web/examples/${name}`);
const models = readdirSync(join(root, 'models'))
  .map((name) => `models/${name}/README.md`)
  .filter((path) => existsSync(join(root, path)));

const DRAFT = 'The tower is 41 metres tall.\n';
const lines = jsonLines(documents);
const question = { question: 'When was Arden founded?', answers: ['1204'], documentId: 'arden' };

/** What a reader of the guides has: a site, a checkout's build, and some texts. */
const files = () => ({
  public: { from: join(root, 'web/examples/static-site/public') },
  'draft.txt': DRAFT,
  'text.txt': DRAFT,
  'other.jsonl': lines,
  'others.jsonl': lines,
  'questions.jsonl': jsonLines([question]),
  'prompts.txt': 'The lamp\nThe tower\n',
});

function folderFor(path) {
  if (path.startsWith('web/examples/')) {
    const folder = path.replace(/\/README\.md$/, '');
    return emptyFolder({ '.': { from: join(root, folder) } });
  }
  return emptyFolder({ ...files(), 'build/native/cento': { from: native.command[0] } });
}

for (const path of [
  'README.md',
  ...markdownIn('docs/guides'),
  ...examples.map((name) => `${name}/README.md`),
]) {
  const blocks = fencedBlocks(read(path)).filter(({ language }) =>
    /^(?:sh|bash|shell|console)$/.test(language),
  );
  if (blocks.length === 0) continue;
  test(`the commands of ${path} do what they say`, async () => {
    const folder = folderFor(path);
    if (!blocks.some(({ code }) => code.includes('npm install'))) install(folder, ['cento']);
    if (path.endsWith('updating.md')) {
      await runBlock(folder, 'npx cento build public --out public/cento'); // "the pack that is there"
    }
    for (const { code, line, reason } of blocks) {
      if (reason !== undefined) continue;
      const failed = await runBlock(folder, code);
      assert.equal(failed, undefined, `${path}:${line}: ${failed?.line}\n${failed?.output}`);
    }
  });
}

test('each command of the table in docs/guides/command-line.md runs', async () => {
  const folder = folderFor('docs/guides/command-line.md');
  install(folder, ['cento']);
  const rows = read('docs/guides/command-line.md').match(/^\|.*\| .*`cento .*\|$/gm);
  const commands = rows.flatMap((row) =>
    inlineCode(row).filter((code) => code.startsWith('cento ')),
  );
  assert.ok(commands.length > 25);
  const ask = 'cento ask pack "How tall is the tower?" --json > answer.json';
  const answers = (code) => (code.includes('answer.json') && !code.includes('>') ? `${ask}\n` : '');
  for (const code of commands) {
    // What counts questions and reads JSON Lines speaks of the documents that are asked about.
    const before = code.startsWith('cento count questions')
      ? 'cp other.jsonl documents.jsonl\n'
      : '';
    const failed = await runBlock(folder, `${before}${answers(code)}${code}`);
    assert.equal(failed, undefined, `${failed?.line}\n${failed?.output}`);
  }
});

/** Of the package, and of the page that they stand in: what the samples take for granted. */
const NAMES = ['Cento', 'sourceLink', 'type Suggestion'];
const GIVEN = {
  cento: 'Cento',
  field: 'HTMLTextAreaElement',
  bar: 'HTMLProgressElement',
  signal: 'AbortSignal',
  text: 'string',
  pack: 'string',
  show: '(...values: unknown[]) => void',
  render: '(...values: unknown[]) => void',
  say: '(...values: unknown[]) => void',
};

test('samples of TypeScript compile against the package', () => {
  const folder = emptyFolder({});
  install(folder, ['cento']);
  const names = [];
  for (const path of ['README.md', ...markdownIn('docs/guides')]) {
    for (const { language, code, line } of fencedBlocks(read(path))) {
      if (language !== 'ts') continue;
      const imports = code.match(/^import .*$/gm) ?? [];
      const body = code.replace(/^import .*$/gm, '');
      const given = Object.entries(GIVEN).filter(
        ([name]) => !new RegExp(`const ${name}\\b`).test(body),
      );
      const known = NAMES.filter((name) => !imports.join().includes(name.replace('type ', '')));
      const name = `${path.replace(/\W/g, '-')}-${line}.mts`;
      names.push(name);
      writeFileSync(
        join(folder, name),
        [
          ...imports,
          `import { ${known.join(', ')} } from 'cento';`,
          ...given.map(([variable, type]) => `declare const ${variable}: ${type};`),
          `async function sample() {\n${body}\n}`,
          'export type { Suggestion };',
          'void [sample, sourceLink, Cento];',
        ].join('\n'),
      );
    }
  }
  assert.ok(names.length > 5);
  const compilerOptions = {
    target: 'ES2022',
    lib: ['ES2023', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable', 'ESNext.Disposable'],
    module: 'NodeNext',
    strict: true,
    types: [],
    noEmit: true,
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: names }));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
  assert.equal(stdout, '');
});

test('the sample for Node runs', () => {
  const folder = folderFor('docs/guides/npm.md');
  install(folder, ['cento']);
  const { code } = fencedBlocks(read('docs/guides/npm.md')).find(
    ({ language }) => language === 'js',
  );
  run(native, ['build', join(folder, 'other.jsonl'), '--out', join(folder, 'public/pack')]);
  const source = `${code}\nconsole.log(JSON.stringify({ text, refused }));`;
  const done = spawnSync(process.execPath, ['--input-type=module', '--eval', source], {
    cwd: folder,
    encoding: 'utf8',
  });
  assert.equal(done.stderr, '');
  assert.deepEqual(Object.keys(JSON.parse(done.stdout)), ['text', 'refused']);
});

test('commands that are only mentioned exist, with their options', () => {
  const { scripts } = JSON.parse(read('package.json'));
  const pages = [
    ...['README.md', 'CONTRIBUTING.md', 'bench/README.md', ...markdownIn('docs')],
    ...[...markdownIn('docs/guides'), ...examples.map((name) => `${name}/README.md`), ...models],
  ].filter((path) => existsSync(join(root, path)));
  let mentioned = 0;
  for (const path of pages) {
    for (const code of inlineCode(read(path))) {
      const [, script] = /^(?:npm run |npm (?=start|test))([\w:]+)/.exec(code) ?? [];
      const [, file] = /^node (?:--\S+ )*([\w./-]+\.m?[jt]s)\b/.exec(code) ?? [];
      const [, rest] = /^(?:npx |build\/native\/)?cento ([a-z].*)/.exec(code) ?? [];
      if (script !== undefined) assert.ok(scripts[script], `${path}: ${code}`);
      if (file !== undefined) assert.ok(existsSync(join(root, file)), `${path}: ${code}`);
      for (const part of rest?.split(/; (?:npx )?cento /) ?? [])
        hasHelpFor(part, `${path}: ${code}`);
      mentioned += Number((script ?? file ?? rest) !== undefined);
    }
  }
  assert.ok(mentioned > 80);
});

const helps = new Map();
function hasHelpFor(command, where) {
  const words = /^((?:eval |count (?=questions))?[a-z]+)/.exec(command)?.[1].split(' ');
  const name = words.join(' ');
  // Of the npm package's own part of the command: web/src/cli/cli.ts says what it takes.
  if (!helps.has(name)) {
    const { code, stdout } = run(native, [...words, '--help']);
    helps.set(name, { code, text: `${stdout}${read('web/src/cli/cli.ts')}` });
  }
  const { code, text } = helps.get(name);
  assert.ok(code === 0 || text.includes(`['${name}', `), where);
  for (const option of command.match(/(?<=\s)--[a-z][\w-]*/g) ?? [])
    assert.ok(text.includes(option), where);
}
