/** `cento serve`: a folder as a static host would serve it. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { serve, startServer } from '../../src/cli/serve.js';

const folder = mkdtempSync(join(tmpdir(), 'cento-test-'));
after(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'site/guide'), { recursive: true });
for (const [name, content] of Object.entries({
  'secret.txt': 'not of the site',
  'site/index.html': 'home',
  'site/about us.html': 'about',
  'site/guide/index.html': 'guide',
  'site/cento.wasm': 'wasm',
  'site/404.html': 'nothing here',
})) {
  writeFileSync(join(folder, name), content);
}
const server = await startServer(join(folder, 'site'), 0);
after(() => server.close());
const { port } = server.address() as AddressInfo;

/** `fetch` would put a path right before it asks. */
function ask(path: string, method = 'GET') {
  return new Promise<{ status: number; type: string; location: string; body: string }>(
    (done, fail) => {
      request({ port, path, method, agent: false }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          body += part;
        });
        response.on('end', () => {
          const { 'content-type': type = '', location = '' } = response.headers;
          done({ status: response.statusCode ?? 0, type, location, body });
        });
      })
        .on('error', fail)
        .end();
    },
  );
}

test('pages are found by their names, with and without .html and index.html', async () => {
  for (const [path, body] of [
    ['/', 'home'],
    ['/?q=1', 'home'],
    ['/about%20us.html', 'about'],
    ['/about%20us', 'about'],
    ['/guide/', 'guide'],
  ] as const) {
    assert.deepEqual([(await ask(path)).status, (await ask(path)).body], [200, body], path);
  }
  const { status, location } = await ask('/guide?q=1');
  assert.deepEqual([status, location], [301, '/guide/?q=1']);
});

test('files come with their types, and only to who reads', async () => {
  assert.equal((await ask('/cento.wasm')).type, 'application/wasm');
  assert.equal((await ask('/')).type, 'text/html; charset=utf-8');
  assert.deepEqual([(await ask('/', 'HEAD')).status, (await ask('/', 'HEAD')).body], [200, '']);
  assert.equal((await ask('/', 'POST')).status, 405);
});

test('what is not in the folder is not served', async () => {
  for (const path of [
    '/secret.txt',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%',
    '/%00',
  ]) {
    const { status, body } = await ask(path);
    assert.deepEqual([status, body], [404, 'nothing here'], path);
  }
});

test('a folder that is not there, a port in use and odd options are told', async () => {
  await assert.rejects(startServer(join(folder, 'nowhere'), 0), { code: 'NotFoundError' });
  await assert.rejects(startServer(folder, port), { code: 'IoError' });
  assert.equal(await serve([folder, '--port', 'many']), 2);
  assert.equal(await serve(['a', 'b']), 2);
});
