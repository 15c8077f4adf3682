// Writes docs/api.md from the types and their comments. Usage: build-api.mjs [--check]   (fails if it is not current)
import { readFileSync, writeFileSync } from 'node:fs';
import { readEntry, writeDeclarations } from './lib/api-model.mjs';
import { root } from './lib/paths.mjs';
import { main, UserError } from './lib/run.mjs';

const page = `${root}/docs/api.md`;

const ENTRIES = [
  { name: 'cento', path: 'index' },
  { name: 'cento/elements', path: 'elements/index' },
  { name: 'cento/ghost', path: 'elements/ghost' },
  { name: 'cento/prompt-api', path: 'prompt-api/index' },
];

/** Of the first entry; what fits none of the others are results. */
const CALLS = ['Cento', 'AnswerStream', 'Session', 'sourceLink'];
const GROUPS = [
  { title: 'Calls', has: ({ name }) => CALLS.includes(name) },
  { title: 'Errors', has: ({ file }) => file === 'client/error' },
  {
    title: 'Storage',
    has: ({ name }) => ['Availability', 'CacheMode', 'StoredPack', 'CentoStorage'].includes(name),
  },
  { title: 'Progress and events', has: ({ name }) => /^Load|Progress|Event|Monitor/.test(name) },
  { title: 'Results', has: ({ file, name }) => file === 'client/types' || name === 'Learned' },
  { title: 'Options', has: () => true },
];
const ORDER = ['Calls', 'Options', 'Results', 'Progress and events', 'Storage', 'Errors'];

const anchor = (name) => name.toLowerCase().replace(/[^\w-]/g, '');
const escaped = (text) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('|', '&#124;');

/** Code in which our own types are links. */
function code(tokens, known) {
  const last = tokens.at(-1);
  const html = [...tokens.slice(0, -1), { ...last, text: last.text.replace(/;$/, '') }]
    .map(({ text, type }) =>
      known.has(type)
        ? `<a href="#${anchor(type)}">${type}</a>`
        : escaped(text.replace(/\s+/g, ' ')),
    )
    .join('');
  return `<code>${html.trim()}</code>`;
}

const linked = (doc) => doc.replace(/\{@link (\w+)\}/g, (_, name) => `[${name}](#${anchor(name)})`);
const inCell = (doc) => linked(doc).replace(/\s+/g, ' ').replaceAll('|', '\\|');

/** Of a call or member, as one declares it, with names that mean something. */
function signature({ kind, name, tokens, isStatic }, owner) {
  const [first, ...rest] = tokens.map((token) => ({
    ...token,
    text: token.text.replace(/\binput(?=\??: $)/, 'options'),
  }));
  const begin = first.text
    .replace(/^(?:static |readonly |export declare function )+/, '')
    .replace(/^get (\w+)\(\)/, '$1');
  if (kind === 'Constructor') {
    return [{ ...first, text: begin.replace('constructor', `new ${owner}`) }, ...rest];
  }
  const call = name.startsWith('[') ? begin : `${isStatic ? owner : owner.toLowerCase()}.${begin}`;
  return [{ ...first, text: owner === '' ? begin : call }, ...rest];
}

function classSection(item, known) {
  const calls = item.members.flatMap((member) => [
    `- ${code(signature(member, item.name), known)}`,
    ...(member.doc === '' ? [] : ['', indented(linked(member.doc))]),
    '',
  ]);
  return [linked(item.doc), '', ...calls];
}

const indented = (text) => text.replace(/^(?=.)/gm, '  ');

function interfaceSection(item, known) {
  const hasCalls = item.members.some(({ kind }) => kind === 'MethodSignature');
  const rows = item.members.map((member) => {
    const { typeTokens, tokens, name, isOptional } = member;
    const shown = typeTokens
      ? `\`${name}${isOptional ? '?' : ''}\` | ${code(tokens.slice(typeTokens.startIndex, typeTokens.endIndex), known)}`
      : `${code(tokens, known)} |`;
    return `| ${shown} | ${inCell(member.doc)} |`;
  });
  const base = item.tokens.slice(1, -1);
  const extended = base.length > 0 ? [`Is also: ${code(base, known)}`, ''] : [];
  const head = [
    hasCalls ? '| member or call | type | |' : '| member | type | |',
    '| --- | --- | --- |',
  ];
  return [linked(item.doc), '', ...extended, ...(rows.length > 0 ? [...head, ...rows] : []), ''];
}

function section(item, known) {
  const body =
    item.kind === 'Class'
      ? classSection(item, known)
      : item.kind === 'Interface'
        ? interfaceSection(item, known)
        : [
            code(item.kind === 'Function' ? signature(item, '') : declared(item), known),
            '',
            linked(item.doc),
            '',
          ];
  return [`### ${item.name}`, '', ...body];
}

const declared = ({ kind, name, tokens }) =>
  tokens.map((token) => ({
    ...token,
    text: token.text
      .replace(/^export (?:declare )?/, '')
      .replace(/^\w+(?=: $)/, kind === 'Variable' ? name : '$&'),
  }));

function entrySections({ name, doc, items }, known) {
  if (name !== 'cento')
    return [`## ${name}`, '', linked(doc), '', ...items.flatMap((item) => section(item, known))];
  const groupOf = (item) => GROUPS.find(({ has }) => has(item)).title;
  return ORDER.flatMap((title) => [
    `## ${title}`,
    '',
    ...items.filter((item) => groupOf(item) === title).flatMap((item) => section(item, known)),
  ]);
}

function pageOf(entries) {
  const known = new Set(entries.flatMap(({ items }) => items.map(({ name }) => name)));
  const [{ doc }] = entries;
  return [
    '# The API, type by type',
    '',
    '<!-- Written by `npm run build:api` from the comments in web/src. Change those, not this page. -->',
    '',
    linked(doc),
    '',
    ...entries.flatMap((entry) => entrySections(entry, known)),
  ]
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/\s*$/, '\n');
}

await main(() => {
  writeDeclarations();
  const entries = ENTRIES.map(({ name, path }) => {
    const { doc, items } = readEntry(path);
    items.sort(
      (a, b) =>
        CALLS.indexOf(a.name) - CALLS.indexOf(b.name) ||
        compare(a.file, b.file) ||
        a.place - b.place,
    );
    return { name, doc, items };
  });
  const text = pageOf(entries);
  if (!process.argv.includes('--check')) return writeFileSync(page, text);
  if (readFileSync(page, 'utf8') === text) return console.log('docs/api.md is what the types say');
  throw new UserError('docs/api.md is not what the types say. Run: npm run build:api');
});

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
