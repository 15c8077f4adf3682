// Word salad, or text? Holds outputs against sentences of the corpus that they were made from: how many
// sentences Debian's link-grammar parses completely, and how surprising the three words after a seam are to
// a model counted on other documents. A plain order-4 walk over the corpus goes through the same gates and must
// be rejected by them.
// Needs link-parser (apt-get install link-grammar) and the native tool.
// Usage: node bench/salad.mjs --documents docs.jsonl --pack DIR [--outputs list.json] [--count 300]
//        [--other DIR] [--max-quote N] [--json]
// --outputs: [{prompt, text, seams: [characters of prompt + text at which a seam stands]}], from any
// composer; else completions of the pack. --other: a pack of other documents, for the surprisal.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { main, UserError } from '../scripts/lib/run.mjs';

const tool = fileURLToPath(new URL('../build/native/cento', import.meta.url));
const promptWords = 4;
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

function cento(args) {
  const done = spawnSync(tool, args, { maxBuffer: 1 << 28 });
  if (done.error || done.status !== 0)
    throw new UserError(`cento ${args[0]}: ${done.stderr ?? done.error}`);
  return done.stdout.toString();
}

// Sentences ---------------------------------------------------------------------------------------

const isProse = (sentence) =>
  /^\p{Lu}[^=<>{}|_\\]*[.?!]$/u.test(sentence) && /^.{30,200}$/.test(sentence);

/** Sentences of a text on one line each, those that are no prose left out. */
export function sentencesOf(text) {
  return text
    .replace(/\s+/g, ' ')
    .split(/(?<=[.?!])\s+(?=\p{Lu})/u)
    .map((sentence) => sentence.trim())
    .filter(isProse);
}

const textOf = ({ text, sections }) => text ?? sections.map((section) => section.text).join('\n\n');

function drawSentences(documents, count, next) {
  const all = documents.flatMap((document) =>
    textOf(document)
      .split(/\n\s*\n/)
      .flatMap(sentencesOf),
  );
  const drawn = [];
  for (let i = 0; i < count && all.length > 0; i += 1) {
    drawn.push(...all.splice(Math.floor(next() * all.length), 1));
  }
  return drawn;
}

// Outputs -----------------------------------------------------------------------------------------

/** Completions of beginnings of sentences. */
function complete({ pack, count, maxQuote }, sentences, folder) {
  const prompts = sentences.map((s) => s.split(' ').slice(0, promptWords).join(' '));
  writeFileSync(join(folder, 'prompts.txt'), prompts.join('\n'));
  const limits = maxQuote > 0 ? ['--max-quote', String(maxQuote)] : [];
  const lines = cento(['complete', pack, '--prompts', join(folder, 'prompts.txt'), ...limits]);
  const answers = lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return answers
    .filter(({ refused }) => !refused)
    .slice(0, count)
    .map(({ text, fragments, receipt }) => {
      let at = receipt.input.length;
      const seams = fragments.slice(0, -1).map((fragment) => (at += fragment.text.length));
      return { prompt: receipt.input, text, seams };
    });
}

/** A walk: each word is drawn from those that follow the last three somewhere. Every word is a seam. */
export function walk(documents, starts, next) {
  const followers = new Map();
  for (const document of documents) {
    const words = textOf(document).split(/\s+/);
    for (let i = 3; i < words.length; i += 1) {
      const key = words.slice(i - 3, i).join(' ');
      if (!followers.has(key)) followers.set(key, []);
      followers.get(key).push(words[i]);
    }
  }
  return starts.map((start) => {
    const words = start.split(' ').slice(0, promptWords);
    const seams = [];
    while (words.length < 40 && !/[.?!]$/.test(words.at(-1))) {
      const choices = followers.get(words.slice(-3).join(' '));
      if (choices === undefined) break;
      if (new Set(choices).size > 1) seams.push(words.join(' ').length);
      words.push(choices[Math.floor(next() * choices.length)]);
    }
    return { prompt: '', text: words.join(' '), seams };
  });
}

// Gates -------------------------------------------------------------------------------------------

/** The share of sentences that are parsed without leaving out a word. */
function parseShare(sentences) {
  const done = spawnSync('link-parser', ['en', '-verbosity=1', '-graphics=0', '-timeout=10'], {
    input: `${sentences.join('\n')}\n`,
    maxBuffer: 1 << 28,
  });
  if (done.error) throw new UserError('link-parser is missing: apt-get install link-grammar');
  // A parse that leaves words out names its "null count".
  const whole = done.stdout.toString().match(/^Found [1-9]\d* linkages?(?!.*null count)/gm);
  return (whole ?? []).length / Math.max(sentences.length, 1);
}

/** Mean bits of the three words behind each place, under the model of another pack. */
function surprisal(pack, places, folder) {
  const bits = (texts) => {
    const path = join(folder, 'places.jsonl');
    writeFileSync(path, texts.map((text, i) => JSON.stringify({ id: `${i}`, text })).join('\n'));
    return JSON.parse(cento(['eval', 'lm', pack, '--input', path, '--json'])).totalBits;
  };
  const whole = bits(places.map(({ before, after }) => before + after));
  return (whole - bits(places.map(({ before }) => before))) / places.length;
}

function placesAt(text, seams) {
  return seams.flatMap((seam) => {
    const after = /^\s*\S+\s+\S+\s+\S+/.exec(text.slice(seam));
    return after === null ? [] : [{ before: text.slice(0, seam), after: after[0] }];
  });
}

function judge(name, outputs, options, folder) {
  const texts = outputs.map(({ prompt, text }) => prompt + text);
  const sentences = texts.flatMap(sentencesOf);
  const places = outputs.flatMap(({ seams }, i) => placesAt(texts[i], seams));
  return {
    name,
    outputs: outputs.length,
    sentences: sentences.length,
    seams: places.length,
    parsed: parseShare(sentences),
    surprisal:
      options.other && places.length > 0
        ? surprisal(options.other, places.slice(0, 300), folder)
        : null,
  };
}

main(() => {
  const { values } = parseArgs({
    options: {
      documents: { type: 'string' },
      pack: { type: 'string' },
      other: { type: 'string' },
      outputs: { type: 'string' },
      count: { type: 'string', default: '300' },
      'max-quote': { type: 'string', default: '0' },
      json: { type: 'boolean', default: false },
    },
  });
  if (!values.documents || !(values.pack || values.outputs)) {
    throw new UserError('Give --documents docs.jsonl and --pack DIR or --outputs list.json.');
  }
  const count = Number(values.count);
  const documents = readFileSync(values.documents, 'utf8')
    .trimEnd()
    .split('\n')
    .map((l) => JSON.parse(l));
  const next = random(1);
  const own = drawSentences(documents, 3 * count, next);
  const folder = mkdtempSync(join(tmpdir(), 'cento-salad-'));
  try {
    const outputs = values.outputs
      ? JSON.parse(readFileSync(values.outputs, 'utf8')).slice(0, count)
      : complete({ pack: values.pack, count, maxQuote: Number(values['max-quote']) }, own, folder);
    // Ordinary places: the middle of sentences of the corpus.
    const corpus = own.slice(0, count).map((text) => {
      const middle = text.indexOf(' ', text.length / 2);
      return { prompt: '', text, seams: middle < 0 ? [] : [middle] };
    });
    const rows = [
      judge('corpus', corpus, values, folder),
      judge('outputs', outputs, values, folder),
      judge('order-4 walk', walk(documents, own.slice(0, count), next), values, folder),
    ];
    for (const row of rows) {
      row.parseOk = row.parsed >= leastParse * rows[0].parsed;
      row.surprisalOk =
        row.surprisal === null || row.surprisal <= mostSurprisal * rows[0].surprisal;
    }
    if (values.json) console.log(JSON.stringify(rows));
    else console.table(rows);
    if (!rows[1].parseOk || !rows[1].surprisalOk) process.exitCode = 1;
    if (rows[2].parseOk && rows[2].surprisalOk) throw new UserError('The gates let a walk pass.');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
