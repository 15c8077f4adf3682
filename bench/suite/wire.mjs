// What packs take on the wire beside general compressors.
import { bars } from '../lib/chart.mjs';
import { compressors } from '../lib/compressors.mjs';
import { bytesOf, packOf } from '../lib/corpora.mjs';

const whole = (value) => value.toLocaleString('en');

function measureBytes(corpus) {
  const text = bytesOf(corpus.documents);
  const pack = packOf(corpus.name, corpus.documents);
  const there = compressors.filter(({ isThere }) => isThere());
  return {
    name: corpus.name,
    text: text.length,
    pack: pack.wireBytes,
    others: Object.fromEntries(there.map(({ name, bytes }) => [name, bytes(text)])),
  };
}

function tableOfBytes(measured) {
  const names = Object.keys(measured[0].others);
  return {
    title: 'Bytes to download: the pack with all its tables, and the plain text compressed',
    command: 'npm run bench -- --only wire',
    head: ['corpus', 'text', 'pack', ...names, 'pack ÷ xz'],
    rows: measured.map(({ name, text, pack, others }) => [
      name,
      whole(text),
      whole(pack),
      ...names.map((one) => whole(others[one])),
      (pack / others['xz -9e']).toFixed(3),
    ]),
    text: [
      'A pack holds more than the text: titles, addresses, headings and where they stand, the vocabulary and its classes, tables for questions, stemming and typing. It is largest beside xz where documents are many and short (WordNet’s entries), and where long passages repeat far apart (Rust’s pages): shards see the first one and themselves, so that each can be read as it arrives.',
    ],
  };
}

export async function run({ corpora, quick }) {
  const names = quick
    ? ['factbook', 'brown']
    : ['factbook', 'python-docs', 'brown', 'wordnet', 'rust-docs', 'squad'];
  const measured = corpora.openAll(names).map(measureBytes);
  if (measured.length === 0) return {};
  const ratio = ({ pack, others }) => pack / others['xz -9e'];
  return {
    tables: [tableOfBytes(measured)],
    pictures: [
      {
        name: 'wire',
        alt: 'Bytes of the pack beside compressed text',
        svg: bars({
          title: 'The pack beside its text compressed by xz -9e (1 is equal); less is better',
          rows: measured.map((one) => ({
            label: one.name,
            value: ratio(one),
            isOurs: true,
            note: ratio(one).toFixed(3),
          })),
        }),
      },
    ],
    data: measured,
  };
}

export function inShort({ data }) {
  const ratios = data.map(({ pack, others }) => pack / others['xz -9e']);
  const smaller = ratios.filter((ratio) => ratio < 1).length;
  const bounds = [Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2));
  return [
    `Packs are ${bounds.join(' to ')} times what xz makes of the plain text, smaller than it on ${smaller} of ${data.length} corpora. They hold tables and titles besides.`,
  ];
}
