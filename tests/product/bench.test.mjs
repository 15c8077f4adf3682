// `bench` calls every operation on sentences of a pack: natively and under Node all give the same.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { goldenDir, run, runJson, tools } from './lib/cento.mjs';

const pack = join(goldenDir, 'lighthouses-stems-v1');
const sums = (json) => Object.entries(json).filter(([key]) => key.endsWith('Checksum'));

test('bench runs each operation, and gives the same natively and under Node', () => {
  const [native, node] = tools.map((tool) => runJson(tool, ['bench', pack, '--calls', '5']).json);
  assert.ok(sums(native).length >= 10);
  assert.deepEqual(sums(node), sums(native));
  assert.ok(sums(native).every(([, sum]) => sum > 0));
});

test('bench --only runs what it names', () => {
  const { json } = runJson(tools[0], ['bench', pack, '--calls', '1', '--only', 'ask']);
  assert.deepEqual(
    sums(json).map(([key]) => key),
    ['askChecksum'],
  );
  assert.equal(run(tools[0], ['bench', pack, '--only', 'sleep']).code, 2);
});
