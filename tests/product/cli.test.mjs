// The command-line tool as its users have it: what it prints, writes and answers to wrong input.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  fingerprints,
  goldenDir,
  jsonLines,
  native,
  readFiles,
  run,
  runJson,
  temporaryFolder,
  tools,
  wasm,
  writeFiles,
} from './lib/cento.mjs';
import { documents, textOf } from './lib/towns.mjs';

const folder = temporaryFolder();
const towns = join(writeFiles(folder, { 'towns.jsonl': jsonLines(documents) }), 'towns.jsonl');
const pack = join(folder, 'pack');
const buildArgs = (out, ...inputs) => [
  'build',
  ...inputs,
  '--out',
  out,
  '--name',
  'towns',
  '--licence',
  'CC0-1.0',
];
const built = runJson(native, buildArgs(pack, towns));

const hasKeys = (object, keys) =>
  assert.deepEqual(
    keys.filter((key) => !(key in object)),
    [],
  );

/** A command that must fail in the same way natively and under Node: {code, message}. */
function failure(args, input) {
  const [first, second] = tools.map((tool) => runJson(tool, args, input));
  assert.equal(first.code, 1);
  assert.deepEqual([second.code, second.stdout], [first.code, first.stdout]);
  assert.match(first.stderr, /^cento: \w+Error: /);
  return first.json.error;
}

/** A command that must print the same natively and under Node: the object. */
function success(args, input) {
  const [first, second] = tools.map((tool) => runJson(tool, args, input));
  assert.equal(first.code, 0, first.stderr);
  assert.deepEqual([second.code, second.stdout], [0, first.stdout]);
  assert.equal(first.stderr, '');
  return first.json;
}

test('build says what it built', () => {
  assert.equal(built.code, 0, built.stderr);
  const { documents: count, textBytes, wireBytes, tokens, seconds } = built.json;
  assert.equal(count, documents.length);
  assert.equal(textBytes, Buffer.byteLength(documents.map(textOf).join('')));
  const sizes = Object.values(readFiles(pack)).map((content) => content.length);
  assert.equal(
    wireBytes,
    sizes.reduce((sum, size) => sum + size),
  );
  assert.ok(tokens > 0 && tokens < textBytes && seconds > 0);
});

test('build writes the same bytes natively and under Node', () => {
  const other = join(folder, 'pack-wasm');
  assert.equal(run(wasm, buildArgs(other, towns)).code, 0);
  assert.deepEqual(fingerprints(other), fingerprints(pack));
});

test('build reads JSON Lines from standard input', () => {
  const other = join(folder, 'pack-stdin');
  for (const tool of tools) {
    assert.equal(run(tool, buildArgs(other, '-'), jsonLines(documents)).code, 0);
    assert.deepEqual(fingerprints(other), fingerprints(pack));
  }
});

test('build replaces the pack of a folder and leaves other files alone', () => {
  const out = writeFiles(join(folder, 'replaced'), { 'readme.txt': 'mine', 'shard-mine.zst': '' });
  run(native, buildArgs(out, towns));
  const before = Object.keys(readFiles(out));
  writeFiles(out, { 'manifest.json.br': 'the twin of the earlier manifest' });
  const fewer = join(
    writeFiles(folder, { 'fewer.jsonl': jsonLines(documents.slice(4)) }),
    'fewer.jsonl',
  );
  assert.equal(run(native, buildArgs(out, fewer)).code, 0);
  const after = Object.keys(readFiles(out));
  assert.deepEqual(
    after.filter((name) => before.includes(name)),
    ['manifest.json', 'readme.txt', 'shard-mine.zst'],
  );
  assert.equal(after.length, before.length);
  assert.equal(runJson(native, ['info', out]).json.documents, 4);
});

test('build reads folders of text, by path', () => {
  const site = writeFiles(join(folder, 'site'), {
    'b.txt': `\uFEFF${textOf(documents[0])}\r\n`,
    'a/deep one.txt': textOf(documents[1]),
    '.hidden/c.txt': 'Not to be read.',
    'picture.png': 'Not to be read.',
  });
  const out = join(folder, 'site-pack');
  assert.equal(runJson(native, ['build', site, '--out', out]).json.documents, 2);
  const { sources } = success(['locate', out, ' lies on the river']);
  assert.deepEqual(
    sources.map(({ documentId, url, title }) => [documentId, url, title]),
    [
      ['a/deep one.txt', 'a/deep%20one.txt', 'deep one'],
      ['b.txt', 'b.txt', 'b'],
    ],
  );
  assert.equal(sources[1].start, textOf(documents[0]).indexOf(' lies on the river'));
});

test('a document without an id is known by its URL, or by its line', () => {
  const [first, second] = documents.map(textOf);
  const input = jsonLines([{ url: '/first', text: first }, { text: second }]);
  const out = join(folder, 'ids-pack');
  assert.equal(run(native, ['build', '-', '--out', out], `\n${input}`).code, 0);
  const { sources } = success(['locate', out, ' lies on the river']);
  assert.deepEqual(
    sources.map(({ documentId }) => documentId),
    ['/first', 'stdin:3'],
  );
});

test('bytes that are not UTF-8 do not stop a build', () => {
  const line = Buffer.from(jsonLines([{ id: 'x', text: `${textOf(documents[0])} caf?` }]));
  line[line.indexOf('caf?') + 3] = 0xe9;
  const out = join(folder, 'latin-pack');
  assert.equal(run(native, ['build', '-', '--out', out], line).code, 0);
  assert.equal(success(['count', out, ' caf\uFFFD']).count, 1);
});

test('build says on which line JSON Lines are wrong', () => {
  const cases = [
    ['{"text": "a"', /stdin:2: this is not JSON/],
    ['["a"]', /stdin:2: a document must be a JSON object/],
    ['{"id": "a"}', /stdin:2: a document must have either "text" or "sections"/],
    ['{"text": "a", "sections": []}', /stdin:2: a document must have either/],
    ['{"text": 7}', /stdin:2: "text" must be a string/],
    ['{"id": ["a"], "text": "a"}', /stdin:2: "id" must be a string/],
    ['{"sections": {}}', /stdin:2: "sections" must be an array/],
    ['{"sections": ["a"]}', /stdin:2: a section must be an object/],
    ['{"sections": [{"heading": "a", "text": "b"}]}', /stdin:2: "level" must be/],
    ['{"sections": [{"level": 7, "text": "b"}]}', /stdin:2: "level" must be/],
  ];
  for (const [line, message] of cases) {
    const out = join(folder, 'never');
    const error = failure(['build', '-', '--out', out], `{"text": "fine"}\n${line}\n`);
    assert.equal(error.code, 'InvalidArgumentError');
    assert.match(error.message, message);
    assert.ok(!existsSync(out));
  }
});

test('build says what to do about inputs that it cannot use', () => {
  const site = writeFiles(join(folder, 'html'), {
    'index.html': '<p>A',
    'empty/x.png': '',
    'x.pdf': '',
  });
  const cases = [
    [site, 'NotSupportedError', /npx cento build/],
    [join(site, 'index.html'), 'NotSupportedError', /npx cento build/],
    [join(site, 'x.pdf'), 'NotSupportedError', /\.jsonl/],
    [join(site, 'empty'), 'InvalidArgumentError', /no \.txt file/],
    [join(site, 'none.jsonl'), 'NotFoundError', /no file/],
    [join(site, 'none'), 'NotFoundError', /no file or folder/],
  ];
  for (const [input, code, message] of cases) {
    const error = failure(['build', input, '--out', join(folder, 'never')]);
    assert.equal(error.code, code);
    assert.match(error.message, message);
  }
  const twice = jsonLines([documents[0], documents[0]]);
  assert.equal(failure(['build', '-', '--out', 'never'], twice).code, 'InvalidArgumentError');
  assert.equal(failure(['build', '-', '--out', 'never'], '\n').code, 'InvalidArgumentError');
});

test('info says what a pack holds', () => {
  const [first, second] = tools.map((tool) => runJson(tool, ['info', pack]).json);
  hasKeys(first, [
    'packId',
    'name',
    'title',
    'licence',
    'language',
    'classes',
    'shapes',
    'indexBytes',
    'residentBytes',
    'expressSeconds',
    'engineVersion',
    'rankKernel',
    'vocabulary',
  ]);
  const { documents: count, tokens, textBytes, wireBytes } = built.json;
  assert.deepEqual(
    [first.documents, first.tokens, first.textBytes, first.wireBytes, first.name, first.licence],
    [count, tokens, textBytes, wireBytes, 'towns', 'CC0-1.0'],
  );
  assert.match(first.packId, /^[0-9a-f]{32}$/);
  assert.equal(second.packId, first.packId);
  assert.match(run(native, ['info', pack]).stdout, /^documents +8$/m);
});

const complete = ['complete', pack, 'The town of Arden', '--max-tokens', '30'];

test('complete continues a text with fragments that verify accepts', () => {
  const completion = success(complete);
  hasKeys(completion, [
    'text',
    'refused',
    'reason',
    'confidence',
    'fragments',
    'coverage',
    'receipt',
  ]);
  assert.equal(completion.refused, false);
  assert.ok(completion.fragments.length > 0);
  assert.equal(completion.fragments.map(({ text }) => text).join(''), completion.text);
  for (const { text, source } of completion.fragments) {
    const document = documents.find(({ id }) => id === source.documentId);
    assert.equal(textOf(document).slice(source.start, source.end), text);
  }
  const report = success(['verify', pack, '--input', '-'], JSON.stringify(completion));
  hasKeys(report, ['valid', 'fragments', 'windows', 'attestedWindows', 'problems']);
  assert.deepEqual([report.valid, report.problems], [true, []]);
  assert.equal(report.attestedWindows, report.windows);
});

test('complete takes a seed and a grounding, and prints text with sources', () => {
  for (const grounding of ['quote', 'sentence', 'phrase']) {
    const { receipt } = success([
      ...complete,
      '--grounding',
      grounding,
      '--seed',
      '7',
      '--max-quote',
      '9',
    ]);
    assert.deepEqual(receipt.options, {
      maxTokens: 30,
      maxWords: 0,
      sentences: 0,
      seed: '7',
      grounding,
      maxQuote: 9,
      effort: 'balanced',
    });
  }
  const { text, fragments } = runJson(native, complete).json;
  const { stdout } = run(native, complete);
  assert.ok(stdout.startsWith(`The town of Arden${text}\n`));
  for (const { source } of fragments) assert.ok(stdout.includes(source.title));
});

test('a refusal is an answer: it has a reason, and the exit code is 0', () => {
  const args = ['complete', pack, 'Zzyzx quux blorp'];
  const { refused, reason, text } = success(args);
  assert.deepEqual([refused, text], [true, '']);
  assert.equal(run(native, args).stdout, `Refused: ${reason}\n`);
});

test('verify finds what was tampered with, and fails', () => {
  const completion = runJson(native, complete).json;
  const [fragment] = completion.fragments;
  fragment.text = fragment.text.replace(/[a-z]/, 'Q');
  completion.text = completion.fragments.map(({ text }) => text).join('');
  const answer = join(
    writeFiles(folder, { 'answer.json': JSON.stringify(completion) }),
    'answer.json',
  );
  for (const tool of tools) {
    const { code, json } = runJson(tool, ['verify', pack, '--input', answer]);
    assert.deepEqual([code, json.valid], [1, false]);
    assert.ok(json.problems.length > 0);
  }
  assert.match(run(native, ['verify', pack, '--input', answer]).stdout, /^Not valid: /);
});

test('verify says what is wrong with an answer that it cannot read', () => {
  const completion = runJson(native, complete).json;
  const cases = [
    ['{"text": ', /not JSON/],
    ['[]', /not a JSON object/],
    [JSON.stringify({ ...completion, refused: 'no' }), /"refused" must be true or false/],
    [JSON.stringify({ ...completion, fragments: [7] }), /"fragments\[0\]" must be an object/],
    [
      JSON.stringify({ ...completion, fragments: [{ ...completion.fragments[0], source: {} }] }),
      /"fragments\[0\]\.source\.pack" must be a string/,
    ],
    [JSON.stringify({ ...completion, receipt: undefined }), /"receipt" must be an object/],
  ];
  for (const [input, message] of cases) {
    const error = failure(['verify', pack, '--input', '-'], input);
    assert.equal(error.code, 'InvalidArgumentError');
    assert.match(error.message, message);
  }
});

test('trace finds what stands in the documents', () => {
  const quote = 'the market was held on every second day of the week';
  const text = `Nobody wrote höre that ${quote}.`;
  const { spans, covered } = success(['trace', pack, '--input', '-'], text);
  assert.ok(covered > 0.5 && covered < 1);
  const span = spans.find((each) => text.slice(each.start, each.end).includes(quote));
  assert.ok(span, JSON.stringify(spans));
  assert.equal(span.count, documents.length);
  const [source] = span.sources;
  const document = documents.find(({ id }) => id === source.documentId);
  assert.equal(textOf(document).slice(source.start, source.end), text.slice(span.start, span.end));
  assert.match(run(native, ['trace', pack, '--input', '-'], text).stdout, /every second day/);
});

test('count, next and locate answer from the pattern index', () => {
  assert.equal(success(['count', pack, ' lies on the river']).count, documents.length);
  assert.equal(success(['count', pack, ' lies under the river']).count, 0);
  const next = success(['next', pack, ' lies on the river', '--limit', '2']);
  assert.equal(next.count, documents.length);
  assert.equal(next.tokens.length, 2);
  const located = success(['locate', pack, ' lies on the river', '--limit', '3']);
  assert.equal(located.count, documents.length);
  assert.deepEqual(
    located.sources.map(({ documentId }) => documentId),
    ['arden', 'belmor', 'corvane'],
  );
  assert.deepEqual(located.sources[0].headings, ['Arden, a town']);
});

test('a text may look like a command', () => {
  assert.equal(success(['count', pack, 'eval']).count, 0);
});

test('eval followers times the index', () => {
  const args = ['eval', 'followers', pack, '--queries', '200', '--seed', '3'];
  const [first, second] = tools.map((tool) => runJson(tool, args).json);
  assert.equal(first.queries, 200);
  assert.ok(first.p50Us > 0 && first.p99Us >= first.p50Us);
  assert.equal(second.checksum, first.checksum);
});

test('eval attested proves every window of what is composed', () => {
  const prompts = join(
    writeFiles(folder, { 'prompts.txt': 'The town of\n\nVisitors reach\n' }),
    'prompts.txt',
  );
  for (const more of [[], ['--prompts', prompts], ['--grounding', 'sentence']]) {
    const { code, json } = runJson(native, ['eval', 'attested', pack, '--outputs', '20', ...more]);
    assert.equal(code, 0);
    hasKeys(json, [
      'refused',
      'medianFragmentTokens',
      'seamsPerSentence',
      'longestQuote',
      'distinct2',
      'tokensPerSecond',
    ]);
    assert.deepEqual([json.outputs, json.invalid, json.problems], [20, 0, []]);
    assert.ok(json.windows > 0);
    assert.equal(json.attestedWindows, json.windows);
  }
});

test('suggest goes on from a text, the same natively and under Node', () => {
  const args = ['suggest', pack, 'The town of Arden lies on the ri'];
  const { suggestions, coverage } = success(args);
  assert.ok(suggestions.length > 0 && suggestions.length <= 3);
  const [best] = suggestions;
  hasKeys(best, [
    'text',
    'replaces',
    'replacesBytes',
    'probability',
    'words',
    'corrected',
    'levels',
  ]);
  assert.ok(best.text.startsWith('ver'), best.text);
  assert.deepEqual([best.replaces, best.corrected], [0, false]);
  const shares = best.levels.map(({ share }) => share);
  assert.ok(Math.abs(shares.reduce((sum, share) => sum + share) - 1) < 1e-3);
  assert.equal(coverage.documents, documents.length);

  const single = success([...args, '--limit', '5', '--max-words', '1']).suggestions;
  assert.ok(single.length <= 5 && single.every(({ words }) => words === 1));
  const chances = single.map(({ probability }) => probability);
  assert.deepEqual(
    chances,
    chances.toSorted((a, b) => b - a),
  );

  const mistyped = ['suggest', pack, 'the fields beside the raod'];
  const corrected = success(mistyped).suggestions.find(({ text }) => text.startsWith('road'));
  assert.deepEqual([corrected?.replaces, corrected?.corrected], [4, true]);
  const tolerated = success([...mistyped, '--max-edits', '0']).suggestions;
  assert.ok(!tolerated.some((suggestion) => suggestion.corrected));

  const { stdout } = run(native, mistyped);
  assert.match(stdout, /^the fields beside the \[road.*\] .*%, corrected, \w+ \d+%/m);
  assert.equal(run(native, [...args, '--max-edits', '3']).code, 2);
});

test('eval typing counts the keystrokes that suggestions save', () => {
  const text =
    'The town of Isling lies on the river Wey. It was founded in the year 1377 by merchants who came ' +
    'down the river in search of slate. The old walls of the town were taken down when the bridge was ' +
    'built. Visitors reach Isling by the road that follows the river, and the fields are green.';
  const input = join(
    writeFiles(folder, { 'isling.jsonl': jsonLines([{ id: 'isling', text }]) }),
    'isling.jsonl',
  );
  const args = ['eval', 'typing', pack, '--input', input];
  const [figures, underNode] = tools.map((tool) => runJson(tool, args).json);
  hasKeys(figures, ['characters', 'keystrokes', 'savings', 'accepted', 'p50Ms', 'p99Ms']);
  assert.equal(figures.characters, text.length);
  assert.ok(figures.accepted > 0 && figures.accepted < figures.keystrokes);
  assert.ok(Math.abs(figures.savings - (1 - figures.keystrokes / text.length)) < 1e-4);
  assert.ok(figures.savings > 0.3, `savings ${figures.savings}`);
  for (const key of ['characters', 'keystrokes', 'savings', 'accepted']) {
    assert.equal(underNode[key], figures[key], key);
  }
  const short = runJson(native, [...args, '--max-characters', '50', '--limit', '1']).json;
  assert.ok(short.characters >= 50 && short.characters < text.length);
  const none = join(writeFiles(folder, { 'none.jsonl': '' }), 'none.jsonl');
  assert.equal(failure(['eval', 'typing', pack, '--input', none]).code, 'InvalidArgumentError');
});

test('suggestions save keystrokes in a text that the default model does not hold', () => {
  const factbook = join(goldenDir, '../../build/packs/factbook');
  for (const text of ['', 'The economy is heav', 'Most people in keny', 'Kenya’s expotr', '北京']) {
    const { suggestions } = success(['suggest', factbook, text, '--add-space']);
    assert.ok(suggestions.length > 0, text);
  }
  const text =
    'The country lies on the coast of the Indian Ocean. The climate is tropical, and the terrain is ' +
    'mostly flat. The economy depends heavily on agriculture and on the export of oil. The government ' +
    'has announced plans to reduce the budget deficit, but unemployment remains high.';
  const input = join(
    writeFiles(folder, { 'country.jsonl': jsonLines([{ id: 'country', text }]) }),
    'country.jsonl',
  );
  const [figures, underNode] = tools.map(
    (tool) => runJson(tool, ['eval', 'typing', factbook, '--input', input]).json,
  );
  assert.ok(figures.savings > 0.3, `savings ${figures.savings}`);
  assert.equal(underNode.keystrokes, figures.keystrokes);
});

test('eval order tells paragraphs as they were written from their shuffles', () => {
  const lives = Array.from({ length: 60 }, (_, i) => {
    const name = ['Arden', 'Birch', 'Calder', 'Ellis', 'Grant'][i % 5];
    const craft = ['painter', 'printer', 'surveyor'][i % 3];
    const year = 1700 + i;
    return {
      id: `life-${i}`,
      title: `Ada ${name}`,
      text: [
        `Ada ${name} was a ${craft} from a village by the sea.`,
        `In ${year} she moved to the capital as a ${craft}.`,
        `${i % 2 ? 'Her' : 'The'} workshop of the ${craft} was known by ${year + 9}.`,
        `However, it was closed in ${year + 20}.`,
      ].join(' '),
    };
  });
  writeFiles(folder, {
    'lives.jsonl': jsonLines(lives.slice(0, 40)),
    'others.jsonl': jsonLines(lives.slice(40)),
    'short.jsonl': jsonLines([{ id: 'short', text: 'One. Two. Three.' }]),
  });
  const out = join(folder, 'lives');
  runJson(native, buildArgs(out, join(folder, 'lives.jsonl')));
  const args = ['eval', 'order', out, '--shuffles', '7', '--input'];
  const { json: order } = runJson(native, [...args, join(folder, 'others.jsonl')]);
  assert.equal(order.paragraphs, 20);
  assert.equal(order.pairs, 140);
  assert.ok(order.accuracy > 0.9, `accuracy ${order.accuracy}`);
  const { json: underNode } = runJson(wasm, [...args, join(folder, 'others.jsonl')]);
  assert.equal(underNode.accuracy, order.accuracy);
  const short = run(native, [...args, join(folder, 'short.jsonl')]);
  assert.equal(short.code, 1);
  assert.match(short.stderr, /four sentences/);
});

test('every malformed manifest of the golden table gives its documented error', () => {
  const cases = JSON.parse(readFileSync(join(goldenDir, 'manifests/cases.json'), 'utf8'));
  assert.ok(cases.length > 100);
  for (const [index, { name, code, manifest }] of cases.entries()) {
    const text = typeof manifest === 'string' ? manifest : JSON.stringify(manifest);
    const malformed = writeFiles(join(folder, `manifest-${index}`), { 'manifest.json': text });
    // A good one passes, and then misses its files.
    assert.equal(failure(['info', malformed]).code, code ?? 'NotFoundError', name);
  }
});

test('a damaged pack is refused, with what is wrong', () => {
  const files = readFiles(pack);
  const shard = Object.keys(files).find((name) => name.startsWith('shard'));
  const manifest = JSON.parse(files['manifest.json']);
  const flipped = Buffer.from(files[shard]);
  flipped[flipped.length >> 1] ^= 1;
  const cases = [
    [{ [shard]: flipped }, 'IntegrityError', /is damaged/],
    [{ [shard]: files[shard].subarray(0, -1) }, 'IntegrityError', /ends too early/],
    [
      { [shard]: Buffer.concat([files[shard], Buffer.from('x')]) },
      'IntegrityError',
      /is longer than/,
    ],
    [{ [shard]: null }, 'NotFoundError', /There is no file/],
    [{ 'manifest.json': null }, 'NotFoundError', /cento build/],
    [{ 'manifest.json': '{' }, 'IntegrityError', /not JSON/],
    [
      { 'manifest.json': JSON.stringify({ ...manifest, version: 99 }) },
      'VersionMismatchError',
      /newer cento/,
    ],
    [
      { 'manifest.json': JSON.stringify({ ...manifest, licence: 'MIT' }) },
      'IntegrityError',
      /does not describe/,
    ],
  ];
  for (const [index, [changed, code, message]] of cases.entries()) {
    const kept = Object.entries({ ...files, ...changed }).filter(([, content]) => content !== null);
    const damaged = writeFiles(join(folder, `damaged-${index}`), Object.fromEntries(kept));
    const error = failure(['info', damaged]);
    assert.equal(error.code, code);
    assert.match(error.message, message);
  }
  assert.match(failure(['count', join(folder, 'none'), 'a']).message, /There is no folder/);
});

test('what cannot be understood ends with exit code 2 and a hint', () => {
  const cases = [
    [],
    ['frobnicate'],
    ['build'],
    ['build', towns],
    ['complete', pack],
    ['eval'],
    ['eval', 'nothing'],
    ['info', pack, '--frobnicate'],
    [...complete, '--max-tokens', '0'],
    [...complete, '--grounding', 'some'],
    [...complete, '--seed', 'x'],
    ['build', towns, '--out', pack, '--max-vocabulary', '70000'],
  ];
  for (const args of cases) {
    const { code, stdout, stderr } = run(native, args);
    assert.equal(code, 2, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, /--help/);
  }
});

test('--help and --version end with exit code 0', () => {
  for (const tool of tools) {
    assert.match(run(tool, ['--help']).stdout, /complete/);
    const { code, stdout } = run(tool, ['--version']);
    assert.deepEqual([code, stdout.trim()], [0, runJson(tool, ['info', pack]).json.engineVersion]);
  }
});
