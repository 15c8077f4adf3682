// `bench` calls every operation on sentences of a pack: natively and under Node all give the same.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { goldenDir, run, runJson, temporaryFolder, tools, writeFiles } from './lib/cento.mjs';

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

test('bench --index times the steps of the index, the same natively and under Node', () => {
  const args = ['bench', pack, '--index', '--calls', '2'];
  const [native, node] = tools.map((tool) => runJson(tool, args).json);
  assert.equal(sums(native).length, 6);
  assert.deepEqual(sums(node), sums(native));
  assert.ok(Object.entries(native).every(([key, value]) => !key.endsWith('Ns') || value > 0));
});

test('bench --sentences gives operations the lines of a file', () => {
  const folder = temporaryFolder();
  writeFiles(folder, {
    'one.txt': 'The lamp of the lighthouse was lit by hand every evening.',
    'two.txt':
      'The lamp of the lighthouse was lit by hand every evening.\n\nThe lamp of the lighthouse.\n',
    'none.txt': '\n',
  });
  const encode = (file) => {
    const own = ['--only', 'encode', '--calls', '2', '--sentences', join(folder, file)];
    return runJson(tools[0], ['bench', pack, ...own]).json.encodeChecksum;
  };
  assert.ok(encode('two.txt') < encode('one.txt'), 'the second line is shorter');
  assert.equal(run(tools[0], ['bench', pack, '--sentences', join(folder, 'none.txt')]).code, 1);
});
