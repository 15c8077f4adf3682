/** How the pattern index arrives: patches for what is here and what answers cover, bytes and shards. */

import type { CentoError, Coverage, LoadProgress } from '../src/index.js';
import { button, byId, fill, h } from './dom.js';
import * as format from './format.js';

const PHASES = {
  download: 'Downloading the pattern index',
  express: 'Building the pattern index',
  ready: 'The pattern index is here',
};

const PATCHES = 48;

/** What to say and do about an error, for people. */
const ADVICE: Partial<Record<CentoError['code'], string>> = {
  IntegrityError: 'What arrived is not what the pack promises, so none of it was used.',
  NetworkError: 'The download was cut off. What has arrived is kept.',
  NotFoundError: 'There is no pack at this address.',
  NotSupportedError: 'This browser lacks something that the engine needs.',
  QuotaExceededError: 'There is no room left to keep the index.',
};

export class LoadView {
  readonly #section = byId('load', HTMLElement);
  readonly #title = byId('load-title', HTMLHeadingElement);
  readonly #patches = byId('patches', HTMLOListElement);
  readonly #progress = byId('load-progress', HTMLProgressElement);
  readonly #facts = byId('load-facts', HTMLParagraphElement);
  readonly #status = byId('load-status', HTMLParagraphElement);
  readonly #problem = byId('load-problem', HTMLDivElement);
  readonly #newer = byId('newer', HTMLParagraphElement);
  #latest: LoadProgress | undefined;
  #coverage: Coverage | undefined;

  constructor() {
    for (let i = 0; i < PATCHES; i++) {
      // No two neighbours alike, and no pattern that the eye would follow.
      this.#patches.append(h('li', { class: `hue-${(i * 5 + Math.floor(i / 4)) % 6}` }));
    }
  }

  begin(): void {
    this.#section.dataset.phase = 'download';
    this.#title.textContent = 'Opening the pattern index';
    this.#problem.replaceChildren();
  }

  progress(progress: LoadProgress): void {
    this.#latest = progress;
    // While shards arrive the index is also built again and again; that is no phase of its own.
    const isLoaded = progress.loaded === 1;
    const phase = progress.phase === 'express' && !isLoaded ? 'download' : progress.phase;
    this.#section.dataset.phase = phase;
    this.#title.textContent = PHASES[phase];
    this.#progress.value = progress.loaded;
    this.#draw();
  }

  coverage(coverage: Coverage): void {
    this.#coverage = coverage;
    this.#status.textContent = `Answers cover ${format.share(coverage.share)} of the pack.`;
    this.#draw();
  }

  ready(summary: string): void {
    this.#section.dataset.phase = 'ready';
    this.#title.textContent = PHASES.ready;
    this.#progress.value = 1;
    this.#facts.textContent = summary;
    this.#status.textContent = `${PHASES.ready}. ${summary}`;
  }

  /** A newer version comes in behind the one that answers: it is said, and nothing else changes. */
  update({ phase, bytes, totalBytes }: LoadProgress): void {
    const left = totalBytes - bytes;
    this.newer(
      phase === 'ready'
        ? 'A newer version has arrived, and answers from now on.'
        : `A newer version is on its way${left > 0 ? `: ${format.bytes(left)} to come` : ''}.`,
    );
  }

  newer(text: string): void {
    this.#newer.textContent = text;
  }

  fail(error: CentoError, retry: () => void): void {
    this.#section.dataset.phase = 'failed';
    this.#title.textContent = 'The pattern index could not be loaded';
    const advice = ADVICE[error.code];
    fill(
      this.#problem,
      h('p', {}, h('strong', {}, error.code), `: ${error.message}`),
      advice !== undefined && h('p', {}, advice),
      button('Try again', retry, 'primary'),
    );
  }

  #draw(): void {
    const progress = this.#latest;
    if (!progress) return;
    const covered = this.#coverage?.share ?? 0;
    [...this.#patches.children].forEach((patch, i) => {
      const at = (i + 0.5) / PATCHES;
      patch.classList.toggle('arrived', at < progress.loaded);
      patch.classList.toggle('covered', at < covered);
    });
    const facts = [
      `${format.bytes(progress.bytes)} of ${format.bytes(progress.totalBytes)}`,
      `${progress.shard} of ${format.plural(progress.shards, 'shard')}`,
      covered > 0 ? `answers cover ${format.share(covered)}` : 'answers begin with the first shard',
    ];
    this.#facts.replaceChildren(...facts.map((fact) => h('span', {}, fact)));
  }
}
