// Word salad, or text? Holds what a pack composes against sentences of the corpus that it was made from: how
// many sentences Debian's link-grammar parses completely, and how surprising the three words after a seam are
// to a model counted on other documents. A plain order-4 walk over the corpus goes through the same gates and
// must be rejected.
// Needs link-parser (apt-get install link-grammar) and the native tool.
//
//   node bench/salad.mjs --documents docs.jsonl --pack DIR [--other DIR] [--kind complete|overview]
//        [--count 300] [--max-quote N] [--seed N] [--print N] [--json]
//
// --documents: what the pack was built from. --other: a pack of other documents, for the surprisal.
// Completions are of the first words of sentences of the corpus; overviews, of its titles and headings.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { main, UserError } from '../scripts/lib/run.mjs';

const tool = fileURLToPath(new URL('../build/native/cento', import.meta.url));
const promptWords = 4;
const comparedWith = 500; // sentences of the corpus, and of the walk
const leastParse = 0.95; // of the share of the corpus's own sentences
const mostSurprisal = 1.2; // times that at ordinary places

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const pick = (list, next) => list[Math.floor(next() * list.length)];
/** Takes `count` of them out of the list, or all. */
const draw = (list, count, next) =>
  Array.from(
    { length: Math.min(count, list.length) },
    () => list.splice(Math.floor(next() * list.length), 1)[0],
  );

/** The tool's answers to a file of inputs, those that are no refusals. */
function cento(command, pack, option, inputs, rest, folder) {
  const file = join(folder, 'inputs.txt');
  writeFileSync(file, inputs.join('\n'));
  const done = spawnSync(tool, [command, pack, option, file, ...rest], { maxBuffer: 1 << 28 });
  if (done.error || done.status !== 0) {
    throw new UserError(`cento ${command}: ${done.stderr ?? done.error}`);
  }
  const answers = done.stdout.toString().trimEnd().split('\n');
  return answers.map((line) => JSON.parse(line)).filter(({ refused }) => !refused);
}

// The corpus --------------------------------------------------------------------------------------

const isProse = (sentence) =>
  /^\p{Lu}[^=<>{}|_\\]*[.?!]$/u.test(sentence) && /^.{30,300}$/.test(sentence);

const oneLine = (text) => text.replace(/\s+/g, ' ').trim();
const sentencesOf = (text) => oneLine(text).split(/(?<=[.?!])\s+(?=\p{Lu})/u);
const textOf = ({ text, sections }) => text ?? sections.map((section) => section.text).join('\n\n');
const paragraphsOf = (documents) =>
  documents.flatMap((document) => textOf(document).split(/\n\s*\n/));

// Outputs: {text, seams: the characters at which one stands} --------------------------------------

/** Where fragments of different places meet. */
function seamsOf(text, fragments, from) {
  let at = from;
  return fragments.slice(0, -1).flatMap(({ text: own, source }, i) => {
    at = text.indexOf(own, at) + own.length;
    const next = fragments[i + 1].source;
    const goesOn = next.documentId === source.documentId && next.start >= source.end;
    return goesOn && next.start <= source.end + 2 ? [] : [at];
  });
}

/** Completions of beginnings of sentences. */
function complete({ pack, maxQuote, count }, sentences, folder) {
  const prompts = sentences.map((s) => s.split(' ').slice(0, promptWords).join(' '));
  const limits = maxQuote > 0 ? ['--max-quote', String(maxQuote)] : [];
  return cento('complete', pack, '--prompts', prompts.slice(0, 3 * count), limits, folder)
    .slice(0, count)
    .map(({ text, fragments, receipt: { input } }) => {
      const whole = input + text;
      return { text: whole, seams: seamsOf(whole, fragments, input.length) };
    });
}

/** Overviews of titles and headings. Those over nothing but fields or code are refused. */
function overview({ pack, count }, documents, next, folder) {
  const topics = new Set();
  for (const { title, sections = [] } of documents) {
    if (title) topics.add(oneLine(title));
    for (const { heading } of sections) if (heading) topics.add(oneLine(heading));
  }
  const drawn = draw([...topics], 4 * count, next);
  return cento('overview', pack, '--topics', drawn, [], folder)
    .slice(0, count)
    .map(({ text, fragments }) => ({ text, seams: seamsOf(text, fragments, 0) }));
}

/**
 * A walk: each word is drawn from those that follow the last three somewhere, until a sentence ends. A seam
 * is where the word is not the next one of the place that the last word came from.
 */
function walk(documents, starts, next) {
  const words = documents.flatMap((document) => [...textOf(document).split(/\s+/), '']);
  const places = new Map(); // behind three words
  const keyAt = (list, i) => list.slice(i - 3, i).join(' ');
  for (let i = 3; i < words.length; i += 1) {
    const key = keyAt(words, i);
    if (!places.has(key)) places.set(key, []);
    places.get(key).push(i);
  }
  return starts.map((start) => {
    const made = start.split(' ').slice(0, promptWords);
    const seams = [];
    let place = -1;
    while (made.length < 60 && !/[.?!]$/.test(made.at(-1))) {
      const here = places.get(keyAt(made, made.length)) ?? [];
      if (here.length === 0) break;
      const chosen = pick(here, next);
      const goesOn = words[chosen] === words[place + 1];
      if (place >= 0 && !goesOn) seams.push(made.join(' ').length);
      made.push(words[chosen]);
      place = place >= 0 && goesOn ? place + 1 : chosen;
    }
    return { text: made.join(' '), seams };
  });
}

/** Sentences of the corpus; an ordinary place in the middle of each. */
function ordinarySentences(sentences) {
  return sentences.map((text) => {
    const middle = text.indexOf(' ', text.length / 2);
    return { text, seams: middle < 0 ? [] : [middle] };
  });
}

/** Pairs of sentences that follow each other in the corpus; an ordinary place between them. */
function ordinaryPairs(paragraphs, count, next) {
  const pairs = paragraphs.flatMap((paragraph) => {
    const sentences = sentencesOf(paragraph);
    return sentences.slice(1).map((second, i) => [sentences[i], second]);
  });
  return draw(
    pairs.filter((pair) => pair.every(isProse)),
    count,
    next,
  ).map(([first, second]) => ({ text: `${first} ${second}`, seams: [first.length] }));
}

// Gates -------------------------------------------------------------------------------------------

/** How many sentences are parsed without leaving out a word. */
function countParsed(sentences) {
  if (sentences.length === 0) return 0;
  const done = spawnSync('link-parser', ['en', '-verbosity=1', '-graphics=0', '-timeout=3'], {
    input: `${sentences.join('\n')}\n`,
    maxBuffer: 1 << 28,
  });
  if (done.error) throw new UserError('link-parser is missing: apt-get install link-grammar');
  // A parse that leaves words out names its "null count".
  const whole = done.stdout.toString().match(/^Found [1-9]\d* linkages?(?!.*null count)/gm);
  return whole?.length ?? 0;
}

/** Long sentences are harder to parse, so they are compared with those of about their length. */
const longest = [9, 14, 19, 24, 29, Number.POSITIVE_INFINITY]; // words
function parsedByLength(sentences) {
  return longest.map((most, i) => {
    const words = (sentence) => sentence.split(' ').length;
    const own = sentences.filter((s) => words(s) <= most && words(s) > (longest[i - 1] ?? 0));
    return { sentences: own.length, parsed: countParsed(own) };
  });
}

const sum = (list) => list.reduce((total, value) => total + value, 0);

/** Mean bits of the three words behind each place, under the model of another pack. */
function surprisal(pack, places, folder) {
  const bits = (texts) => {
    const path = join(folder, 'places.jsonl');
    writeFileSync(path, texts.map((text, i) => JSON.stringify({ id: `${i}`, text })).join('\n'));
    const done = spawnSync(tool, ['eval', 'lm', pack, '--input', path, '--json']);
    if (done.status !== 0) throw new UserError(`cento eval lm: ${done.stderr ?? done.error}`);
    return JSON.parse(done.stdout.toString()).totalBits;
  };
  const whole = bits(places.map(({ before, after }) => before + after));
  return (whole - bits(places.map(({ before }) => before))) / places.length;
}

function placesAt({ text, seams }) {
  return seams.flatMap((seam) => {
    const after = /^\s*\S+\s+\S+\s+\S+/.exec(text.slice(seam));
    return after === null ? [] : [{ before: text.slice(0, seam), after: after[0] }];
  });
}

/** `corpus`: the row of the corpus, for the others. */
function judge(name, outputs, other, folder, corpus) {
  const sentences = outputs.flatMap(({ text }) => sentencesOf(text).filter(isProse));
  const places = outputs.flatMap(placesAt);
  const byLength = parsedByLength(sentences);
  const parsed = sum(byLength.map((row) => row.parsed)) / sentences.length;
  const bits = other && places.length > 0 ? surprisal(other, places, folder) : null;
  // What the corpus's sentences of the same lengths would give.
  const shares = (corpus?.byLength ?? byLength).map((row) => row.parsed / (row.sentences || 1));
  const expected = sum(shares.map((share, i) => share * byLength[i].sentences)) / sentences.length;
  return {
    name,
    outputs: outputs.length,
    sentences: sentences.length,
    seams: places.length,
    parsed,
    expected,
    parseOk: parsed >= leastParse * expected,
    surprisal: bits,
    surprisalOk: bits === null || bits <= mostSurprisal * (corpus ?? { surprisal: bits }).surprisal,
    byLength,
  };
}

await main(() => {
  const { values } = parseArgs({
    options: {
      documents: { type: 'string' },
      pack: { type: 'string' },
      other: { type: 'string' },
      kind: { type: 'string', default: 'complete' },
      count: { type: 'string', default: '300' },
      'max-quote': { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
      print: { type: 'string', default: '0' },
      json: { type: 'boolean', default: false },
    },
  });
  const { documents: path, pack, other, kind } = values;
  if (!path || !pack || !['complete', 'overview'].includes(kind)) {
    throw new UserError('Give --documents docs.jsonl, --pack DIR and --kind complete or overview.');
  }
  const count = Number(values.count);
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  const documents = lines.map((line) => JSON.parse(line));
  const paragraphs = paragraphsOf(documents);
  const next = random(Number(values.seed));
  const sentences = draw(paragraphs.flatMap(sentencesOf).filter(isProse), comparedWith, next);
  const folder = mkdtempSync(join(tmpdir(), 'cento-salad-'));
  try {
    const isComplete = kind === 'complete';
    const outputs = isComplete
      ? complete({ pack, count, maxQuote: Number(values['max-quote']) }, sentences, folder)
      : overview({ pack, count }, documents, next, folder);
    const ordinary = isComplete
      ? ordinarySentences(sentences)
      : ordinaryPairs(paragraphs, comparedWith, next);
    for (const { text } of outputs.slice(0, Number(values.print)))
      console.log(`- ${oneLine(text)}`);
    const corpus = judge('corpus', ordinary, other, folder);
    const rows = [
      corpus,
      judge('outputs', outputs, other, folder, corpus),
      judge('order-4 walk', walk(documents, sentences, next), other, folder, corpus),
    ].map(({ byLength, ...row }) => row);
    if (values.json) console.log(JSON.stringify(rows));
    else console.table(rows);
    if (!rows[1].parseOk || !rows[1].surprisalOk) process.exitCode = 1;
    if (rows[2].parseOk && rows[2].surprisalOk) throw new UserError('The gates let a walk pass.');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
