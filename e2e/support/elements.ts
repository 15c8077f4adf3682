/** Pages that are made of the elements, under the server's Content Security Policy. */

import type { Page } from '@playwright/test';
import type { CentoElementEvents } from '../../web/src/elements/types.js';

/** The attributes of an element on a pack; the policy asks for the address of the worker. */
export const on = (pack: string): string => `pack="${pack}" worker-url="/dist/worker.js"`;

interface PageOptions {
  lang?: string;
  dir?: 'ltr' | 'rtl';
}

const STYLE = `
  body { max-width: 44rem; margin: 0 auto; padding: 1.25rem; font: 17px/1.5 system-ui, sans-serif;
    background: Canvas; color: CanvasText; }
  textarea, input { box-sizing: border-box; width: 100%; padding: 0.7em; font: inherit; }
  cento-search, cento-check, cento-complete, cento-sources { margin-top: 2.5rem; }
`;

/** Opens a page with `body` in its `<main>`. */
export async function elementsPage(
  page: Page,
  body: string,
  { lang = 'en', dir = 'ltr' }: PageOptions = {},
): Promise<void> {
  const policy = await page.request.get('/');
  await page.route('/elements.css', (route) =>
    route.fulfill({ contentType: 'text/css', body: STYLE }),
  );
  await page.route('/elements.html', (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers: {
        'content-security-policy': policy.headers()['content-security-policy'] as string,
      },
      body: `<!doctype html><html lang="${lang}" dir="${dir}"><head><title>Elements</title>
        <meta name="viewport" content="width=device-width">
        <meta name="color-scheme" content="light dark">
        <link rel="stylesheet" href="/elements.css">
        <script type="module" src="/dist/elements.js"></script></head>
        <body><main><h1>Elements</h1>${body}</main></body></html>`,
    }),
  );
  await page.goto('/elements.html');
}

/** Notes every event of the elements; gives what reads the names so far. */
export async function noteEvents(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const names: (keyof CentoElementEvents)[] = [
      'cento-ready',
      'cento-error',
      'cento-question',
      'cento-fragment',
      'cento-answer',
      'cento-refusal',
      'cento-sources',
      'cento-results',
      'cento-check',
      'cento-suggestion',
      'cento-accept',
    ];
    const noted: string[] = [];
    Object.assign(globalThis, { noted });
    for (const name of names) document.addEventListener(name, () => noted.push(name));
  });
  return () => page.evaluate(() => (globalThis as unknown as { noted: string[] }).noted);
}
