// Fails text that must not be in the project: paths of one machine, addresses of a package registry in the
// lock file, marks of unfinished work, and in the engine what would print, throw or differ by platform.
import { readFileSync } from 'node:fs';
import { projectFiles } from './lib/files.mjs';
import { root } from './lib/paths.mjs';

const rules = [
  {
    files: /./,
    words: /(?<![\w.$}-])\/(?:work|home|root|Users)\/[\w.-]+/g,
    why: 'a path of one machine',
  },
  { files: /^package-lock\.json$/, words: /"resolved": "http[^"]*"/g, why: 'a registry host' },
  {
    files: /\.(?:cc|h|m?ts|mjs|js|css|html)$|CMakeLists\.txt$/,
    words: /\b(?:TO[D]O|FIX[M]E|XX[X])\b/g,
    why: 'unfinished work',
  },
  {
    files: /^engine\/(?!cli\/)/,
    words: /\b(?:throw\b(?=\s|;)|(?:std::)?(?:abort|exit|printf|puts|fprintf)\s*\()/g,
    why: 'throws, ends the process or prints',
    isCode: true,
  },
  {
    files: /^engine\//,
    words:
      /\bstd::(?:(?:log|log2|log10|log1p|exp|exp2|expm1|pow|cbrt|sin|cos|tan|tanh)\s*\(|\w+_distribution\b)/g,
    why: 'differs between platforms',
    isCode: true,
  },
];

/** C++ without comments and literals, in lines as before. */
function codeOnly(text) {
  const tokens = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"/g;
  return text.replace(tokens, (found) => found.replace(/[^\n]/g, ' '));
}

const problems = [];
for (const path of projectFiles(/./)) {
  const bytes = readFileSync(`${root}/${path}`);
  if (bytes.includes(0)) continue; // not a text
  const text = bytes.toString();
  for (const { words, why, isCode } of rules.filter(({ files }) => files.test(path))) {
    for (const match of (isCode ? codeOnly(text) : text).matchAll(words)) {
      const line = text.slice(0, match.index).split('\n').length;
      problems.push(`${path}:${line}: "${match[0]}": ${why}`);
    }
  }
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
