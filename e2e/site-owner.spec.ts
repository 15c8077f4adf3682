/** The site owner's guide by its own commands: from the package in an empty folder to answers in a browser. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  emptyFolder,
  fencedBlocks,
  root,
  runBlock,
  startServing,
} from '../tests/product/lib/docs.mjs';
import { expect, test } from './support/test.js';

test('what the guide says makes a site answer, with links to its pages', async ({ page }) => {
  const guide = readFileSync(join(root, 'docs/guides/site-owner.md'), 'utf8');
  const blocks = fencedBlocks(guide);
  const [build, serve] = blocks.filter(({ language }) => language === 'sh');
  const markup = blocks.find(({ language }) => language === 'html');
  const pages = join(root, 'web/examples/static-site/public');
  const folder = emptyFolder({
    'public/guide/history.html': { from: join(pages, 'history.html') },
    'public/guide/visit.html': { from: join(pages, 'visit.html') },
    'public/guide/style.css': { from: join(pages, 'style.css') },
  });
  const built = await runBlock(folder, build?.code as string);
  expect(built).toBeUndefined();
  const home = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Home</title>
    <link rel="icon" href="data:,"></head><body><h1>Home</h1>${markup?.code}</body></html>`;
  writeFileSync(join(folder, 'public/index.html'), home);
  const { address, end } = await startServing(folder, serve?.code.trim() as string);
  try {
    await page.goto(address);
    for (const [question, answer] of [
      ['How tall is the tower?', /41 metres/],
      ['Who built the tower?', /\w/],
      ['How do I bake bread?', /./],
    ] as const) {
      await page.getByRole('textbox').fill(question);
      await page.getByRole('button', { name: 'Ask' }).click();
      const shown = page.locator('[part~=answer]').first();
      await expect(shown).toContainText(question);
      await expect(shown).toContainText(answer);
    }
    await expect(page.locator('[part~=refusal]')).toBeVisible();
    await page.getByRole('textbox').fill('How tall is the tower?');
    await page.keyboard.press('Enter');
    await page.locator('[part~=source] a, [part~=sources] a').first().click();
    await expect(page).toHaveURL(/\/guide\/history\.html#/);
    await expect(page.getByText('41 metres tall')).toBeVisible();
  } finally {
    await end();
  }
});
