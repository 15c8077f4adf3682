/** PDF and EPUB files on the demo's page for texts of one's own: read, asked, and said what is wrong with them. */

import type { Page } from '@playwright/test';
import { epubFile, pdfFile } from './support/books.js';
import { askOwn, expect, isKept, packIsReady, test } from './support/test.js';

async function openLearning(page: Page): Promise<void> {
  await page.goto('/#learn');
  await packIsReady(page);
  await expect(page.locator('#learn-kept')).toContainText('IndexedDB');
}

const choose = (page: Page, name: string, buffer: Buffer) =>
  page.getByLabel('Choose files').setInputFiles([{ name, mimeType: '', buffer }]);

const PDF = pdfFile('Report on beavers', [
  ['The dams of the north', '', 'This report was written for those who walk along rivers.', '0'],
  [
    'The dams of the north',
    '',
    'The beavers of Zanzabad build their dams from willow. A dam is opened by the war-',
    'den Quillana every spring.',
    '',
    'The largest dam is',
    '1',
  ],
  ['The dams of the north', '', 'forty-one metres long and was finished in 1987.', '2'],
]);
const EPUB = epubFile('The plumber of Zanzabad', [
  '<h1>One</h1><p>Herbert the plumber repairs <b>copper</b> pipes on the third floor.</p>',
  '<h1>Two</h1><p>His apprentice Bartholomew collects rusty taps.</p><script>throw 1</script>',
]);

test('a PDF is read, its lines and pages put together, and asked', async ({ page }) => {
  const requests: string[] = [];
  await openLearning(page);
  page.on('request', (request) => requests.push(request.url()));
  await choose(page, 'beavers.pdf', PDF);
  await expect(page.locator('#learn-status')).toContainText('Learned 1 text');
  await expect(page.locator('#learn-list')).toContainText('Report on beavers');
  const spring = await askOwn(page, 'Who opens the dam every spring?');
  await expect(spring.locator('.text')).toContainText('opened by the warden Quillana');
  const long = await askOwn(page, 'How long is the largest dam?');
  await expect(long.locator('.text')).toContainText(
    'The largest dam is forty-one metres long and was finished in 1987.',
  );
  // The reader came from this site, and nothing else did.
  const paths = requests.map((url) => new URL(url).pathname);
  expect(new Set(paths)).toEqual(new Set(['/pdf/reader.js', '/pdf/worker.js']));
  expect(requests.every((url) => url.startsWith(new URL('/', page.url()).href))).toBe(true);
});

test.describe('with the service worker', () => {
  test.use({
    serviceWorkers: 'allow',
    // The browser tells of each request that fails: the page asks for the list of models and a newer manifest.
    expectedComplaints: /^Failed to load resource: net::ERR_/,
  });

  test('a reader that was used once serves without a network, one that was not says so', async ({
    page,
    context,
  }) => {
    await openLearning(page);
    await isKept(page);
    await choose(page, 'beavers.pdf', PDF);
    await expect(page.locator('#learn-status')).toContainText('Learned 1 text');
    await context.setOffline(true);
    await page.reload();
    await openLearning(page);
    await choose(page, 'more beavers.pdf', PDF);
    await expect(page.locator('#learn-list')).toContainText('Report on beavers');
    await expect(page.locator('#learn-summary')).toContainText('2 texts');
    await choose(page, 'plumber.epub', EPUB);
    await expect(page.locator('#learn-problems')).toContainText('Is there a network?');
  });
});

test('an EPUB is read in its own order, and asked', async ({ page }) => {
  await openLearning(page);
  await choose(page, 'plumber.epub', EPUB);
  await expect(page.locator('#learn-status')).toContainText('Learned 1 text');
  await expect(page.locator('#learn-list')).toContainText('The plumber of Zanzabad');
  const answer = await askOwn(page, 'What does Bartholomew collect?');
  await expect(answer.locator('.text')).toContainText('collects rusty taps');
  const pipes = await askOwn(page, 'What does Herbert repair?');
  await expect(pipes.locator('.text')).toContainText('copper pipes');
});

test.describe('what cannot be read is explained, and the others are learned', () => {
  const cases: [string, Buffer, string][] = [
    [
      'locked.pdf',
      pdfFile('Locked', [['Nothing.']], { isLocked: true }),
      'is protected by a password',
    ],
    ['broken.pdf', Buffer.from('%PDF-1.4\nno more'), 'is damaged, or no PDF'],
    ['pictures.pdf', pdfFile('Pictures', [[]]), 'has no text'],
    [
      'locked.epub',
      epubFile('Locked', ['<p>x</p>'], { isLocked: true }),
      'is locked by its publisher',
    ],
    ['broken.epub', EPUB.subarray(0, EPUB.length - 200), 'is damaged, or no EPUB'],
    ['other.epub', Buffer.from('no zip file'), 'is damaged, or no EPUB'],
  ];
  for (const [name, buffer, problem] of cases) {
    test(name, async ({ page }) => {
      await openLearning(page);
      await page.getByLabel('Choose files').setInputFiles([
        { name, mimeType: '', buffer },
        { name: 'note.txt', mimeType: '', buffer: Buffer.from('The note is kept in Zanzabad.') },
      ]);
      await expect(page.locator('#learn-problems')).toContainText(`${name} ${problem}`);
      await expect(page.locator('#learn-status')).toContainText('Learned 1 text');
    });
  }
});
