import type { CentoClient } from './cento.js';
import type { AnswerStream, AskOptions, OverviewOptions, Turn } from './types.js';

/** Turns that a question can go on from. */
const MAX_TURNS = 16;

/**
 * Questions and topics of which each may go on from those before it. A turn counts once its answer is
 * there: await one before the next. Answers that fail or are aborted leave no turn.
 */
export class Session {
  readonly #cento: CentoClient;
  #turns: Turn[] = [];

  constructor(cento: CentoClient) {
    this.#cento = cento;
  }

  /** What was asked, oldest first; the last few. */
  get turns(): readonly Turn[] {
    return this.#turns;
  }

  /** As `Cento.ask`, going on from the turns so far. */
  ask(question: string, options?: Omit<AskOptions, 'session'>): AnswerStream {
    return this.#keep(question, this.#cento.ask(question, { ...options, session: this.#turns }));
  }

  /** As `Cento.overview`, going on from the turns so far. */
  overview(topic: string, options?: Omit<OverviewOptions, 'session'>): AnswerStream {
    return this.#keep(topic, this.#cento.overview(topic, { ...options, session: this.#turns }));
  }

  /** Forgets all turns, that of an answer on its way too. */
  reset(): void {
    this.#turns = [];
  }

  #keep(input: string, stream: AnswerStream): AnswerStream {
    const turns = this.#turns;
    stream.result.then(
      ({ fragments }) => {
        turns.push({ input, topic: fragments[0]?.source.title ?? '' });
        if (turns.length > MAX_TURNS) turns.shift();
      },
      () => {},
    );
    return stream;
  }
}
