import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bars, compact, curves, ticks } from '../../bench/lib/chart.mjs';
import { KneserNey } from '../../bench/lib/kneser-ney.mjs';
import { interleaved, median, shown, spreadOf } from '../../bench/lib/measure.mjs';
import { toMarkdown } from '../../bench/lib/report.mjs';

const near = (actual, expected, within = 1e-9) =>
  assert.ok(Math.abs(actual - expected) < within, `${actual} is not ${expected}`);

test('figures have three significant digits, and commas in their whole part alone', () => {
  assert.deepEqual([0, 0.01234, 1.25, 12.345, 999.6, 1234, 1234567].map(compact), [
    '0',
    '0.0123',
    '1.25',
    '12.3',
    '1,000',
    '1,234',
    '1,234,567',
  ]);
  assert.equal(compact(-1234), '-1,234');
});

test('ticks are round numbers within their axis', () => {
  assert.deepEqual(ticks(0, 1, false), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assert.deepEqual(ticks(3, 61, false), [10, 20, 30, 40, 50, 60]);
  assert.deepEqual(ticks(1, 100, true), [1, 2, 5, 10, 20, 50, 100]);
  assert.deepEqual(ticks(0.5, 2e5, true), [1, 10, 100, 1000, 10_000, 100_000]);
});

test('the longest bar takes the room, others their share of it; a row without a value has its note', () => {
  const rows = [
    { label: 'ours', value: 50, isOurs: true },
    { label: 'a <b>', value: 100 },
    { label: 'none', value: undefined, note: 'not there' },
  ];
  const svg = bars({ title: 'Bars & more', rows });
  const widths = [...svg.matchAll(/<rect [^>]* width="([\d.]+)"/g)].map(([, width]) =>
    Number(width),
  );
  near(widths[0] / widths[1], 0.5, 0.01);
  assert.equal(widths[2], 0);
  assert.match(svg, /not there/);
  assert.doesNotMatch(svg, /<b>|Bars & more/, 'names are text');
  assert.match(svg, /prefers-color-scheme:dark/);
});

test('curves pass through their points, higher values above lower ones, on both kinds of axes', () => {
  for (const isLog of [false, true]) {
    const axis = { label: 'n', isLog };
    const points = [1, 10, 100].map((x) => [x, x]);
    const svg = curves({ title: 'Curves', x: axis, y: axis, series: [{ name: 'line', points }] });
    const places = [...svg.matchAll(/cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [+x, +y]);
    assert.equal(places.length, 3);
    const [[x1, y1], [x2, y2], [x3, y3]] = places;
    assert.ok(x1 < x2 && x2 < x3 && y1 > y2 && y2 > y3, JSON.stringify(places));
    const share = isLog ? 0.5 : 9 / 99;
    near((x2 - x1) / (x3 - x1), share, 0.01);
    near((y1 - y2) / (y1 - y3), share, 0.01);
  }
});

test('what is compared takes turns, and spreads are those of the rounds', async () => {
  const order = [];
  const variant = (name) => () => {
    order.push(name);
    return { figure: order.length };
  };
  const figures = await interleaved(3, { a: variant('a'), b: variant('b') });
  assert.deepEqual(order, ['a', 'b', 'b', 'a', 'a', 'b']);
  assert.deepEqual(figures.a.figure, { median: 4, low: 1, high: 5 });
  assert.equal(shown(figures.a.figure, 0), '4 (1–5)');
  assert.equal(shown(spreadOf([2.01, 2.02]), 1), '2.0');
  assert.equal(median([4, 1, 3, 2]), 2);
});

test('a page has every table, picture, command and what was not measured', () => {
  const page = toMarkdown({
    machine: [['processor', 'one']],
    corpora: [{ name: 'c', documents: 1, bytes: 2000, sha256: 'f'.repeat(64), from: 'here' }],
    command: 'npm run bench',
    short: ['Lost and won.'],
    sections: [
      {
        title: 'Section',
        tables: [{ title: 'Table', command: 'do it', head: ['a', 'b'], rows: [['x|y', 1]] }],
        pictures: [{ name: 'picture', alt: 'What it shows', svg: '' }],
        missing: ['something'],
        targets: [{ what: 'a step', aim: '≤ 12 ns', measured: '13 ns', isMet: false }],
        run: { date: '2020-01-01', commit: 'abc', seconds: 1.2, load: [0.5, 1] },
      },
    ],
  });
  for (const part of [
    '| processor | one |',
    '- Lost and won.',
    '| c | 1 | 2,000 | `ffffffffffffffff` | here |',
    '| a | b |\n| --- | ---: |\n| x\\|y | 1 |',
    'Again: `do it`',
    '![What it shows](images/benchmarks/picture.svg)',
    'Not measured: something',
    '| a step | ≤ 12 ns | 13 ns | **no** |',
    'in 2 s; load average 0.5 before, 1.0 after',
  ])
    assert.ok(page.includes(part), part);
});

test('Kneser-Ney probabilities sum to one after seen and unseen contexts', () => {
  const vocabulary = 7;
  let state = 1;
  const next = (below) => {
    state = (state * 16807) % 2147483647;
    return state % below;
  };
  const documents = Array.from({ length: 20 }, () =>
    Array.from({ length: 1 + next(40) }, () => next(5) % (1 + next(5))),
  );
  const model = new KneserNey(documents, vocabulary, 5);
  for (const context of [[], [0], [1, 0], [0, 0, 1, 2], documents[3], [6, 5], [0, 6, 0]]) {
    const probabilities = model.distribution(context);
    assert.equal(probabilities.length, vocabulary + 1);
    assert.ok(probabilities.every((one) => one > 0));
    near(
      probabilities.reduce((sum, one) => sum + one),
      1,
    );
  }
});

test('Kneser-Ney counts what it should, by hand', () => {
  // Of "a b", "a b", "c b", without higher orders: bigrams a·b 2, c·b 1, beginnings ^·a 2, ^·c 1, ends b·$ 3.
  const [a, b, c] = [0, 1, 2];
  const model = new KneserNey(
    [
      [a, b],
      [a, b],
      [c, b],
    ],
    3,
    2,
  );
  // Counts of 1, 2, 3, 4 among the five bigrams: 2, 2, 1, 0; so Y = 1/3, and discounts 1/3, 3/2, 3.
  // Distinct symbols before a, b, c and the end: 1, 2, 1, 1; Y = 3/5; discounts 3/5, 2 and 3.
  const unigram = (count) =>
    (count - (count === 1 ? 3 / 5 : 2)) / 5 + (((3 * 3) / 5 + 2) / 5) * (1 / 4);
  const behindA = (own) => own / 2; // a is followed by b alone, twice
  near(model.distribution([a])[b], behindA(2 - 3 / 2) + (3 / 2 / 2) * unigram(2));
  near(model.distribution([a])[c], (3 / 2 / 2) * unigram(1));
  const [first, second] = [model.distribution([])[a], model.distribution([a])[b]];
  const end = model.distribution([a, b])[3];
  near(model.log2Of([a, b]), Math.log2(first) + Math.log2(second) + Math.log2(end));
});
