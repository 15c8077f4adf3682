/**
 * What the scenarios do in the page. Each function runs there by itself (`inPage`), so it takes what it
 * needs as arguments or from what the page keeps.
 */

import type { Answer, Cento, CreateOptions, Source } from '../../web/src/index.js';

type Library = typeof import('../../web/src/index.js');

/** What a page keeps between two steps. */
interface Kept {
  Cento: Library['Cento'];
  cento: Cento;
  warnings: string[];
}

export type Opened = { share: number } | { code: string; message: string };

/**
 * Opens a pack and waits until all of it is covered: the share, or the error. With `abort` its signal is
 * aborted as soon as the first shard answers.
 */
export async function open(
  pack: string,
  options: Pick<CreateOptions, 'cache' | 'update'> = {},
  abort = false,
): Promise<Opened> {
  const kept = globalThis as unknown as Kept;
  const { Cento }: Library = await import(`${location.origin}/dist/index.js`);
  const controller = new AbortController();
  kept.Cento = Cento;
  kept.warnings = [];
  try {
    await kept.cento?.destroy();
    kept.cento = await Cento.create({
      pack,
      workerUrl: '/dist/worker.js',
      signal: controller.signal,
      ...options,
      monitor(monitor) {
        monitor.addEventListener('warning', ({ error }) => kept.warnings.push(error.code));
      },
    });
    if (abort) controller.abort();
    await kept.cento.ready;
    return { share: kept.cento.coverage.share };
  } catch (error) {
    const { name, code, message } = error as Error & { code: string };
    return { code: name === code ? code : 'not a CentoError', message };
  }
}

/** How the pack is kept, by which engine it answers, and what loading could do without. */
export async function state() {
  const { Cento, cento, warnings } = globalThis as unknown as Kept;
  const { cache, kernel } = await cento.info();
  const stored = await Cento.storage.list();
  return { cache, kernel, warnings, isStored: stored.map(({ complete }) => complete) };
}

/** The packs that this origin keeps, for a page where nothing is open. */
export async function stored(): Promise<string[]> {
  const { Cento }: Library = await import(`${location.origin}/dist/index.js`);
  return (await Cento.storage.list()).map(({ name }) => name);
}

interface Asked {
  text: string;
  refused: boolean;
  sources: Pick<Source, 'title' | 'url'>[];
  valid: boolean;
  json: string;
}

/** Asks, and has the answer proven again. */
export async function ask(question: string): Promise<Asked> {
  const { cento } = globalThis as unknown as Kept;
  const answer: Answer = await cento.ask(question);
  const { text, refused, fragments } = answer;
  const sources = fragments.map(({ source: { title, url } }) => ({ title, url }));
  const { valid } = await cento.verify(answer);
  return { text, refused, sources, valid, json: JSON.stringify(answer) };
}

/** Asks in one session; gives the answers as JSON. */
export async function converse(questions: string[]): Promise<string[]> {
  const { cento } = globalThis as unknown as Kept;
  const session = cento.session();
  const answers: string[] = [];
  for (const question of questions) answers.push(JSON.stringify(await session.ask(question)));
  return answers;
}

export async function complete(prompt: string, seed: number): Promise<string> {
  const { cento } = globalThis as unknown as Kept;
  return JSON.stringify(await cento.complete(prompt, { seed }));
}

/** Reads fragments as they come; gives their number, and whether they are the whole answer. */
export async function stream(prompt: string) {
  const { cento } = globalThis as unknown as Kept;
  const answer = cento.complete(prompt, { maxTokens: 60 });
  let text = '';
  let fragments = 0;
  for await (const fragment of answer) {
    text += fragment.text;
    fragments++;
  }
  const whole = await answer;
  return { fragments, isWhole: whole.fragments.length === fragments && whole.text.includes(text) };
}

/** The code with which each of some long calls ends when all are aborted after `wait` milliseconds. */
export async function abortCalls(wait: number): Promise<string[]> {
  const { cento } = globalThis as unknown as Kept;
  const controller = new AbortController();
  const { signal } = controller;
  const calls: Promise<unknown>[] = ['The government has', 'In an effort to', 'Kenya lies'].map(
    (prompt) => cento.complete(prompt, { maxTokens: 100_000, effort: 'deep', signal }).result,
  );
  setTimeout(() => controller.abort(), wait);
  const ended = await Promise.allSettled(calls);
  return ended.map((end) => (end.status === 'rejected' ? end.reason.code : 'fulfilled'));
}

/** One call of each kind; gives their number. */
export async function callAll(): Promise<number> {
  const { cento } = globalThis as unknown as Kept;
  const text = 'The economy is heavily dependent on agriculture.';
  const answer = await cento.ask('What is the capital of Peru?');
  const calls: unknown[] = [
    answer,
    await cento.session().ask('What is the population of Bolivia?'),
    await cento.overview('coffee exports'),
    await cento.complete('The government has'),
    await cento.search('coffee'),
    await cento.suggest('The economy is heav'),
    await cento.predict(text),
    await cento.explainNext('The government', ' has'),
    await cento.trace(text),
    await cento.check(text),
    await cento.score(text),
    await cento.explain(answer, 0),
    await cento.attestedMask('The government'),
    await cento.decode(await cento.encode(text)),
    await cento.count(' the'),
    await cento.next(' the'),
    await cento.locate(' economy'),
  ];
  return calls.length;
}

export async function learn(id: string, text: string): Promise<void> {
  const { cento } = globalThis as unknown as Kept;
  await cento.learn({ id, title: 'Mine', text });
}

export async function forget(id: string): Promise<void> {
  const { cento } = globalThis as unknown as Kept;
  await cento.forget(id);
}

/** The titles of what was learned, and how often a text stands in everything that answers. */
export async function learned(text: string) {
  const { cento } = globalThis as unknown as Kept;
  const titles = (await cento.learned()).map(({ title }) => title);
  return { titles, count: await cento.count(text) };
}

// ---------------------------------------------------------------------------------- in the demo's page

/** Waits until the demo says that it and its pack are kept for visits without a network. */
export async function demoIsKept(): Promise<void> {
  const isThere = () =>
    document.querySelector('#offline[data-state=kept], #offline[data-state=offline]');
  while (!isThere()) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Asks in the demo's first panel, once the pack is there; gives the text of the answer. */
export async function askDemo(question: string): Promise<string> {
  const until = async (selector: string) => {
    for (;;) {
      const found = document.querySelector(selector);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  await until('#load[data-phase=ready]');
  const field = document.querySelector<HTMLInputElement>('#question') as HTMLInputElement;
  field.value = question;
  field.form?.requestSubmit();
  await until('.answer .receipt, .answer .refusal');
  return document.querySelector('.answer .text')?.textContent ?? 'refused';
}
