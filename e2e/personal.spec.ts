/** The reader's own texts, and several packs, in a real browser. */

import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { inPage, open } from './support/library.js';
import { root } from './support/native.js';
import { blankPage, expect, SMALL, test } from './support/test.js';

const SITE = '/packs/e2e-site/manifest.json';
const WHOLE = { share: 1 };

/** Learns two texts in a page. */
function learnTwo(page: Page): Promise<string[]> {
  return inPage(page, async ({ cento }) => {
    const learned = await cento.learn([
      {
        id: 'diary',
        title: 'Diary',
        text: 'My grandmother Quillana keeps eleven bees in Zanzabad. Her dog is called Bartholomew.',
      },
      { id: 'plumber', text: 'Herbert the plumber repairs copper pipes on the third floor.' },
    ]);
    return learned.map(({ id }) => id);
  });
}

const askAfterDog = (page: Page) =>
  inPage(page, async ({ cento }) => (await cento.ask('What is the dog called?')).text);

/** Everything that IndexedDB holds, as one text: strings, and bytes as Latin-1. */
function storedText(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const parts: string[] = [];
    const add = (value: unknown): void => {
      if (typeof value === 'string') parts.push(value);
      else if (value instanceof Uint8Array) parts.push(new TextDecoder('latin1').decode(value));
      else if (typeof value === 'object' && value !== null) Object.values(value).forEach(add);
    };
    const opening = indexedDB.open('cento');
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    for (const name of db.objectStoreNames) {
      const all = db.transaction(name).objectStore(name).getAll();
      await new Promise((resolve) => {
        all.onsuccess = resolve;
      });
      add(all.result);
    }
    db.close();
    return parts.join('\n');
  });
}

test('what is learned stays through a visit, and is gone everywhere when it is forgotten', async ({
  page,
}) => {
  expect(await open(page, SMALL)).toEqual(WHOLE);
  expect(await learnTwo(page)).toEqual(['diary', 'plumber']);
  expect(await askAfterDog(page)).toContain('Bartholomew');
  expect(await storedText(page)).toContain('Bartholomew');

  await page.reload();
  expect(await open(page, SMALL)).toEqual(WHOLE);
  expect(await askAfterDog(page)).toContain('Bartholomew');
  expect(await inPage(page, ({ warnings }) => warnings)).toEqual([]);

  const left = await inPage(page, async ({ cento }) => {
    const text =
      'My grandmother Quillana keeps eleven bees in Zanzabad. Her dog is called Bartholomew.';
    const tokens = await cento.encode(text);
    const windows: string[] = [];
    for (let i = 0; i + 4 <= tokens.length; i++) {
      windows.push(await cento.decode(tokens.slice(i, i + 4)));
    }
    const before = await Promise.all(windows.map((window) => cento.count(window)));
    await cento.forget('diary');
    const after = await Promise.all(windows.map((window) => cento.count(window)));
    const opening = 'Her dog is called Barth';
    const said = [
      (await cento.ask('What is the dog called?')).text,
      (await cento.complete('Her dog is')).text,
      (await cento.overview('Quillana Zanzabad')).text,
      ...(await cento.suggest(opening, { limit: 20 })).suggestions.map((one) => opening + one.text),
      ...(await cento.search(text)).results.map(({ excerpt }) => excerpt),
      ...(await cento.trace(text)).spans.map(({ start, end }) => text.slice(start, end)),
    ].join('\n');
    return { before, after, said };
  });
  // Windows of the small pack's vocabulary may stand in it, too; those of the text alone are gone.
  expect(left.before.every((count) => count > 0)).toBe(true);
  expect(left.before.filter((count, i) => left.after[i] === count - 1).length).toBe(
    left.before.length,
  );
  expect(left.after.filter((count) => count === 0).length).toBeGreaterThan(20);
  expect(left.said).not.toMatch(/Bartholomew|Quillana|Zanzabad|eleven bees/);
  const stored = await storedText(page);
  expect(stored).toContain('Herbert the plumber');
  expect(stored).not.toMatch(/Bartholomew|Quillana|Zanzabad/);
});

test('several texts are forgotten in one call, and the index is made anew once', async ({
  page,
}) => {
  expect(await open(page, SMALL)).toEqual(WHOLE);
  expect(await learnTwo(page)).toEqual(['diary', 'plumber']);
  const done = await inPage(page, async ({ cento }) => {
    const channel = new BroadcastChannel('cento:personal:e2e-small');
    let changes = 0;
    channel.onmessage = () => changes++;
    const forgotten = await cento.forget(['diary', 'nobody', 'plumber']);
    const left = await cento.learned();
    const again = await cento.forget(['diary', 'plumber']);
    const nothing = await cento.forget([]);
    const error = await cento.forget(['diary', 1] as string[]).catch((fault) => fault.code);
    const { text } = await cento.ask('What is the dog called?');
    channel.close();
    return { forgotten, left, again, nothing, error, text, changes };
  });
  expect(done).toMatchObject({ forgotten: true, left: [], again: false, nothing: false });
  expect(done.error).toBe('InvalidArgumentError');
  expect(done.text).not.toContain('Bartholomew');
  expect(done.changes).toBeLessThanOrEqual(3); // one for each call, however many texts it names
  expect(await storedText(page)).not.toMatch(/Bartholomew|Herbert/);
});

test('tabs learn and forget together', async ({ page, context }) => {
  const other = await context.newPage();
  for (const tab of [page, other]) expect(await open(tab, SMALL)).toEqual(WHOLE);
  await learnTwo(page);
  await expect.poll(() => askAfterDog(other)).toContain('Bartholomew');
  expect(await inPage(other, ({ cento }) => cento.forget('diary'))).toBe(true);
  await expect.poll(() => askAfterDog(page)).not.toContain('Bartholomew');
  // Both at once: neither loses what the other learned.
  await Promise.all([
    inPage(page, ({ cento }) => cento.learn({ id: 'a', text: 'Alfa is a red house.' })),
    inPage(other, ({ cento }) => cento.learn({ id: 'b', text: 'Bravo is a green house.' })),
  ]);
  for (const tab of [page, other]) {
    const ids = await inPage(tab, async ({ cento }) => (await cento.learned()).map(({ id }) => id));
    expect(ids).toEqual(['a', 'b', 'plumber']);
    await expect
      .poll(() => inPage(tab, async ({ cento }) => (await cento.ask('What is Alfa?')).text))
      .toContain('red house');
  }
});

test('a newer version of the pack finds what was learned', async ({ page, context }) => {
  let version = 1;
  await context.route('**/packs/e2e-site/*', async (route) => {
    const file = route.request().url().split('/').at(-1) as string;
    const body = readFileSync(`${root}build/packs/e2e-site-${version}/${file}`);
    if (file !== 'manifest.json') return route.fulfill({ body });
    return route.fulfill({ json: { ...JSON.parse(body.toString()), name: 'site' } });
  });
  await blankPage(page);
  expect(await open(page, SITE, { update: 'manual' })).toEqual(WHOLE);
  await learnTwo(page);
  const packId = () => inPage(page, async ({ cento }) => (await cento.info()).packId);
  const before = await packId();
  version = 2;
  expect(await inPage(page, ({ cento }) => cento.update())).toBe(true);
  expect(await packId()).not.toBe(before);
  expect(await askAfterDog(page)).toContain('Bartholomew');
  expect(
    await inPage(page, async ({ cento }) =>
      cento.verify(await cento.ask('What is the dog called?')),
    ),
  ).toMatchObject({ valid: true, problems: [] });
});

test('packs come and go beside each other', async ({ page }) => {
  expect(await open(page, SMALL)).toEqual(WHOLE);
  const done = await inPage(page, async ({ cento }) => {
    const asked = () => cento.ask('Who invented the sprocket?');
    const before = await asked();
    const { packId } = await cento.mount('/packs/e2e-hostile/manifest.json');
    const running = asked();
    const unmounted = await cento.unmount(packId);
    const during = await running;
    const after = await asked();
    return {
      answers: [before, during, after].map(({ text, refused }) => (refused ? 'refused' : text)),
      unmounted,
    };
  });
  expect(done.unmounted).toBe(true);
  expect(done.answers).toEqual(['refused', expect.stringContaining('Trudy'), 'refused']);
});

test('an exported pack answers by itself', async ({ page, context }) => {
  expect(await open(page, SMALL)).toEqual(WHOLE);
  await learnTwo(page);
  const files = await inPage(page, async ({ cento }) => {
    const exported = await cento.exportPack({ name: 'notes', title: 'My notes' });
    return Object.entries(exported).map(([name, bytes]) => [name, [...bytes]] as const);
  });
  const byName = new Map(files.map(([name, bytes]) => [name, Buffer.from(bytes)]));
  await context.route('**/packs/notes/*', (route) =>
    route.fulfill({
      body: byName.get(route.request().url().split('/').at(-1) as string) as Buffer,
    }),
  );
  expect(await open(page, '/packs/notes/manifest.json')).toEqual(WHOLE);
  const alone = await inPage(page, async ({ cento }) => ({
    packs: (await cento.packs()).map(({ name, title, personal }) => ({ name, title, personal })),
    found: (await cento.search('Bartholomew')).results.map(({ source }) => source.documentId),
    trace: await cento.trace('Her dog is called Bartholomew'),
  }));
  expect(alone.packs).toEqual([{ name: 'notes', title: 'My notes', personal: false }]);
  expect(alone.found).toEqual(['diary']);
  expect(alone.trace.covered).toBe(1);
});
