/** The library alone in a page: what the tests of faults, tabs and updates share. */

import type { BrowserContext, Frame, Page } from '@playwright/test';
import type { CreateOptions } from '../../web/src/index.js';
import { blankPage, type Library } from './test.js';

/** What a page keeps between two steps of a test. */
export interface Kept {
  Cento: Library['Cento'];
  cento: Awaited<ReturnType<Library['Cento']['create']>>;
  warnings: string[];
  updates: { phase: string; bytes: number; totalBytes: number; packId: string }[];
}

export type Opened = { share: number } | { code: string; message: string };

type Options = Pick<CreateOptions, 'cache' | 'update' | 'evict'>;

/**
 * Creates an instance, which the page keeps as `cento`, and waits until everything is covered. Gives
 * the share covered, or the error.
 */
export async function open(
  page: Page | Frame,
  pack: string,
  options: Options = {},
): Promise<Opened> {
  if (page.url() === 'about:blank') await blankPage(page as Page);
  return page.evaluate(
    async ([pack, options]) => {
      const kept = globalThis as unknown as Kept;
      const { Cento }: Library = await import(`${location.origin}/dist/index.js`);
      Object.assign(kept, { Cento, warnings: [], updates: [] });
      try {
        kept.cento = await Cento.create({
          pack,
          workerUrl: '/dist/worker.js',
          ...options,
          monitor(monitor) {
            monitor.addEventListener('warning', ({ error }) => kept.warnings.push(error.code));
            monitor.addEventListener('update', ({ phase, bytes, totalBytes, packId }) =>
              kept.updates.push({ phase, bytes, totalBytes, packId }),
            );
          },
        });
        await kept.cento.ready;
        return { share: kept.cento.coverage.share };
      } catch (error) {
        const { name, code, message } = error as Error & { code: string };
        return { code: name === code ? code : 'not a CentoError', message };
      }
    },
    [pack, options] as const,
  );
}

/** Runs in the page with what it keeps. */
export function inPage<T>(page: Page | Frame, work: (kept: Kept) => Promise<T> | T): Promise<T> {
  return page.evaluate(`(${work})(globalThis)`) as Promise<T>;
}

/** Names of the files of packs that are asked for, from now on. */
export function watchFiles(context: BrowserContext): string[] {
  const asked: string[] = [];
  context.on('request', (request) => {
    const name = request.url().match(/\/((?:shard-|tables\.|manifest)[^/]*)$/)?.[1];
    if (name) asked.push(name);
  });
  return asked;
}
