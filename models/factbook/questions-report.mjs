// Asks the questions of questions.jsonl with the built tool and says how many are answered rightly and
// how many of those that the Factbook does not know are refused.
// Usage: node models/factbook/questions-report.mjs [--pack DIR] [--tool PATH] [--questions FILE] [--json]
//        [--wrong]   (also lists what was answered wrongly)
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';

const root = `${import.meta.dirname}/../..`;

const collapse = (text) => text.replace(/\s+/g, ' ').trim().toLowerCase();
const isWordPart = (character) => character !== undefined && /[\p{L}\p{N}]/u.test(character);

/**
 * Whether `text` has `answer` in it, without regard to case and to the kind of white space. It must not be
 * a part of a longer word or number: "580" does not stand in "1,580" nor in "580,367".
 */
export function contains(text, answer) {
  const whole = collapse(text);
  const wanted = collapse(answer);
  for (let at = whole.indexOf(wanted); at >= 0; at = whole.indexOf(wanted, at + 1)) {
    const before = whole.slice(0, at);
    const after = whole.slice(at + wanted.length);
    const goesOn =
      (isWordPart(wanted[0]) && (isWordPart(before.at(-1)) || /\d[.,]$/.test(before))) ||
      (isWordPart(wanted.at(-1)) && (isWordPart(after[0]) || /^[.,]\d/.test(after)));
    if (!goesOn) return true;
  }
  return false;
}

/**
 * What became of a question whose expected answers are the whole value and then its members:
 * 'refused', 'wrong', 'right' (one of them is in the text, and the first fragment is from the right
 * document) or 'complete' (the whole value is in it, or all of the members).
 */
export function judge({ answers, documentId }, reply) {
  if (reply.refused) return 'refused';
  const found = answers.map((answer) => contains(reply.text, answer));
  const isOfDocument = reply.fragments?.[0]?.source?.documentId === documentId;
  if (!isOfDocument || !found.includes(true)) return 'wrong';
  const [whole, ...members] = found;
  return whole || (members.length > 0 && !members.includes(false)) ? 'complete' : 'right';
}

/** `rows`: {question: a line of the file, reply: what the tool printed}. */
export function summarize(rows) {
  const known = rows.filter(({ question }) => question.answers.length > 0);
  const unknown = rows.filter(({ question }) => question.answers.length === 0);
  const outcomes = known.map(({ question, reply }) => judge(question, reply));
  const count = (...kinds) => outcomes.filter((outcome) => kinds.includes(outcome)).length;
  const marked = known.filter(({ reply }) => reply.highlight);
  const kinds = {};
  known.forEach(({ question }, i) => {
    const kind = question.id.replace(/-\d+$/, '');
    kinds[kind] ??= { questions: 0, right: 0 };
    kinds[kind].questions += 1;
    if (['right', 'complete'].includes(outcomes[i])) kinds[kind].right += 1;
  });
  return {
    questions: known.length,
    right: count('right', 'complete'),
    complete: count('complete'),
    rightDocument: known.filter(
      ({ question, reply }) =>
        !reply.refused && reply.fragments?.[0]?.source?.documentId === question.documentId,
    ).length,
    refused: count('refused'),
    highlighted: marked.length,
    unknown: unknown.length,
    unknownRefused: unknown.filter(({ reply }) => reply.refused === true).length,
    kinds,
    wrong: known.filter((_, i) => ['wrong', 'refused'].includes(outcomes[i])).map(brief),
    answeredUnknown: unknown.filter(({ reply }) => reply.refused !== true).map(brief),
  };
}

const brief = ({ question, reply }) => ({
  id: question.id,
  question: question.question,
  ...(question.answers.length > 0 && { expected: question.answers[0] }),
  ...(reply.refused
    ? { refused: reply.reason ?? true }
    : { documentId: reply.fragments?.[0]?.source?.documentId, text: reply.text }),
});

const execute = promisify(execFile);

/** All questions in one process, each alone. */
export async function askAll(tool, pack, questions) {
  const [program, ...first] = tool.endsWith('js') ? [process.execPath, tool] : [tool];
  const folder = mkdtempSync(join(tmpdir(), 'cento-questions-'));
  const file = join(folder, 'questions.txt');
  try {
    writeFileSync(file, questions.map(({ question }) => `${question}\n`).join(''));
    const { stdout } = await execute(program, [...first, 'ask', pack, '--questions', file], {
      maxBuffer: 1 << 28,
    });
    const replies = stdout.trimEnd().split('\n');
    return questions.map((question, i) => ({ question, reply: JSON.parse(replies[i]) }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function print(report, showWrong) {
  const share = (part, all) => `${part} of ${all} (${((100 * part) / all).toFixed(1)}%)`;
  const { questions, unknown } = report;
  console.log(`answered rightly      ${share(report.right, questions)}`);
  console.log(`  with all members    ${share(report.complete, questions)}`);
  console.log(`of the right document ${share(report.rightDocument, questions)}`);
  console.log(`refused though known  ${share(report.refused, questions)}`);
  console.log(`with a highlight      ${share(report.highlighted, questions)}`);
  console.log(`unknown and refused   ${share(report.unknownRefused, unknown)}`);
  const failing = Object.entries(report.kinds).filter(
    ([, { questions: all, right }]) => right < all,
  );
  console.log(
    `not all right: ${failing.map(([kind, k]) => `${kind} ${k.right}/${k.questions}`).join(', ')}`,
  );
  if (!showWrong) return;
  for (const one of [...report.wrong, ...report.answeredUnknown]) {
    const got =
      one.refused === undefined ? `${one.documentId}: ${one.text}` : `refused: ${one.refused}`;
    console.log(
      `\n${one.id}: ${one.question}\n  expected ${one.expected ?? 'a refusal'}\n  got ${got}`,
    );
  }
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: {
      pack: { type: 'string', default: `${root}/build/packs/factbook` },
      tool: { type: 'string', default: `${root}/build/native/cento` },
      questions: { type: 'string', default: `${import.meta.dirname}/questions.jsonl` },
      json: { type: 'boolean', default: false },
      wrong: { type: 'boolean', default: false },
    },
  });
  const lines = readFileSync(values.questions, 'utf8').trimEnd().split('\n');
  const rows = await askAll(
    values.tool,
    values.pack,
    lines.map((line) => JSON.parse(line)),
  );
  const report = summarize(rows);
  if (values.json) console.log(JSON.stringify(report));
  else print(report, values.wrong);
}
