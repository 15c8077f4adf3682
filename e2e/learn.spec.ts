/** Texts of the reader's own in the demo: files dropped and chosen, pasted texts, saving, forgetting. */

import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { Learnable } from '../web/src/index.js';
import { ask, askOwn, expect, openTab, packIsReady, test } from './support/test.js';

const DIARY = `# Diary of a beekeeper

My grandmother Quillana keeps eleven bees in Zanzabad. Her dog is called Bartholomew.
`;
const PAGE = `<!doctype html><html><head><title>Plumbing</title><style>p { color: red }</style></head>
  <body><nav>Home Contact</nav><main><h1>Plumbing</h1>
  <p>Herbert the plumber repairs <b>copper</b> pipes on the third floor.</p>
  <img src="x" onerror="document.title='broken into'">
  <script>document.title = 'broken into'</script></main></body></html>`;

interface File {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

const file = (name: string, content: string | Buffer, mimeType = 'text/plain'): File => ({
  name,
  mimeType,
  buffer: Buffer.from(content),
});

async function openLearning(page: Page): Promise<void> {
  await page.goto('/#learn');
  await packIsReady(page);
  await expect(page.locator('#learn-kept')).toContainText('IndexedDB');
}

const choose = (page: Page, ...files: File[]) =>
  page.getByLabel('Choose files').setInputFiles(files);

/** Drags files over the field and, if so, drops them. */
async function drag(page: Page, files: File[], isDropped = true): Promise<void> {
  const data = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, text: `${buffer}` }));
  const transfer = await page.evaluateHandle((data) => {
    const transfer = new DataTransfer();
    for (const { name, mimeType, text } of data) {
      transfer.items.add(new File([text], name, { type: mimeType }));
    }
    return transfer;
  }, data);
  const drop = page.locator('#learn-drop');
  await drop.dispatchEvent('dragenter', { dataTransfer: transfer });
  await drop.dispatchEvent('dragover', { dataTransfer: transfer });
  if (isDropped) await drop.dispatchEvent('drop', { dataTransfer: transfer });
}

/** What "Save the texts" gives. */
async function savedTexts(page: Page): Promise<{ documents: Learnable[] }> {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the texts' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('cento-texts.json');
  return JSON.parse(readFileSync(await download.path(), 'utf8'));
}

const shelf = (page: Page) => page.locator('#learn-list li');

test.describe('with a page of HTML', () => {
  // The browser tells of what its policy would keep such a page from, though the page never runs.
  test.use({ expectedComplaints: /inline/ });

  test('files that are dropped are learned, listed and asked, and stay through a visit', async ({
    page,
  }) => {
    await openLearning(page);
    await expect(page.locator('#learn-asking')).toBeHidden();
    await drag(page, [file('diary.md', DIARY), file('plumber.html', PAGE, 'text/html')]);
    await expect(shelf(page)).toHaveCount(2);
    await expect(page.locator('#learn-status')).toContainText(/^Learned 2 texts, \d+ B, in .* ms/);
    const diary = shelf(page).filter({ hasText: 'Diary of a beekeeper' });
    await expect(diary).toContainText(/\d+ B, learned \w+/);

    const answer = await askOwn(page, 'What is the dog called?');
    await expect(answer.locator('.text')).toContainText('Bartholomew');
    await expect(answer.locator('.apparatus')).toContainText('Diary of a beekeeper');
    await expect(answer.locator('.apparatus .own')).toHaveText('your text');
    await answer.locator('.passage').first().click();
    await expect(page.getByRole('dialog', { name: 'Source of the passage' })).toContainText(
      'Your text: it is kept on this device.',
    );

    const saved = await savedTexts(page);
    expect(saved.documents.map(({ title, text }) => [title, text])).toEqual([
      ['Diary of a beekeeper', DIARY],
      ['Plumbing', 'Plumbing\n\nHerbert the plumber repairs copper pipes on the third floor.'],
    ]);

    await page.reload();
    await packIsReady(page);
    await expect(shelf(page)).toHaveCount(2);
    await expect((await askOwn(page, 'Who repairs pipes?')).locator('.text')).toContainText(
      'Herbert the plumber repairs copper pipes',
    );
    await expect(page).toHaveTitle('Cento: every word has a source');

    // The other pages answer from it, too.
    await openTab(page, 'Ask a question');
    const other = await ask(page, 'What is the dog called?');
    await expect(other.locator('.own')).toHaveText('your text');
  });
});

test('a file that is dragged over the field shows where it will go', async ({ page }) => {
  await openLearning(page);
  const drop = page.locator('#learn-drop');
  await drag(page, [file('diary.md', DIARY)], false);
  await expect(drop).toHaveClass(/over/);
  await drop.dispatchEvent('dragleave');
  await expect(drop).not.toHaveClass(/over/);
});

test('what cannot be learned is said in place, and the rest is learned', async ({ page }) => {
  await openLearning(page);
  await choose(
    page,
    file('empty.txt', ' \n'),
    file('photo.txt', Buffer.from([137, 80, 78, 71, 0, 0, 1, 2, 255])),
    file('huge.txt', 'many words '.repeat(500_000)),
    file('diary.md', DIARY),
  );
  await expect(shelf(page)).toHaveCount(1);
  const problems = page.locator('#learn-problems p');
  await expect(problems).toHaveText([
    'empty.txt is empty.',
    'photo.txt is not text. Text, Markdown, HTML, PDF and EPUB can be read here.',
    /^huge\.txt is too large: 5\.50 MB, of 4\.19 MB at most\.$/,
  ]);
  const large = (name: string) => file(name, `${name} says words. `.repeat(100_000));
  await choose(page, large('one.txt'), large('two.txt'), large('three.txt'));
  await expect(problems).toHaveText([/^Nothing was learned\. Together the texts would be/]);
  await expect(shelf(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Learn it' }).click();
  await expect(problems).toHaveText(['The text is empty.']);
});

test('with the keyboard alone a text is pasted, learned and forgotten', async ({
  page,
  context,
}) => {
  await openLearning(page);
  const requests: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  await page.getByLabel('Choose files').focus();
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Or paste a text')).toBeFocused();
  await page.keyboard.insertText('Xerxes the parrot speaks Portuguese.');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(shelf(page)).toContainText('Xerxes the parrot speaks Portuguese.');
  await expect(page.getByLabel('Or paste a text')).toHaveValue('');
  await choose(page, file('diary.md', DIARY));
  await expect(shelf(page)).toHaveCount(2);

  await page.getByRole('button', { name: 'Forget Diary of a beekeeper' }).focus();
  await page.keyboard.press('Enter');
  await expect(shelf(page)).toHaveCount(1);
  await expect(page.locator('#learn-status')).toHaveText('“Diary of a beekeeper” is forgotten.');
  await expect(shelf(page).getByRole('button')).toBeFocused();
  const answer = await askOwn(page, 'What is the dog called?');
  await expect(answer).not.toContainText('Bartholomew');

  await page.getByRole('button', { name: 'Forget all' }).click();
  const dialog = page.getByRole('dialog', { name: 'Forget all your texts?' });
  await expect(dialog).toContainText('1 text');
  await expect(dialog.getByRole('button', { name: 'Keep them' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(shelf(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Forget all' }).click();
  await dialog.getByRole('button', { name: 'Forget all' }).click();
  await expect(shelf(page)).toHaveCount(0);
  await expect(page.getByLabel('Choose files')).toBeFocused();
  await expect(page.locator('#learn-asking')).toBeHidden();
  expect(requests).toEqual([]);
});

test('what was learned is saved as a file, and that file is learned again', async ({ page }) => {
  await openLearning(page);
  await choose(page, file('diary.md', DIARY));
  await expect(shelf(page)).toHaveCount(1);
  const saved = await savedTexts(page);
  await page.getByRole('button', { name: 'Forget Diary of a beekeeper' }).click();
  await expect(shelf(page)).toHaveCount(0);
  await choose(page, file('cento-texts.json', JSON.stringify(saved), 'application/json'));
  await expect(shelf(page)).toContainText('Diary of a beekeeper');
});

test('what was learned is saved as a pack, into a folder or as downloads', async ({ page }) => {
  await openLearning(page);
  await choose(page, file('diary.md', DIARY));
  await expect(shelf(page)).toHaveCount(1);
  const save = page.getByRole('button', { name: 'Save as a pack' });
  const status = page.locator('#learn-status');
  // No test can use the browser's own chooser; the page's private folder is of the same kind.
  await page.evaluate(() => {
    Object.assign(globalThis, { showDirectoryPicker: () => navigator.storage.getDirectory() });
  });
  await save.click();
  await expect(status).toContainText(/^3 files are in the folder/);
  const inFolder = await page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory();
    const handle = await folder.getFileHandle('manifest.json');
    return JSON.parse(await (await handle.getFile()).text()).title;
  });
  expect(inFolder).toBe('My texts');

  await page.evaluate(() => Object.assign(globalThis, { showDirectoryPicker: undefined }));
  const names: string[] = [];
  page.on('download', (download) => names.push(download.suggestedFilename()));
  await save.click();
  await expect(status).toContainText(/^3 files are among your downloads/);
  await expect.poll(() => names).toContain('manifest.json');
});
