// Pictures of the demo's pages and of the elements, in both themes, wide and narrow, into docs/images.
// Needs `npm run build` and the Factbook. Usage: screenshots.mjs [--out FOLDER] [NAME...]
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { deflateSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { launchOptions } from './lib/chromium.mjs';
import { root } from './lib/paths.mjs';
import { main, UserError } from './lib/run.mjs';
import { startServer } from './lib/server.mjs';

/** Longer pages are cut: a picture shows what a page is like. */
const MOST_HEIGHT = { 360: 1500, 1280: 1500 };
/** Levels of each colour, the most with which 256 colours are enough: what differs less is the edge of a letter. */
const LEVELS = [128, 64, 48, 32, 24, 16, 12, 8];
const PACK = '/packs/factbook/manifest.json';

async function openDemo(page, tab) {
  await page.goto('/');
  await page.locator('#load[data-phase=ready]').waitFor();
  await page.locator('#offline[data-state=kept]').waitFor();
  if (tab) await page.getByRole('tab', { name: tab }).click();
}

async function ask(page, question) {
  await page.locator('#question').fill(question);
  await page.keyboard.press('Enter');
  await page.locator('#ask .answer .receipt').first().waitFor();
  await page.locator('#ask .found li').first().waitFor();
}

async function compose(page) {
  await openDemo(page, 'Continue a sentence');
  await page.locator('#offers button').first().click();
  await page.locator('#result .receipt').waitFor();
}

const asTextFile = (name, text) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

/** What each picture shows, and how one gets there. */
const PICTURES = {
  async 'demo-ask'(page) {
    await openDemo(page);
    await ask(page, 'What is the total area of Kenya?');
  },
  async 'demo-refusal'(page) {
    await openDemo(page);
    await page.locator('#question').fill('What is the capital of Wakanda?');
    await page.keyboard.press('Enter');
    await page.locator('#ask .refusal').waitFor();
    await page.locator('#ask .found li').first().waitFor();
  },
  async 'demo-source'(page) {
    await openDemo(page);
    await ask(page, 'What do they speak in Norway?');
    await page.locator('.passage').first().click();
    await page.locator('.card blockquote', { hasText: '…' }).waitFor();
    await page.evaluate(() => scrollBy(0, innerWidth > 640 ? 200 : 0));
    return 'view';
  },
  async 'demo-inside'(page) {
    await openDemo(page);
    await ask(page, 'What is the climate of Kenya?');
    await page.getByRole('button', { name: 'Look inside' }).click();
    await page.locator('.past .token', { hasText: 'along' }).click();
    await page.locator('.building .shape').first().waitFor();
    await page.getByRole('button', { name: 'Look inside' }).scrollIntoViewIfNeeded();
    return page.locator('.answer').first();
  },
  async 'demo-overview'(page) {
    await openDemo(page, 'Overview of a topic');
    await page.getByRole('button', { name: 'Iceland', exact: true }).click();
    await page.locator('#overview .receipt').waitFor();
    await page.locator('#overview .found li').first().waitFor();
  },
  'demo-continue': compose,
  async 'demo-suggest'(page) {
    await openDemo(page, 'Continue a sentence');
    await page.locator('#prompt').pressSequentially('The economy is hea');
    await page.locator('#prompt-suggestions [role=row]').first().waitFor();
    await page.waitForTimeout(300);
  },
  async 'demo-why'(page) {
    await openDemo(page, 'Continue a sentence');
    await page.locator('#prompt').fill('The economy is heavily');
    await page.keyboard.press('Escape'); // the suggestions lie above the button
    await page.getByRole('button', { name: 'Why these words?' }).click();
    await page.locator('.building .shape').first().waitFor();
    return page.locator('#compose');
  },
  async 'demo-check'(page) {
    await openDemo(page, 'Check a text');
    await page.locator('#check-example').click();
    await page.locator('#check-result .receipt').waitFor();
  },
  async 'demo-trace'(page) {
    await openDemo(page, 'Trace a text');
    await page.locator('#trace-example').click();
    await page.locator('#trace-result .receipt').waitFor();
  },
  async 'demo-learn'(page) {
    await openDemo(page, 'Learn your own');
    await page
      .getByLabel('Choose files')
      .setInputFiles([
        asTextFile(
          'kiln.txt',
          'The kiln\n\nThe kiln was built by our grandfather in 1962. A firing takes eleven hours, and the ' +
            'door stays shut for two days after it. Celadon is fired at 1,260 degrees.',
        ),
        asTextFile('dog.txt', 'The dog\n\nHer dog is called Bartholomew. He is afraid of geese.'),
      ]);
    await page.locator('#learn-list li').nth(1).waitFor();
    await page.getByLabel('Question about your texts').fill('How long does a firing take?');
    await page.keyboard.press('Enter');
    await page.locator('#learn-ask-thread .receipt').waitFor();
  },
  async elements(page) {
    await page.route('/elements.html', (route) =>
      route.fulfill({ contentType: 'text/html; charset=utf-8', body: elementsPage }),
    );
    await page.goto('/elements.html');
    await page.getByLabel('Ask a question').fill('What is the total area of Kenya?');
    await page.keyboard.press('Enter');
    await page.locator('.words').waitFor();
    await page.getByLabel('Search').fill('border dispute');
    await page.locator('.results li').nth(2).waitFor();
    const text =
      'Denmark granted limited home rule in 1874 and complete independence in 1954. Its cheese is ' +
      'rolled down a hill every summer.';
    await page.getByLabel('Text to check').fill(text);
    await page.getByRole('button', { name: 'Check' }).click();
    await page.locator('.legend').waitFor();
    await page.getByLabel('Notes').pressSequentially('The economy depends heavily on ');
    await page.locator('[part=ghost]', { hasText: /\w/ }).waitFor();
  },
};

const elementsPage = `<!doctype html><html lang="en"><title>Elements</title>
  <meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
  <style>body { max-width: 44rem; margin: 0 auto; padding: 1.25rem; font: 17px/1.5 system-ui, sans-serif }
    textarea { box-sizing: border-box; width: 100%; padding: .7em; font: inherit }
    :is(cento-search, cento-check, cento-complete) { display: block; margin-top: 2.5rem }</style>
  <script type="module" src="/dist/elements.js"></script>
  <main><cento-ask pack="${PACK}"></cento-ask><cento-search limit="3" pack="${PACK}"></cento-search>
  <cento-check pack="${PACK}"></cento-check><cento-complete pack="${PACK}">
  <textarea aria-label="Notes" rows="2"></textarea></cento-complete></main></html>`;

/** A picture of the whole page, of an element of it, or of what is in view; as a PNG with a palette. */
async function picture(page, element, width, isFocused) {
  if (!isFocused) await page.evaluate(() => document.activeElement?.blur?.());
  await page.mouse.move(0, 0);
  const box = element === 'view' ? undefined : await element?.boundingBox();
  const [scrolled, height] = await page.evaluate(() => [
    scrollY,
    document.documentElement.scrollHeight,
  ]);
  const top = box ? Math.max(0, box.y + scrolled - 16) : 0;
  const bottom = box ? box.y + scrolled + box.height + 16 : height;
  const clip = { x: 0, y: top, width, height: Math.min(bottom - top, MOST_HEIGHT[width]) };
  const png = await page.screenshot(element === 'view' ? {} : { fullPage: true, clip });
  const blank = await page.context().newPage();
  const pixels = await blank.evaluate(readPixels, png.toString('base64'));
  const colours = Buffer.from(pixels.colours, 'base64');
  for (const levels of LEVELS) {
    const made = paletteOf(colours, levels);
    if (made) return encodePng(pixels.width, made);
  }
  throw new UserError('The picture has too many colours.');
}

/** In the browser, which can read pictures: {width, colours}, three bytes a pixel. */
async function readPixels(png) {
  const response = await fetch(`data:image/png;base64,${png}`);
  const bitmap = await createImageBitmap(await response.blob());
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  const blob = new Blob([data.filter((_, i) => i % 4 !== 3)]);
  const url = await new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.readAsDataURL(blob);
  });
  return { width: bitmap.width, colours: url.slice(url.indexOf(',') + 1) };
}

/** {palette, indices}; undefined: more than 256 colours. Of those that count as one the most frequent is shown. */
function paletteOf(colours, levels) {
  const indices = new Uint8Array(colours.length / 3);
  const known = new Map();
  const level = (value) => Math.round((value * (levels - 1)) / 255);
  for (let i = 0; i < indices.length; i++) {
    const [r, g, b] = colours.subarray(3 * i, 3 * i + 3);
    const key = (level(r) * levels + level(g)) * levels + level(b);
    let entry = known.get(key);
    if (entry === undefined) {
      if (known.size === 256) return undefined;
      entry = { index: known.size, counts: new Map() };
      known.set(key, entry);
    }
    const colour = (r << 16) | (g << 8) | b;
    entry.counts.set(colour, (entry.counts.get(colour) ?? 0) + 1);
    indices[i] = entry.index;
  }
  const palette = [...known.values()].flatMap(({ counts }) => {
    const [[colour]] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return [colour >> 16, (colour >> 8) & 255, colour & 255];
  });
  return { palette: Buffer.from(palette), indices };
}

function encodePng(width, { palette, indices }) {
  const height = indices.length / width;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8); // eight bits, a palette
  const rows = Buffer.alloc((width + 1) * height); // each begins with its filter: none
  for (let y = 0; y < height; y++) {
    rows.set(indices.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  }
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

/** CRC-32 as PNG has it; Node.js 20 has none of its own. */
function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: 'string', default: `${root}/docs/images` } },
  });
  const names = positionals.length > 0 ? positionals : Object.keys(PICTURES);
  const odd = names.find((name) => !PICTURES[name]);
  if (odd) throw new UserError(`No picture ${odd}; there are ${Object.keys(PICTURES).join(', ')}`);
  mkdirSync(values.out, { recursive: true });
  const server = await startServer({ port: 0 });
  const browser = await chromium.launch(launchOptions);
  let sum = 0;
  for (const name of names) {
    for (const colorScheme of ['light', 'dark']) {
      for (const width of [1280, 360]) {
        const context = await browser.newContext({
          baseURL: server.address,
          viewport: { width, height: 800 },
          colorScheme,
          reducedMotion: 'reduce',
        });
        const page = await context.newPage();
        const element = await PICTURES[name](page);
        const bytes = await picture(page, element, width, name === 'demo-suggest');
        const path = `${values.out}/${name}-${colorScheme}-${width}.png`;
        writeFileSync(path, bytes);
        sum += bytes.length;
        console.log(`${path} ${bytes.length}`);
        await context.close();
      }
    }
  }
  console.log(`${names.length * 4} pictures, ${sum} bytes`);
  await browser.close();
  await server.close();
});
