// The page of all measurements, docs/benchmarks.md, from what the sections of bench/suite gave.
//
// A section's result: {title, text: paragraphs, tables: [{title, command, head, rows, text?}], pictures: [{name,
// alt, svg}], targets: [{what, aim, measured, isMet}], missing: what could not be measured and why}. Cells are texts;
// all but the first column are figures. `run` is when and how it was measured: {date, commit, seconds, load: [before, after]}.

const cell = (value) => String(value).replaceAll('|', '\\|').replaceAll('\n', ' ');

const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;

function tableOf({ title, command, head, rows, text = [] }) {
  return [
    `**${title}**`,
    '',
    line(head),
    line(head.map((_, i) => (i === 0 ? '---' : '---:'))),
    ...rows.map(line),
    '',
    ...text.flatMap((paragraph) => [paragraph, '']),
    ...(command ? [`Again: \`${command}\``, ''] : []),
  ];
}

/** Where a picture's file lies, seen from docs/. */
export const pathOf = ({ name }) => `images/benchmarks/${name}.svg`;

function sectionOf({ title, text = [], tables = [], pictures = [], missing = [], run }) {
  const [before, after] = run.load.map((load) => load.toFixed(1));
  return [
    `## ${title}`,
    '',
    ...text.flatMap((paragraph) => [paragraph, '']),
    ...pictures.flatMap((picture) => [`![${picture.alt}](${pathOf(picture)})`, '']),
    ...tables.flatMap(tableOf),
    ...missing.flatMap((what) => [`Not measured: ${what}`, '']),
    `Measured ${run.date} of ${run.commit} in ${Math.ceil(run.seconds)} s; load average ${before} before, ${after} after.`,
    '',
  ];
}

function targetsOf(sections) {
  const targets = sections.flatMap(({ targets = [] }) => targets);
  if (targets.length === 0) return [];
  return [
    '## Aims, met and missed',
    '',
    '| | aim | measured | met |',
    '| --- | ---: | ---: | :---: |',
    ...targets.map(({ what, aim, measured, isMet }) =>
      line([what, aim, measured, isMet ? 'yes' : '**no**']),
    ),
    '',
  ];
}

function inShort(sentences) {
  if (sentences.length === 0) return [];
  return ['## In short', '', ...sentences.map((sentence) => `- ${sentence}`), ''];
}

/** The page. `machine` is [[what, value]], `short` sentences about all, `corpora` [{name, documents, bytes, sha256, from}]. */
export function toMarkdown({ machine, corpora, sections, command, short = [] }) {
  return [
    '# Benchmarks',
    '',
    `Written by \`${command}\`, which measures all of this in one run; \`-- --quick\` takes minutes,`,
    '`-- --only NAME` measures one section again, `-- --json` prints the figures, `-- --data DIR` adds test',
    'collections that the project does not bring. Other work on the machine shows in times, not in bytes, bits',
    'and instructions: what is compared takes turns, figures are medians of the rounds, with the lowest and the',
    'highest behind them. Sections may be of several runs: each says when, of which commit of engine and library, and',
    'under what load.',
    '',
    '| machine | |',
    '| --- | --- |',
    ...machine.map(line),
    '',
    '| corpus | documents | bytes of text | SHA-256 of the text | from |',
    '| --- | ---: | ---: | --- | --- |',
    ...corpora.map(({ name, documents, bytes, sha256, from }) =>
      line([
        name,
        documents.toLocaleString('en'),
        bytes.toLocaleString('en'),
        `\`${sha256.slice(0, 16)}\``,
        from,
      ]),
    ),
    '',
    ...inShort(short),
    ...targetsOf(sections),
    ...sections.flatMap(sectionOf),
  ].join('\n');
}
