// Writes engine/text/unicode_tables.cc from the Unicode data that Node's regular expressions carry.
// Run it by hand to move to a newer Unicode version: node scripts/generate-unicode.mjs
import { writeFileSync } from 'node:fs';

const test = (set) => {
  const pattern = new RegExp(`^[${set}]$`, 'u');
  return (codePoint) => pattern.test(String.fromCodePoint(codePoint));
};
// Scripts written without spaces between words.
const spaceless = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar']
  .map((script) => `\\p{scx=${script}}`)
  .join('');
const isFree = test('\\p{Cn}\\p{Co}\\p{Cs}');
const isSpace = test('\\p{White_Space}');
const isControl = test('\\p{Cc}');
// Soft hyphen, zero-width joiners and word joiner: they stay with what they follow.
const isJoiner = test('\\u00AD\\u200B-\\u200D\\u2060');
const isMark = test('\\p{M}');
const isLetter = test('\\p{L}');
const isNumber = test('\\p{N}');
const isDecimalDigit = test('\\p{Nd}');
const isSpaceless = test(spaceless);
const isCommon = test('\\p{sc=Zinh}\\p{sc=Zyyy}');

// The order is that of CharClass in unicode.h.
const classes = ['punctuation', 'letter', 'mark', 'digit', 'space', 'ideograph', 'control'];

function classOf(codePoint) {
  if (isSpace(codePoint)) return 'space';
  if (isControl(codePoint)) return 'control';
  if (isJoiner(codePoint)) return 'mark';
  // A mark of a script with spaces acts like a letter everywhere, which saves table entries.
  if (isMark(codePoint)) return isSpaceless(codePoint) || isCommon(codePoint) ? 'mark' : 'letter';
  if (isLetter(codePoint)) return isSpaceless(codePoint) ? 'ideograph' : 'letter';
  if (isNumber(codePoint)) {
    return isSpaceless(codePoint) && !isDecimalDigit(codePoint) ? 'ideograph' : 'digit';
  }
  return 'punctuation';
}

// Runs of one class. Unassigned code points take the class before them, which keeps the table short.
const runs = [];
for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
  if (isFree(codePoint)) continue;
  const index = classes.indexOf(classOf(codePoint));
  if (runs.length === 0 || runs.at(-1).index !== index) runs.push({ first: codePoint, index });
}

// Runs of simple lower-case mappings with one distance; `step` is 2 where cases alternate.
const mappings = [];
for (let codePoint = 0x80; codePoint <= 0x10ffff; codePoint++) {
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) continue;
  const lower = [...String.fromCodePoint(codePoint).toLowerCase()];
  const distance = lower[0].codePointAt(0) - codePoint;
  if (lower.length !== 1 || distance === 0) continue;
  const run = mappings.at(-1);
  const gap = run && codePoint - run.last;
  if (run?.distance === distance && (gap === run.step || (run.first === run.last && gap === 2))) {
    run.step = gap;
    run.last = codePoint;
  } else {
    mappings.push({ first: codePoint, last: codePoint, distance, step: 1 });
  }
}

const hex = (value) => `0x${value.toString(16).toUpperCase()}`;
function lines(items) {
  let text = '';
  let line = '   ';
  for (const item of items) {
    if (line.length + item.length + 2 > 100) {
      text += `${line}\n`;
      line = '   ';
    }
    line += ` ${item},`;
  }
  return `${text}${line}\n`;
}

writeFileSync(
  new URL('../engine/text/unicode_tables.cc', import.meta.url),
  `// Made by scripts/generate-unicode.mjs from Unicode ${process.versions.unicode}. Do not edit.
#include "text/unicode_tables.h"

namespace cento {

// clang-format off
const uint32_t kCharClassRuns[] = {
${lines(runs.map(({ first, index }) => hex((first << 3) | index)))}};
const uint32_t kCharClassRunCount = ${runs.length};

const LowerCaseRun kLowerCaseRuns[] = {
${lines(
  mappings.map(({ first, last, distance, step }) => {
    const count = (last - first) / step + 1;
    // Distances are kept modulo 65,536: no mapping leaves its plane.
    return `{${hex(first)}, ${count * 2 + step - 1}, ${distance & 0xffff}}`;
  }),
)}};
const uint32_t kLowerCaseRunCount = ${mappings.length};
// clang-format on

}  // namespace cento
`,
);
