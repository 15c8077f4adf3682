// Several packs at once and the reader's own texts, with the real engine under Node.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { native, run, temporaryFolder, writeFiles } from './lib/cento.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { Cento } = await import(pathToFileURL(join(root, 'dist/node.js')));
const factbook = join(root, 'build/packs/factbook/manifest.json');
const islands = buildPack('islands', 'CC0-1.0', [
  [
    'Anvar',
    'Anvar is an island in the northern sea. The harbour of Anvar is open from April to October.',
  ],
  ['Belisk', 'Belisk is an island in the southern sea. The people of Belisk grow olives and flax.'],
]);
const planets = buildPack('planets', 'CC-BY-4.0', [
  ['Zorbia', 'Zorbia is a planet with eleven moons. The capital of Zorbia is Quentara.'],
  ['Menthe', 'Menthe is a planet of ice. Nobody has lived on Menthe since the last winter.'],
]);
const diary = {
  id: 'diary',
  title: 'Diary',
  url: 'https://notes.example/diary',
  text: 'My grandmother Quillana keeps eleven bees in Zanzabad.\n\nHer dog is called Bartholomew, and he sleeps in the pantry.',
};

function buildPack(name, licence, documents) {
  const folder = temporaryFolder();
  const lines = documents.map(([title, text]) =>
    JSON.stringify({
      id: title.toLowerCase(),
      url: `https://${name}.example/${title}`,
      title,
      text,
    }),
  );
  writeFiles(folder, { 'in.jsonl': lines.join('\n') });
  const out = join(folder, 'pack');
  const args = ['build', join(folder, 'in.jsonl'), '--out', out, '--name', name];
  assert.equal(run(native, [...args, '--licence', licence]).code, 0);
  return join(out, 'manifest.json');
}

async function opened(t, pack, options = {}) {
  const cento = await Cento.create({ pack, ...options });
  t.after(() => cento.destroy());
  await cento.ready;
  return cento;
}

const idOf = (manifest) => JSON.parse(readFileSync(manifest, 'utf8')).packId;

test('each of several packs answers what it knows, and says which one it is', async (t) => {
  const cento = await opened(t, [islands, planets]);
  assert.deepEqual(
    (await cento.packs()).map(({ name, personal }) => [name, personal]),
    [
      ['islands', false],
      ['planets', false],
    ],
  );
  assert.equal(cento.coverage.documents, 4);
  assert.equal(cento.coverage.share, 1);
  for (const [question, word, pack, licence] of [
    ['What do the people of Belisk grow?', 'olives', islands, 'CC0-1.0'],
    ['What is the capital of Zorbia?', 'Quentara', planets, 'CC-BY-4.0'],
  ]) {
    const answer = await cento.ask(question);
    assert.match(answer.text, new RegExp(word));
    assert.equal(answer.fragments[0].source.pack, idOf(pack));
    assert.equal(answer.fragments[0].source.licence, licence);
    assert.equal(answer.receipt.pack, idOf(pack));
    assert.deepEqual(answer.receipt.packs, [idOf(islands), idOf(planets)]);
    assert.deepEqual((await cento.verify(answer)).problems, []);
    assert.ok((await cento.explain(answer, 0)).reason);
    const streamed = [];
    for await (const fragment of cento.ask(question)) streamed.push(fragment);
    assert.deepEqual(streamed, answer.fragments);
  }
  assert.equal((await cento.ask('Who won the football match in Dortmund?')).refused, true);
});

test('what packs say is put together', async (t) => {
  const both = await opened(t, [islands, planets]);
  const one = await opened(t, islands);
  const other = await opened(t, planets);
  for (const text of [' is', ' the last winter', ' island', 'nowhere']) {
    assert.equal(await both.count(text), (await one.count(text)) + (await other.count(text)));
  }
  const followers = new Map();
  for (const cento of [one, other]) {
    for (const { text, count } of (await cento.next(' is', { limit: 1000 })).tokens) {
      followers.set(text, (followers.get(text) ?? 0) + count);
    }
  }
  const next = await both.next(' is', { limit: 1000 });
  assert.deepEqual(new Map(next.tokens.map(({ text, count }) => [text, count])), followers);
  assert.equal(next.distinct, followers.size);

  const { results } = await both.search('moons harbour', { limit: 2 });
  assert.deepEqual(
    new Set(results.map(({ source }) => source.documentId)),
    new Set(['anvar', 'zorbia']),
  );
  assert.ok(results[0].score >= results[1].score);
  const located = await both.locate(' is', { limit: 1000 });
  assert.equal(located.sources.length, await both.count(' is'));

  const text =
    'I know that Belisk is an island in the southern sea, and Zorbia is a planet with eleven moons today.';
  const { spans, covered } = await both.trace(text);
  assert.deepEqual(
    spans.map(({ start, end }) => text.slice(start, end)),
    ['Belisk is an island in the southern sea', 'Zorbia is a planet with eleven moons'],
  );
  assert.ok(covered > (await one.trace(text)).covered && covered <= 1);

  const report = await both.check(
    'Belisk is an island in the southern sea. Zorbia is a planet with eleven moons. Cheese is made of purple sand.',
  );
  assert.deepEqual(
    report.details.map(({ verdict }) => verdict),
    ['attested', 'attested', 'unsupported'],
  );
  assert.deepEqual([report.sentences, report.attested, report.unsupported], [3, 2, 1]);
  await assert.rejects(both.attestedMask('Zorbia is'), { code: 'NotSupportedError' });
  assert.ok((await one.attestedMask('Belisk is')).tokens.length > 0);
  assert.equal((await both.excerpt('zorbia', 0, 6)).text, 'Zorbia');
  await assert.rejects(both.excerpt('zorbia', 0, 6, { pack: idOf(islands) }), {
    code: 'NotFoundError',
  });
});

test('packs come and go while calls run', async (t) => {
  const cento = await opened(t, islands);
  const question = 'What is the capital of Zorbia?';
  assert.equal((await cento.ask(question)).refused, true);
  const running = Array.from({ length: 30 }, () => cento.ask('What do the people of Belisk grow?'));
  const mounted = await cento.mount(planets);
  assert.equal(mounted.name, 'planets');
  assert.equal(cento.coverage.documents, 4);
  for (const answer of await Promise.all(running)) assert.match(answer.text, /olives/);
  await assert.rejects(cento.mount(planets), { code: 'InvalidStateError' });

  const asked = Array.from({ length: 30 }, () => cento.ask(question));
  assert.equal(await cento.unmount(idOf(planets)), true);
  for (const answer of await Promise.all(asked)) assert.match(answer.text, /Quentara/);
  assert.equal((await cento.ask(question)).refused, true);
  assert.equal(cento.coverage.documents, 2);
  assert.equal(await cento.unmount(idOf(planets)), false);
  await assert.rejects(cento.mount(join(root, 'nowhere/manifest.json')), { code: 'NotFoundError' });
  assert.match((await cento.ask('What do the people of Belisk grow?')).text, /olives/);
});

test('what is learned is answered from at once, and verifies', async (t) => {
  const cento = await opened(t, factbook);
  const [learned] = await cento.learn(diary);
  assert.deepEqual([learned.id, learned.title, learned.url], ['diary', 'Diary', diary.url]);
  const personal = (await cento.packs()).at(-1);
  assert.equal(personal.personal, true);
  for (const question of ['What is the dog called?', 'How many bees does my grandmother keep?']) {
    const answer = await cento.ask(question);
    assert.equal(answer.fragments[0]?.source.documentId, 'diary', question);
    assert.equal(answer.receipt.pack, personal.packId);
    assert.deepEqual((await cento.verify(answer)).problems, []);
    assert.ok((await cento.explain(answer, 0)).reason);
  }
  assert.match((await cento.ask('What is the capital of Kenya?')).text, /Nairobi/);
  const first = (await cento.suggest('Her dog is called ')).suggestions[0];
  assert.match(first.text, /^Bartholomew/);
  const { suggestions } = await cento.suggest('Her dog is called Barth');
  assert.ok(suggestions.some(({ text }) => text.startsWith('olomew')));
  const usual = (await cento.suggest('The economy is heavily ')).suggestions[0];
  assert.match(usual.text, /^dependent/);
  assert.equal((await cento.search('Quillana')).results[0].source.documentId, 'diary');
  assert.equal(await cento.count(' Bartholomew'), 1);
  assert.equal((await cento.trace(diary.text)).covered, 1);
  assert.equal(
    (await cento.check('Her dog is called Bartholomew, and he sleeps in the pantry.')).attested,
    1,
  );
  assert.match((await cento.complete('My grandmother Quillana keeps eleven')).text, /bees/);
  // Ids are the base's: one mask for both.
  const mask = await cento.attestedMask('My grandmother Quillana keeps eleven');
  const [bees] = await cento.encode(' bees');
  assert.ok(mask.tokens.includes(bees));
});

test('a text with a known id takes the place of the other', async (t) => {
  const cento = await opened(t, islands);
  const first = await cento.learn([
    diary,
    { id: 'b', text: 'Herbert the plumber comes on Tuesday.' },
  ]);
  assert.deepEqual(first.map(({ id }) => id).sort(), ['b', 'diary']);
  const before = await cento.ask('What is the dog called?');
  await cento.learn({ ...diary, text: 'Her dog is called Wilhelmina.' });
  assert.equal((await cento.learned()).length, 2);
  assert.match((await cento.ask('What is the dog called?')).text, /Wilhelmina/);
  assert.equal(await cento.count('Bartholomew'), 0);
  // An answer of the revision before is another pack's.
  assert.equal((await cento.verify(before)).valid, false);
});

test('nothing of a forgotten text comes out again', async (t) => {
  const cento = await opened(t, islands);
  const unlearned = await opened(t, islands);
  const kept = { id: 'kept', text: 'Herbert the plumber repairs copper pipes on the third floor.' };
  await cento.learn([diary, kept]);
  assert.equal(await cento.forget('diary'), true);
  assert.equal(await cento.forget('diary'), false);
  assert.deepEqual(
    (await cento.learned()).map(({ id }) => id),
    ['kept'],
  );
  const tokens = await cento.encode(diary.text);
  let unique = 0;
  for (let i = 0; i + 4 <= tokens.length; i++) {
    const window = await cento.decode(tokens.slice(i, i + 4));
    if (kept.text.includes(window) || (await unlearned.count(window)) > 0) continue;
    unique++;
    assert.equal(await cento.count(window), 0, window);
  }
  assert.ok(unique > 20);
  assert.deepEqual((await cento.trace(diary.text)).spans, []);
  for (const question of ['What is the dog called?', 'Where does Quillana keep bees?']) {
    assert.equal((await cento.ask(question)).refused, true);
  }
  const opening = 'Her dog is called Barth';
  for (const { text } of (await cento.suggest(opening, { limit: 50 })).suggestions) {
    assert.doesNotMatch(opening + text, /Bartholomew/);
  }
  for (const answer of [await cento.complete(opening), await cento.overview('Quillana and bees')]) {
    assert.doesNotMatch(answer.text, /Bartholomew|Quillana|Zanzabad/);
  }
  const { results } = await cento.search('Quillana Zanzabad Bartholomew');
  assert.ok(results.every(({ excerpt }) => !/Bartholomew|Quillana|Zanzabad/.test(excerpt)));
  await cento.forget('kept');
  assert.equal((await cento.packs()).length, 1);
  assert.equal((await cento.ask('What does Herbert repair?')).refused, true);
});

test('what is learned can be taken elsewhere, as texts and as a pack', async (t) => {
  const cento = await opened(t, islands);
  await assert.rejects(cento.exportPack(), { code: 'NotFoundError' });
  await cento.learn(diary);
  const file = await cento.exportLearned();
  const other = await opened(t, planets);
  await other.importLearned(file);
  assert.match((await other.ask('What is the dog called?')).text, /Bartholomew/);
  await assert.rejects(other.importLearned('{}'), { code: 'InvalidArgumentError' });

  const files = await cento.exportPack({ name: 'notes', title: 'My notes', licence: 'private' });
  const folder = writeFiles(temporaryFolder(), files);
  assert.equal(run(native, ['info', folder]).code, 0);
  const alone = await opened(t, join(folder, 'manifest.json'));
  const answer = await alone.ask('What is the dog called?');
  assert.match(answer.text, /Bartholomew/);
  assert.equal(answer.fragments[0].source.licence, 'private');
  assert.equal((await alone.info()).title, 'My notes');
  assert.deepEqual((await alone.verify(answer)).problems, []);
});

test('a limit holds, and what goes beyond it changes nothing', async (t) => {
  const cento = await opened(t, islands);
  await cento.learn(diary);
  const large = { id: 'large', text: 'The word is word. '.repeat(250_000) };
  await assert.rejects(cento.learn([{ id: 'c', text: 'A third one.' }, large]), {
    code: 'QuotaExceededError',
    quota: 4 * 2 ** 20,
  });
  assert.deepEqual(
    (await cento.learned()).map(({ id }) => id),
    ['diary'],
  );
  for (const wrong of [
    { id: '', text: 'a' },
    { id: 'a', text: '' },
    { id: 'a' },
    null,
    { text: 'a' },
  ]) {
    await assert.rejects(cento.learn(wrong), { code: 'InvalidArgumentError' });
  }
  assert.match((await cento.ask('What is the dog called?')).text, /Bartholomew/);
});

test('others are answered while texts are learned', async (t) => {
  const cento = await opened(t, islands);
  const texts = Array.from({ length: 300 }, (_, i) => ({
    id: `text-${i}`,
    text: `Text ${i} speaks of islands, of lighthouses and of their keepers. `.repeat(60),
  }));
  let isLearned = false;
  const learning = cento.learn(texts).then(() => {
    isLearned = true;
  });
  let answered = 0;
  while (!isLearned) {
    await cento.count('island');
    await setImmediate(); // In Node all is done in one thread: let it learn.
    ++answered;
  }
  await learning;
  t.diagnostic(`${answered} calls were answered meanwhile`);
  assert.ok(answered >= 10);
  assert.equal((await cento.learned()).length, texts.length);
});

test('learning unrelated texts leaves answers from the pack as they are', async (t) => {
  const cento = await opened(t, factbook);
  const lines = readFileSync(join(root, 'models/factbook/questions.jsonl'), 'utf8').trim();
  const questions = lines.split('\n').map((line) => JSON.parse(line).question);
  const answers = async () => {
    const texts = [];
    for (const question of questions) texts.push((await cento.ask(question)).text);
    return texts;
  };
  const before = await answers();
  await cento.learn(NOTES.map((text, i) => ({ id: `note-${i}`, text })));
  const after = await answers();
  const changed = questions.filter((_, i) => before[i] !== after[i]);
  t.diagnostic(`${changed.length} of ${questions.length} changed: ${changed.join(' ')}`);
  assert.ok(questions.length >= 100);
  assert.ok(changed.length <= 0.02 * questions.length);
  for (const [question, word] of [
    ['Where was the car serviced?', 'Holloway'],
    ['Who tuned the piano?', 'Abernathy'],
    ['When does the choir rehearse?', 'Tuesdays'],
  ]) {
    assert.match((await cento.ask(question)).text, new RegExp(word));
  }
});

const NOTES = [
  'Our dog is called Bartholomew. He is a nine-year-old beagle and sleeps in the pantry. He is allergic to chicken.',
  'The network at the cabin is named larkspur-guest. The password is written on the back of the router in the hall.',
  'My grandmother Quillana keeps eleven hives of bees behind the orchard. She sells honey at the Saturday market in Brimsworth.',
  'The car was last serviced on 14 March 2026 at Holloway Garage. The next service is due after 18,000 kilometres. The tyre pressure is 2.4 bar.',
  'The rent of the flat is 940 euros a month. The landlord is Mr Okonkwo-Reyes and the lease ends in October 2027.',
  'For the lentil soup take 250 grams of red lentils, one onion and two carrots. Cook them for twenty minutes in vegetable stock. Add cumin and lemon juice at the end.',
  'Project Heron moves the billing service to the new queue. Its deadline is 3 June. Farida leads it, and Tomasz reviews the migration scripts.',
  'The stand-up takes place at 9:45 in room Curlew. On Thursdays it is skipped because of the planning meeting.',
  "Doctor Lindqvist's practice is on the second floor of 12 Harbour Lane. The appointment for the cleaning is on 9 December at 8:15.",
  'I am reading The Salt Path by Raynor Winn. Next comes a history of lighthouses that Imogen lent me.',
  'The tomatoes were sown on 2 April and planted out after the last frost. The compost needs turning every three weeks.',
  'The piano was tuned by Mrs Abernathy in spring. The middle pedal sticks in damp weather.',
  'We took the 7:12 train and stayed at the Gannet Inn for three nights. The room cost 118 pounds a night with breakfast.',
  'The printer in the hallway jams when the paper is heavier than 120 grams. Toner cartridges are in the blue cupboard.',
  "The team's budget for conferences is 6,500 euros this year. So far 2,150 euros have been spent on tickets.",
  'My best time over ten kilometres is 47 minutes and 31 seconds, run in the Elmstead park race.',
  'The boiler shows error E17 when the pressure falls below one bar. Open the grey valve under it until the needle stands at 1.5.',
  "Parents' evening at Wrenfield School is on 21 January. Ada's class teacher is Ms Prudhomme.",
  'The bicycle is insured with Nordhaven for 1,900 euros. The policy number is NH-20457.',
  "The choir rehearses on Tuesdays at 19:30 in the old chapel. In December it sings Britten's Ceremony of Carols.",
];
