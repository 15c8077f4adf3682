import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ndcg, percentile, readCollection } from '../../bench/lib/ranking.mjs';

const near = (actual, expected) => assert.ok(Math.abs(actual - expected) < 1e-9, `${actual}`);
const judged = new Map([
  ['a', 3],
  ['b', 2],
  ['c', 0],
  ['d', 1],
  ['e', -1],
]);
// 1/log2(2), 1/log2(3), 1/log2(4), 1/log2(5)
const [first, second, third, fourth] = [1, 0.6309297535714575, 0.5, 0.43067655807339306];
const ideal = 3 * first + 2 * second + 1 * third;

test('the ideal order has 1, nothing found has 0', () => {
  near(ndcg(['a', 'b', 'd'], judged), 1);
  near(ndcg([], judged), 0);
  near(ndcg(['c', 'x', 'y'], judged), 0);
});

test('gains are linear and discounted by the logarithm of the rank', () => {
  near(ndcg(['b', 'a', 'd'], judged), (2 * first + 3 * second + 1 * third) / ideal);
  near(ndcg(['x', 'c', 'b', 'a'], judged), (2 * third + 3 * fourth) / ideal);
  // 2 + 3 × 0.63093 + 0.5 = 4.39279 of 3 + 2 × 0.63093 + 0.5 = 4.76186
  near(ndcg(['b', 'a', 'd'], judged), 0.922494511677);
});

test('a judgement below zero is as none', () => {
  near(ndcg(['e', 'a'], judged), (3 * second) / ideal);
});

test('the ideal is over all judged documents, found or not, down to the same depth', () => {
  near(ndcg(['a'], judged), 3 / ideal);
  near(ndcg(['b', 'a'], judged, 1), 2 / 3);
  const many = new Map(Array.from({ length: 20 }, (_, i) => [`${i}`, 1]));
  near(ndcg([...many.keys()], many, 10), 1);
  near(ndcg(['x', ...many.keys()], many, 2), second / (first + second));
});

test('a document counts once, and a query without gains has 0', () => {
  near(ndcg(['a', 'a'], judged), 3 / ideal);
  near(ndcg(['e'], new Map([['e', -1]])), 0);
});

test('percentiles are values of the list', () => {
  const values = Array.from({ length: 200 }, (_, i) => 200 - i);
  assert.equal(percentile(values, 0.5), 100);
  assert.equal(percentile(values, 0.99), 198);
  assert.equal(percentile([7], 0.01), 7);
});

test('reads a collection, leaving queries out that are not judged', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cento-'));
  try {
    mkdirSync(join(folder, 'qrels'));
    writeFileSync(join(folder, 'corpus.jsonl'), '{"_id":"1","title":"T","text":"x"}\n');
    writeFileSync(
      join(folder, 'queries.jsonl'),
      '{"_id":"1","text":"q"}\n{"_id":"2","text":"r"}\n',
    );
    writeFileSync(
      join(folder, 'qrels/test.tsv'),
      'query-id\tcorpus-id\tscore\n2\t1\t-1\n2\t7\t3\n',
    );
    assert.deepEqual(readCollection(folder), {
      documents: [{ id: '1', title: 'T', text: 'x' }],
      queries: [
        {
          id: '2',
          text: 'r',
          judged: new Map([
            ['1', -1],
            ['7', 3],
          ]),
        },
      ],
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
