/** "Learn your own texts": files that are dropped or chosen, texts that are pasted, and what was learned. */

import type { Cento, CentoError, Learnable, Learned } from '../src/index.js';
import { button, byId, fill, h } from './dom.js';
import * as format from './format.js';
import type { Library } from './library.js';
import { measureMemory } from './meters.js';
import { MAX_BYTES, pasted, readFile, Unreadable } from './own-files.js';
import { download, saveFiles } from './save.js';

const PACK = { name: 'my-texts', title: 'My texts' };
const SAVED = 'cento-texts.json';

export class LearnPanel {
  readonly #library: Library;
  readonly #drop = byId('learn-drop', HTMLElement);
  readonly #files = byId('learn-files', HTMLInputElement);
  readonly #text = byId('learn-text', HTMLTextAreaElement);
  readonly #status = byId('learn-status', HTMLElement);
  readonly #problems = byId('learn-problems', HTMLElement);
  readonly #list = byId('learn-list', HTMLElement);
  readonly #summary = byId('learn-summary', HTMLElement);
  readonly #actions = byId('learn-actions', HTMLElement);
  readonly #asking = byId('learn-asking', HTMLElement);
  readonly #confirm = byId('learn-confirm', HTMLDialogElement);
  #learned: Learned[] = [];

  constructor(library: Library) {
    this.#library = library;
    this.#setUpDrop();
    this.#files.addEventListener('change', () => {
      void this.#learnFiles([...(this.#files.files ?? [])]);
      this.#files.value = ''; // the same file may be chosen again
    });
    byId('learn-form', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#learnText(this.#text.value).then((isLearned) => {
        if (isLearned) this.#text.value = '';
      });
    });
    const onClick = (id: string, work: () => void) =>
      byId(id, HTMLButtonElement).addEventListener('click', work);
    onClick('learn-pack', () => this.#try('Saving…', (cento) => this.#savePack(cento)));
    onClick('learn-save', () =>
      this.#try('Saving…', async (cento) => {
        download(SAVED, await cento.exportLearned());
        return `${SAVED} is among your downloads. Drop it here, in any browser, to learn the texts again.`;
      }),
    );
    onClick('learn-forget-all', () => this.#askToForget());
    onClick('learn-forget-yes', () => void this.#forgetAll());
    onClick('learn-forget-no', () => this.#confirm.close());
    // Another page of this site may have learned something in the meantime.
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) void this.#refresh();
    });
    void this.#refresh();
  }

  #setUpDrop(): void {
    const drop = this.#drop;
    let inside = 0; // entering a child comes before leaving its parent
    const mark = (change: number) => {
      inside = Math.max(0, inside + change);
      drop.classList.toggle('over', inside > 0);
    };
    drop.addEventListener('dragenter', () => mark(1));
    drop.addEventListener('dragleave', () => mark(-1));
    drop.addEventListener('drop', (event) => {
      mark(-inside);
      const text = event.dataTransfer?.getData('text/plain') ?? '';
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) void this.#learnFiles(files);
      else if (text !== '') void this.#learnText(text);
    });
    // A file that misses the field would take the place of the page.
    for (const type of ['dragover', 'drop'] as const) {
      document.addEventListener(type, (event) => {
        if (event.dataTransfer?.types.includes('Files') || drop.contains(event.target as Node)) {
          event.preventDefault();
        }
      });
    }
    drop.addEventListener('paste', (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length > 0) void this.#learnFiles(files);
    });
  }

  async #learnFiles(files: File[]): Promise<void> {
    if (files.length === 0) return;
    this.#busy('Reading…');
    const texts: Learnable[] = [];
    const problems: string[] = [];
    let imported = false;
    for (const file of files) {
      try {
        if (await isSaved(file)) {
          await (await this.#library.instance).importLearned(file);
          imported = true;
        } else {
          const say = (page: number, pages: number) => {
            this.#status.textContent = `Reading ${file.name}: page ${page} of ${pages}…`;
          };
          texts.push(await readFile(file, say));
        }
      } catch (error) {
        const isUnreadable = error instanceof Unreadable;
        const what = isUnreadable ? ` ${error.message}` : `: ${advice(error as CentoError)}`;
        problems.push(file.name + what);
      }
    }
    await this.#learn(texts, problems, imported);
  }

  async #learnText(text: string): Promise<boolean> {
    try {
      return await this.#learn([pasted(text)], []);
    } catch (error) {
      this.#say('', [`The text ${(error as Error).message}`]);
      return false;
    }
  }

  /** True: all of them are learned. */
  async #learn(texts: Learnable[], problems: string[], imported = false): Promise<boolean> {
    if (texts.length === 0 && !imported) {
      this.#say('', problems);
      return false;
    }
    this.#busy('Learning…');
    try {
      const cento = await this.#library.instance;
      const start = performance.now();
      if (texts.length > 0) await cento.learn(texts);
      const took = format.milliseconds(performance.now() - start);
      await this.#refresh();
      const bytes = texts.reduce((sum, { id }) => sum + this.#bytesOf(id), 0);
      const said =
        texts.length > 0
          ? `Learned ${format.plural(texts.length, 'text')}, ${format.bytes(bytes)}, in ${took}. `
          : 'The saved texts are learned. ';
      this.#say(`${said}Ask about them below.`, problems);
      return true;
    } catch (error) {
      this.#say('', [...problems, `Nothing was learned. ${advice(error as CentoError)}`]);
      return false;
    }
  }

  #bytesOf(id: string): number {
    return this.#learned.find((text) => text.id === id)?.bytes ?? 0;
  }

  async #forget(id: string): Promise<void> {
    const place = this.#learned.findIndex((text) => text.id === id);
    const title = titleOf(this.#learned[place]);
    await this.#try('Forgetting…', async (cento) => {
      await cento.forget(id);
      await this.#refresh();
      return `“${title}” is forgotten.`;
    });
    // The focus goes on to the text that took its place.
    const others = this.#list.querySelectorAll('button');
    (others[Math.min(place, others.length - 1)] ?? this.#files).focus();
  }

  #askToForget(): void {
    byId('learn-confirm-text', HTMLElement).textContent =
      `${format.plural(this.#learned.length, 'text')}, ${format.bytes(this.#total)}, will be gone from this device.`;
    this.#confirm.showModal();
  }

  async #forgetAll(): Promise<void> {
    this.#confirm.close();
    await this.#try('Forgetting…', async (cento) => {
      await cento.forget(this.#learned.map(({ id }) => id));
      await this.#refresh();
      return 'All is forgotten.';
    });
    this.#files.focus();
  }

  async #savePack(cento: Cento): Promise<string | undefined> {
    const saved = await saveFiles(() => cento.exportPack(PACK));
    return (
      saved && `${saved}: a pack of its own. Put it on any static host and name its manifest.json.`
    );
  }

  /** Says what `work` gives, or what went wrong. */
  async #try(
    meanwhile: string,
    work: (cento: Cento) => Promise<string | undefined>,
  ): Promise<void> {
    this.#busy(meanwhile);
    try {
      this.#say((await work(await this.#library.instance)) ?? '', []);
    } catch (error) {
      this.#say('', [advice(error as CentoError)]);
    }
  }

  get #total(): number {
    return this.#learned.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  async #refresh(): Promise<void> {
    const cento = await this.#library.instance;
    this.#learned = await cento.learned();
    void measureMemory(cento);
    const { cache, name } = await cento.info();
    byId('learn-kept', HTMLElement).textContent =
      cache === 'indexeddb'
        ? `They are kept in this browser’s storage (IndexedDB, beside the pack “${name}”) until you forget them.`
        : 'They are gone when this tab closes: this browser keeps nothing for this page.';
    this.#learned.sort((a, b) => b.learned - a.learned || (a.id < b.id ? -1 : 1));
    const isEmpty = this.#learned.length === 0;
    fill(this.#list, ...this.#learned.map((text) => this.#row(text)));
    this.#summary.textContent = isEmpty
      ? 'Nothing yet. What you add is asked beside the pack from then on.'
      : `${format.plural(this.#learned.length, 'text')}, ${format.bytes(this.#total)} of ${format.bytes(MAX_BYTES)}`;
    this.#actions.hidden = isEmpty;
    this.#asking.hidden = isEmpty;
  }

  #row(text: Learned): HTMLElement {
    const title = titleOf(text);
    const forget = button('Forget', () => void this.#forget(text.id), 'quiet');
    forget.setAttribute('aria-label', `Forget ${title}`);
    const when = new Date(text.learned);
    return h(
      'li',
      {},
      h(
        'div',
        {},
        h('p', { class: 'source-title', dir: 'auto' }, title),
        h(
          'p',
          { class: 'learned-facts' },
          `${format.bytes(text.bytes)}, learned `,
          h('time', { datetime: when.toISOString() }, format.moment(when)),
        ),
      ),
      forget,
    );
  }

  #busy(text: string): void {
    this.#drop.setAttribute('aria-busy', 'true');
    this.#status.textContent = text;
  }

  #say(text: string, problems: string[]): void {
    this.#drop.removeAttribute('aria-busy');
    this.#status.textContent = text;
    fill(this.#problems, ...problems.map((problem) => h('p', { dir: 'auto' }, problem)));
  }
}

const titleOf = (text: Learned | undefined) => text?.title || text?.id || '';

/** Whether it is what "Save the texts" gave. */
async function isSaved(file: File): Promise<boolean> {
  return /\.json$/i.test(file.name) && (await file.slice(0, 64).text()).includes('"cento-learned"');
}

function advice({ code, message, requested }: CentoError): string {
  if (code !== 'QuotaExceededError' || requested === undefined) return message;
  return `Together the texts would be ${format.bytes(requested)}, and ${format.bytes(MAX_BYTES)} are the most. Forget some first.`;
}
