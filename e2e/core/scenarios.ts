/**
 * The core of the product in any browser: first visit, second visit, the network gone, answers, completions,
 * texts of the reader's own, aborts, damage. Written once; each browser has a file that runs them.
 */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { native, root } from '../support/native.js';
import { type Browser, type BrowserKind, inFrame, inPage } from './browser.js';
import * as page from './page.js';
import { Site } from './site.js';

const FACTBOOK = '/packs/factbook/manifest.json';
const FOLDER = `${root}build/packs/factbook`;
const WHOLE = { share: 1 };
const CAPITAL = 'What is the capital of Kenya?';
const PACK_FILES = /^(?:shard-|tables\.|manifest\.json)/;

interface Visit {
  kind: BrowserKind;
  browser: Browser;
  site: Site;
}

type Run = (visit: Visit) => Promise<void>;

const scenarios: { title: string; run: Run; isFirst: boolean }[] = [];
/** At a site where the browser has been before, or never; it leaves nothing but the pack. */
const scenario = (title: string, run: Run) => scenarios.push({ title, run, isFirst: false });
const firstVisit = (title: string, run: Run) => scenarios.push({ title, run, isFirst: true });

/** Opens the Factbook in an empty page, as a whole. Where it is stored, the server is not asked for it. */
async function visit({ browser, site }: Visit): Promise<void> {
  await browser.goto(site.blank);
  assert.deepEqual(await inPage(browser, page.open, FACTBOOK, { update: 'manual' }), WHOLE);
}

firstVisit('a first visit brings the pack in, and answers with sources', async (at) => {
  const { browser, site, kind } = at;
  await browser.goto(site.blank);
  assert.deepEqual(await inPage(browser, page.open, FACTBOOK), WHOLE);
  const { text, refused, sources, valid } = await inPage(browser, page.ask, CAPITAL);
  assert.match(text, /Nairobi/);
  assert.deepEqual({ refused, valid }, { refused: false, valid: true });
  assert.match(sources[0]?.title as string, /Kenya/);
  assert.match(sources[0]?.url as string, /^https:/);
  assert.deepEqual(await inPage(browser, page.state), {
    cache: 'indexeddb',
    kernel: kind.simd ? 'simd128' : 'scalar',
    warnings: [],
    isStored: [true],
  });
  const wasm = new Set(site.names(/\.wasm$/));
  assert.deepEqual([...wasm], [kind.simd ? 'cento.wasm' : 'cento-scalar.wasm']);
});

scenario('a second visit asks for no file of the pack', async (at) => {
  const { browser, site } = at;
  await visit(at);
  const first = await inPage(browser, page.ask, CAPITAL);
  site.forget();
  await visit(at);
  assert.deepEqual(await inPage(browser, page.ask, CAPITAL), first);
  assert.deepEqual(site.names(PACK_FILES), []);
  assert.ok(site.names(/^blank\.html$/).length === 1);
});

firstVisit('a second visit works when the server has gone', async ({ browser, site }) => {
  await browser.goto(site.demo);
  await inPage(browser, page.demoIsKept);
  const text = await inPage(browser, page.askDemo, CAPITAL);
  assert.match(text, /Nairobi/);
  await site.stop();
  await browser.goto(site.demo);
  assert.equal(await inPage(browser, page.askDemo, CAPITAL), text);
});

const QUESTIONS = [CAPITAL, 'Which languages are spoken in Chad?', 'Who won the match?'];
const PROMPT = 'The government has';
const SEED = '7';

/** What the native tool prints, as the page's JSON. One browser after the other asks for the same. */
const printed = (function once() {
  let lines: Promise<string[]> | undefined;
  return () => {
    lines ??= Promise.all([
      native('ask', FOLDER, ...QUESTIONS, '--json'),
      native('complete', FOLDER, PROMPT, '--seed', SEED, '--json'),
    ]).then((outputs) =>
      outputs
        .flatMap((output) => output.trimEnd().split('\n'))
        .map((line) => JSON.stringify(JSON.parse(line))),
    );
    return lines;
  };
})();

scenario('answers and a completion are those of the native tool, byte for byte', async (at) => {
  const { browser } = at;
  await visit(at);
  const answers = await inPage(browser, page.converse, QUESTIONS);
  const completion = await inPage(browser, page.complete, PROMPT, Number(SEED));
  assert.deepEqual([...answers, completion], await printed());
});

scenario('every call answers, and none makes a request', async (at) => {
  const { browser, site } = at;
  await visit(at);
  site.forget();
  assert.equal(await inPage(browser, page.callAll), 17);
  assert.deepEqual(site.asked, []);
});

scenario('a completion comes in fragments, and aborted calls end at once', async (at) => {
  const { browser } = at;
  await visit(at);
  const { fragments, isWhole } = await inPage(browser, page.stream, 'The government has');
  assert.ok(fragments > 0);
  assert.equal(isWhole, true);
  for (const wait of [0, 5]) {
    const codes = await inPage(browser, page.abortCalls, wait);
    assert.deepEqual(codes, ['AbortError', 'AbortError', 'AbortError']);
  }
  assert.match((await inPage(browser, page.ask, CAPITAL)).text, /Nairobi/);
});

scenario(
  'what is learned answers at once and on the next visit, until it is forgotten',
  async (at) => {
    const { browser, site } = at;
    const sentence = 'The Zanthor lighthouse was built by Mirela Okonjo in 1873.';
    const question = 'Who built the Zanthor lighthouse?';
    await visit(at);
    assert.doesNotMatch((await inPage(browser, page.ask, question)).text, /Mirela/);
    site.forget();
    await inPage(browser, page.learn, 'mine', sentence);
    for (const when of ['at once', 'on the next visit']) {
      const { text, sources, valid } = await inPage(browser, page.ask, question);
      assert.match(text, /Mirela Okonjo/);
      assert.deepEqual({ title: sources[0]?.title, valid }, { title: 'Mine', valid: true });
      if (when === 'at once') {
        assert.deepEqual(site.asked, []);
        await visit(at);
      }
    }
    const before = await inPage(browser, page.learned, ' Okonjo');
    assert.deepEqual(before, { titles: ['Mine'], count: 1 });
    await inPage(browser, page.forget, 'mine');
    for (const when of ['at once', 'on the next visit']) {
      const none = await inPage(browser, page.learned, ' Okonjo');
      assert.deepEqual(none, { titles: [], count: 0 });
      assert.doesNotMatch((await inPage(browser, page.ask, question)).json, /Mirela/);
      if (when === 'at once') await visit(at);
    }
  },
);

firstVisit('an aborted download goes on where it was', async ({ browser, site }) => {
  site.held = /\/shard-0001\./;
  await browser.goto(site.blank);
  const aborted = await inPage(browser, page.open, FACTBOOK, {}, true);
  assert.equal('code' in aborted && aborted.code, 'AbortError');
  site.held = undefined;
  site.forget();
  assert.deepEqual(await inPage(browser, page.open, FACTBOOK), WHOLE);
  assert.deepEqual(site.names(/^(?:tables|shard-0000)\./), []);
  assert.equal(site.names(/^shard-0001\./).length, 1);
});

firstVisit(
  'a damaged shard is refused by name; then only that one is fetched again',
  async (at) => {
    const { browser, site } = at;
    site.damaged = /\/shard-0001\./;
    await browser.goto(site.blank);
    const refused = await inPage(browser, page.open, FACTBOOK);
    assert.equal('code' in refused && refused.code, 'IntegrityError');
    assert.match('message' in refused ? refused.message : '', /shard-0001/);
    site.damaged = undefined;
    site.forget();
    assert.deepEqual(await inPage(browser, page.open, FACTBOOK), WHOLE);
    assert.deepEqual(site.names(/^(?:tables|shard-0000)\./), []);
    assert.equal(site.names(/^shard-0001\./).length, 1);
    assert.equal((await inPage(browser, page.ask, CAPITAL)).valid, true);
  },
);

firstVisit('a frame of another site keeps the pack and what is learned apart', async (at) => {
  const { browser, site } = at;
  const openStored = () => inFrame(browser, page.open, FACTBOOK, { update: 'manual' });
  await browser.goto(site.embedder);
  assert.deepEqual(await openStored(), WHOLE);
  await inFrame(
    browser,
    page.learn,
    'mine',
    'The Zanthor quay was built by Mirela Okonjo in 1873.',
  );
  assert.deepEqual((await inFrame(browser, page.state)).isStored, [true]);

  await browser.goto(site.blank); // the same origin, not in a frame
  assert.deepEqual(await inPage(browser, page.stored), []);

  site.forget();
  await browser.goto(site.embedder);
  assert.deepEqual(await openStored(), WHOLE);
  assert.deepEqual(site.names(PACK_FILES), []);
  const { text, valid } = await inFrame(browser, page.ask, 'Who built the Zanthor quay?');
  assert.match(text, /Mirela Okonjo/);
  assert.equal(valid, true);
});

/** Runs every scenario in a browser of this kind. */
export function runCore(kind: BrowserKind): void {
  describe(kind.name, () => {
    let browser: Browser;
    let home: Site;
    before(async () => {
      if (kind.missing) return;
      browser = await kind.launch();
      home = await Site.start();
    });
    after(async () => {
      await browser?.close();
      await home?.stop();
    });
    for (const { title, run, isFirst } of scenarios) {
      const options = { timeout: 60_000, skip: kind.missing ?? false };
      test(title, options, async (context) => {
        context.diagnostic(browser.version);
        const site = isFirst ? await Site.start() : home;
        try {
          await run({ kind, browser, site });
        } finally {
          if (isFirst) await site.stop();
        }
      });
    }
  });
}
