// What `npm pack` makes of the checkout, as its users have it: entries, types, licences, the prompt API.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { jsonLines, native, run, temporaryFolder, writeFiles } from './lib/cento.mjs';
import { documents } from './lib/towns.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = temporaryFolder();
const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
const archive = join(folder, execFileSync('npm', pack, { cwd: root, encoding: 'utf8' }).trim());
writeFiles(folder, { 'node_modules/cento/empty': '', 'towns.jsonl': jsonLines(documents) });
const installed = join(folder, 'node_modules/cento');
execFileSync('tar', ['-xzf', archive, '--strip-components=1', '-C', installed]);
const towns = join(folder, 'pack');
run(native, ['build', join(folder, 'towns.jsonl'), '--out', towns]);
const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
const entries = Object.keys(manifest.exports).filter((name) => !/\.\w+$/.test(name));

/** Runs a module in the folder that the package is installed in; gives what it prints. */
function runModule(source, ...options) {
  const done = spawnSync(process.execPath, [...options, '--input-type=module', '--eval', source], {
    cwd: folder,
    encoding: 'utf8',
  });
  assert.equal(done.status, 0, done.stderr);
  return done.stdout.trim();
}

test('it has its entries and nothing of the checkout', () => {
  assert.deepEqual(entries, ['.', './elements', './ghost', './node', './prompt-api']);
  for (const name of ['README.md', 'LICENSE', 'THIRD_PARTY_NOTICES.md', 'dist/cli.js']) {
    assert.ok(existsSync(join(installed, name)), name);
  }
  const folders = readdirSync(installed, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  assert.deepEqual(
    folders.map(({ name }) => name),
    ['dist'],
  );
  assert.ok(!existsSync(join(installed, 'dist/demo')));
});

test('it has the notice of everything that is compiled into its scripts', () => {
  const notices = readFileSync(join(installed, 'THIRD_PARTY_NOTICES.md'), 'utf8');
  const maps = readdirSync(join(installed, 'dist')).filter((name) => name.endsWith('.js.map'));
  const packages = maps.flatMap((name) => {
    const { sources } = JSON.parse(readFileSync(join(installed, 'dist', name), 'utf8'));
    return sources.flatMap((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? []);
  });
  assert.ok(packages.length > 0);
  const silent = [...new Set(packages)].filter((name) => !notices.includes(name));
  assert.deepEqual(silent, []);
});

test('publint finds nothing wrong with it', async () => {
  const { messages, pkg } = await publint({ pkgDir: installed, strict: true });
  assert.deepEqual(
    messages.map((message) => formatMessage(message, pkg)),
    [],
  );
});

test('its types are those of its modules, wherever modules are understood', async () => {
  const { problems = [] } = await checkPackage(
    createPackageFromTarballData(new Uint8Array(readFileSync(archive))),
    { entrypoints: entries },
  );
  // It is of ES modules only: `require` and resolution from before `exports` are not served.
  const served = problems.filter(
    ({ kind, resolutionKind }) => kind !== 'CJSResolvesToESM' && resolutionKind !== 'node10',
  );
  assert.deepEqual(served, []);
});

test('a strict consumer compiles against its types', () => {
  const source = `
    import { Cento, sourceLink, type Answer } from 'cento';
    import { sharedCento, type CentoAskElement } from 'cento/elements';
    import { Cento as NodeCento } from 'cento/node';
    import { languageModel } from 'cento/prompt-api';
    export async function use(): Promise<string | undefined> {
      const cento: Cento = await sharedCento('pack/manifest.json');
      const answer: Answer = await cento.ask('Why?');
      const [first] = answer.fragments;
      const element: CentoAskElement = document.createElement('cento-ask');
      element.addEventListener('cento-refusal', ({ detail }) => detail.answer.topics.join());
      element.conversation = true;
      const session = await languageModel({ pack: 'pack/manifest.json' }).create();
      for await (const { text } of cento.overview('towns')) await session.prompt(text);
      await using other = await NodeCento.create({ pack: 'pack/manifest.json' });
      await other.ready;
      return first && sourceLink(first.source, first.text);
    }`;
  for (const [name, module] of [
    ['bundler', 'Preserve'],
    ['nodenext', 'NodeNext'],
  ]) {
    const project = {
      compilerOptions: {
        target: 'ES2022',
        lib: ['ES2022', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable', 'ESNext.Disposable'],
        module,
        moduleResolution: name,
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        types: [],
        noEmit: true,
      },
      files: ['use.mts'],
    };
    writeFiles(folder, { 'use.mts': source, 'tsconfig.json': JSON.stringify(project) });
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const done = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
    assert.equal(done.stdout, '', name);
    assert.equal(done.status, 0, name);
  }
});

test('importing any entry where there is no browser does nothing', () => {
  const before = 'const before = Object.keys(globalThis);';
  const imports = entries.map((name) => `await import('${join('cento', name)}');`).join('\n');
  const after =
    'console.log(Object.keys(globalThis).filter((name) => !before.includes(name)).join());';
  const added = runModule(`${before}\n${imports}\n${after}`).split(',');
  // Lit notes its versions, so that two of them on one page can be told.
  assert.deepEqual(
    added.filter((name) => !/^(?:lit|reactiveElement)[A-Z]/.test(name)),
    [],
  );
});

test('the browser entry can be imported for server-side rendering, too', () => {
  const files = ['index.js', 'storage.js', 'elements.js', 'prompt-api.js'];
  const urls = files.map((file) => pathToFileURL(join(installed, 'dist', file)).href);
  const imports = urls.map((url) => `await import('${url}');`).join('\n');
  assert.equal(runModule(`${imports}\nconsole.log('imported')`), 'imported');
});

test('in Node it answers from a folder', () => {
  const answer = runModule(`
    import { Cento } from 'cento';
    const cento = await Cento.create({ pack: ${JSON.stringify(`${towns}/manifest.json`)} });
    await cento.ready;
    const { text, fragments } = await cento.ask('When was Arden founded?');
    console.log(JSON.stringify({ text, documentId: fragments[0].source.documentId }));
    await cento.destroy();`);
  const { text, documentId } = JSON.parse(answer);
  assert.match(text, /1204/);
  assert.equal(documentId, 'arden');
});

test('on a processor without vector instructions it gives the same bytes', (context) => {
  if (process.arch !== 'x64') return context.skip('V8 can do without them on x64 alone');
  const source = `
    import { Cento } from 'cento';
    const cento = await Cento.create({ pack: ${JSON.stringify(`${towns}/manifest.json`)} });
    await cento.ready;
    const { kernel } = await cento.info();
    const answer = await cento.ask('When was Arden founded?');
    const { suggestions } = await cento.suggest('Arden was foun');
    console.log(JSON.stringify({ kernel, same: [answer, await cento.overview('Elsby'), suggestions] }));
    await cento.destroy();`;
  const simd = JSON.parse(runModule(source));
  const scalar = JSON.parse(runModule(source, '--no-enable-sse4-1'));
  assert.deepEqual([simd.kernel, scalar.kernel], ['simd128', 'scalar']);
  assert.equal(JSON.stringify(scalar.same), JSON.stringify(simd.same));
});

test("code for the browser's LanguageModel runs on it", () => {
  const answers = runModule(`
    import { languageModel } from 'cento/prompt-api';
    const LanguageModel = languageModel({
      pack: ${JSON.stringify(`${towns}/manifest.json`)},
      footnotes: true,
    });
    const said = { availability: await LanguageModel.availability() };
    const progress = [];
    const session = await LanguageModel.create({
      initialPrompts: [{ role: 'system', content: 'You are a guide.' }],
      monitor: (m) => m.addEventListener('downloadprogress', ({ loaded }) => progress.push(loaded)),
    });
    said.loaded = progress.at(-1);
    said.answer = await session.prompt('When was Arden founded?');
    said.source = session.lastAnswer.fragments[0].source.documentId;
    said.refusal = await session.prompt('How do I bake sourdough bread?');
    said.refused = session.lastAnswer.refused;
    said.streamed = '';
    const messages = [{ role: 'user', content: [{ type: 'text', value: 'When was Elsby founded?' }] }];
    for await (const chunk of session.promptStreaming(messages)) said.streamed += chunk;
    said.usage = session.contextUsage;
    said.measured = await session.measureContextUsage('When was Arden founded?');
    const clone = await session.clone();
    said.cloneUsage = clone.contextUsage;
    const nameOf = (promise) => promise.then(() => 'settled', (e) => [e.name, e instanceof DOMException]);
    said.constrained = await nameOf(session.prompt('Why?', { responseConstraint: {} }));
    said.picture = await nameOf(session.prompt([{ role: 'user', content: [{ type: 'image', value: 0 }] }]));
    said.aborted = await nameOf(session.prompt('Why?', { signal: AbortSignal.abort() }));
    const pending = nameOf(session.prompt('When was Arden founded?'));
    session.destroy();
    said.pending = await pending;
    said.destroyed = await nameOf(session.prompt('Why?'));
    said.clone = await clone.prompt('When was Arden founded?');
    clone.destroy();
    said.missing = await nameOf(languageModel({ pack: './nowhere/manifest.json' }).create());
    console.log(JSON.stringify(said));`);
  const said = JSON.parse(answers);
  assert.equal(said.availability, 'downloadable');
  assert.equal(said.loaded, 1);
  assert.match(said.answer, /1204[\s\S]*\[\^1\][\s\S]*\n\n\[\^1\]: Arden/);
  assert.equal(said.source, 'arden');
  assert.match(said.refusal, /^The documents do not say\. \w/);
  assert.equal(said.refused, true);
  assert.match(said.streamed, /1267/);
  assert.ok(said.usage > said.measured && said.measured > 3);
  assert.equal(said.cloneUsage, said.usage);
  assert.deepEqual(said.constrained, ['NotSupportedError', true]);
  assert.deepEqual(said.picture, ['NotSupportedError', true]);
  assert.deepEqual(said.aborted, ['AbortError', true]);
  assert.deepEqual(said.pending, ['AbortError', true]);
  assert.deepEqual(said.destroyed, ['InvalidStateError', true]);
  assert.match(said.clone, /1204/);
  assert.deepEqual(said.missing, ['NotFoundError', true]);
});
