/** Warnings about pages, for people: a few of each kind, and how many more there are. */

const mostOfAKind = 5;
/** Of what a page itself asks for, an example and the number. */
const mostNotes = 1;

export class PageWarnings {
  /** Of warnings that are no notes. */
  count = 0;
  readonly #kinds = new Map<string, { shown: number; hidden: number }>();

  constructor(private readonly tell: (line: string) => void) {}

  add(path: string, message: string, isNote: boolean): void {
    if (!isNote) this.count += 1;
    const kind = this.#kinds.get(kindOf(message)) ?? { shown: 0, hidden: 0 };
    this.#kinds.set(kindOf(message), kind);
    if (kind.shown >= (isNote ? mostNotes : mostOfAKind)) {
      kind.hidden += 1;
      return;
    }
    kind.shown += 1;
    this.tell(`${path}: ${message}`);
  }

  /** Tells of those that were not told one by one. */
  finish(): void {
    for (const [kind, { hidden }] of this.#kinds)
      if (hidden > 0)
        this.tell(`${hidden.toLocaleString('en-US')} more page${hidden > 1 ? 's' : ''}: ${kind}`);
  }
}

/** What messages that differ in names and numbers alone have in common. */
function kindOf(message: string): string {
  return message.replace(
    /^(left out: (?:has the same text as|cannot be read|belongs to)).*/s,
    '$1 …',
  );
}
