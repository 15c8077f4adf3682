/** A newer version of a pack on the server, behind the one that a browser has stored. */

import { readFileSync } from 'node:fs';
import type { BrowserContext } from '@playwright/test';
import { inPage, open } from './support/library.js';
import { root } from './support/native.js';
import { blankPage, expect, openTab, packIsReady, test } from './support/test.js';

const SITE = '/packs/e2e-site/manifest.json';
const WHOLE = { share: 1 };
const NEW_TEXT = ' weathercock was painted green';

interface Manifest {
  packId: string;
  files: { file: string; bytes: number }[];
}

const manifestOf = (version: number): Manifest =>
  JSON.parse(readFileSync(`${root}build/packs/e2e-site-${version}/manifest.json`, 'utf8'));

/** One address whose pack has two versions. */
class Site {
  version = 1;
  hold: Promise<void> | undefined;
  /** File names, and bytes of their bodies. */
  sent: { file: string; bytes: number }[] = [];

  async serve(context: BrowserContext): Promise<void> {
    await context.route('**/packs/e2e-site/*', async (route) => {
      const file = route.request().url().split('/').at(-1) as string;
      const { version } = this;
      if (file !== 'manifest.json') await this.hold;
      try {
        const body = readFileSync(`${root}build/packs/e2e-site-${version}/${file}`);
        this.sent.push({ file, bytes: body.length });
        await route.fulfill({ body });
      } catch {
        await route.fulfill({ status: 404 }).catch(() => {}); // the page has gone
      }
    });
  }

  takeSent(): { file: string; bytes: number }[] {
    return this.sent.splice(0).filter(({ file }) => file !== 'manifest.json');
  }
}

test('the demo says quietly that a newer version came, and looks for one only when asked', async ({
  page,
  context,
}) => {
  const site = new Site();
  await site.serve(context);
  await page.goto('/?pack=packs/e2e-site/manifest.json');
  await packIsReady(page);
  const newer = page.locator('#newer');
  const look = page.getByRole('button', { name: 'Look for a newer version' });
  await look.click();
  await expect(newer).toHaveText('This is the newest.');
  site.version = 2;
  let release = () => {};
  site.hold = new Promise((resolve) => {
    release = resolve;
  });
  await look.click();
  await expect(newer).toContainText(/^A newer version is on its way: \d+ k?B to come\.$/);
  release();
  await expect(newer).toHaveText('A newer version has arrived, and answers from now on.');
  await openTab(page, 'Trace a text');
  await page.locator('#trace-text').fill(`The${NEW_TEXT}`);
  await page.getByRole('button', { name: 'Trace', exact: true }).click();
  await expect(page.locator('#trace-result .passage')).toContainText(
    'weathercock was painted green',
  );

  // A page that is opened finds one by itself, behind the one that it answers from.
  site.version = 1;
  await page.reload();
  await expect(newer).toHaveText('A newer version has arrived, and answers from now on.');
});

test('the old version answers at once, what changed travels, and the new one takes its place', async ({
  page,
  context,
}) => {
  const site = new Site();
  await site.serve(context);
  await blankPage(page);
  expect(await open(page, SITE)).toEqual(WHOLE);
  site.takeSent();

  site.version = 2;
  let release = () => {};
  site.hold = new Promise((resolve) => {
    release = resolve;
  });
  expect(await open(page, SITE)).toEqual(WHOLE);
  expect(await inPage(page, async ({ cento }) => (await cento.info()).packId)).toBe(
    manifestOf(1).packId,
  );
  expect(await page.evaluate(`cento.count('${NEW_TEXT}')`)).toBe(0);
  release();
  await expect.poll(() => inPage(page, ({ updates }) => updates.at(-1)?.phase)).toBe('ready');
  expect(await page.evaluate(`cento.count('${NEW_TEXT}')`)).toBe(1);
  expect(await inPage(page, async ({ cento }) => (await cento.info()).packId)).toBe(
    manifestOf(2).packId,
  );

  const before = new Set(manifestOf(1).files.map(({ file }) => file));
  const changed = manifestOf(2).files.filter(({ file }) => !before.has(file));
  const sent = site.takeSent();
  expect(sent.map(({ file }) => file).sort()).toEqual(changed.map(({ file }) => file).sort());
  const bytes = sent.reduce((sum, one) => sum + one.bytes, 0);
  expect(sent.length).toBeLessThanOrEqual(3); // tables and two shards
  expect(bytes).toBeLessThan(0.05 * manifestOf(2).files.reduce((sum, one) => sum + one.bytes, 0));
  const [first] = await inPage(page, ({ updates }) => updates);
  expect((first?.totalBytes as number) - (first?.bytes as number)).toBe(bytes);
  const stored = await inPage(page, ({ Cento }) => Cento.storage.list());
  expect(stored.map(({ packId, complete }) => [packId, complete])).toEqual([
    [manifestOf(2).packId, true],
  ]);

  // What is stored now is the new version, with its index.
  site.sent.length = 0;
  expect(await open(page, SITE, { update: 'manual' })).toEqual(WHOLE);
  expect(site.sent).toEqual([]);
  expect(await page.evaluate(`cento.count('${NEW_TEXT}')`)).toBe(1);
});

test('a tab that is killed at any moment of an update leaves the old version or the new one', async ({
  page,
  context,
}) => {
  const site = new Site();
  await site.serve(context);
  await blankPage(page);
  const ids = [manifestOf(1).packId, manifestOf(2).packId];
  const seen: string[] = [];
  for (let moment = 0; moment < 8; moment++) {
    await inPage(page, async () => {
      const { Cento } = (await import(`${location.origin}/dist/index.js`)) as {
        Cento: { storage: { clear(): Promise<void> } };
      };
      await Cento.storage.clear();
    });
    site.version = 1;
    expect(await open(page, SITE, { update: 'manual' })).toEqual(WHOLE);
    site.version = 2;
    const victim = await context.newPage();
    await blankPage(victim);
    expect(await open(victim, SITE, { update: 'manual' })).toEqual(WHOLE);
    await inPage(victim, ({ cento }) => {
      void cento.update();
    });
    await victim.waitForTimeout(moment * 60);
    await victim.close();

    const heir = await context.newPage();
    await blankPage(heir);
    site.takeSent();
    expect(await open(heir, SITE, { update: 'manual' })).toEqual(WHOLE);
    expect(site.takeSent()).toEqual([]);
    const { packId, valid } = await inPage(heir, async ({ cento }) => ({
      packId: (await cento.info()).packId,
      valid: (await cento.verify(await cento.complete('The ferry reaches'))).valid,
    }));
    expect(ids).toContain(packId);
    expect(valid).toBe(true);
    seen.push(packId);
    await heir.close();
  }
  expect(seen).toContain(ids[0]);
});

test('a version that cannot be brought in leaves the old one', async ({ page, context }) => {
  const site = new Site();
  await site.serve(context);
  await blankPage(page);
  expect(await open(page, SITE)).toEqual(WHOLE);
  site.version = 2;
  await context.route('**/packs/e2e-site/tables.*', async (route) => {
    await route.fulfill({ body: 'damaged' });
  });
  expect(await open(page, SITE)).toEqual(WHOLE);
  await expect.poll(() => inPage(page, ({ warnings }) => warnings)).toEqual(['IntegrityError']);
  expect(await inPage(page, async ({ cento }) => (await cento.info()).packId)).toBe(
    manifestOf(1).packId,
  );
  await context.unroute('**/packs/e2e-site/tables.*');
  expect(await inPage(page, ({ cento }) => cento.update())).toBe(true);
  expect(await page.evaluate(`cento.count('${NEW_TEXT}')`)).toBe(1);
});
