import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { buildDir, root } from '../../scripts/lib/paths.mjs';

test('npm run bench measures a section, says what with, and writes the page with its pictures', () => {
  const args = ['bench/run.mjs', '--quick', '--only', 'engine', '--json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  assert.equal(status, 0, stderr);
  const section = JSON.parse(stdout).find(({ data }) => data?.native);
  const { native, simd128, scalar } = section.data;
  for (const [key, { median }] of Object.entries(native)) {
    if (key.endsWith('Checksum')) {
      assert.equal(simd128[key].median, median, `${key}: it is the same work`);
      assert.equal(scalar[key].median, median, `${key}: it is the same work`);
    } else assert.ok(median > 0 && simd128[key].median > 0 && scalar[key].median > 0, key);
  }
  assert.ok(section.targets.length >= 3);
  const page = readFileSync(`${buildDir}/bench/quick/benchmarks.md`, 'utf8');
  assert.match(page, /\| builds, WebAssembly \| simd128, scalar \|/);
  const corpus = section.corpora.find(({ name }) => name === 'factbook');
  assert.ok(page.includes(corpus.sha256.slice(0, 16)));
  for (const [, path] of page.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g))
    assert.match(readFileSync(`${buildDir}/bench/quick/${path}`, 'utf8'), /^<svg .*<\/svg>\s*$/s);
});
