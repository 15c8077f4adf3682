/** Paragraphs out of pieces of text with their places on pages. */

/** As pdf.js gives it: lengths in units of the page, the places upwards from its lower edge. */
export interface Piece {
  str: string;
  /** The last two are where it begins. */
  transform: number[];
  height: number;
  hasEOL: boolean;
}

interface Line {
  text: string;
  y: number;
  height: number;
}

/** So much further down than a line's height the next line begins a paragraph. */
const PARAGRAPH_GAP = 1.65;

/** What stands so often at the edges of pages is no part of the text. */
const LEAST_REPEATED = 3;

export class PageJoiner {
  readonly #pages: Line[][] = [];
  /** How many pages begin or end with a line, numbers aside. */
  readonly #edges = new Map<string, number>();

  add(pieces: readonly Piece[]): void {
    const lines = linesOf(pieces);
    this.#pages.push(lines);
    for (const edge of new Set([lines[0], lines.at(-1)].map(withoutNumbers))) {
      this.#edges.set(edge, (this.#edges.get(edge) ?? 0) + 1);
    }
  }

  get text(): string {
    const paragraphs: string[] = [];
    for (const page of this.#pages) {
      const lines = [...page];
      if (this.#isFurniture(lines.at(-1))) lines.pop();
      if (this.#isFurniture(lines[0])) lines.shift();
      lines.forEach((line, i) => {
        const before = lines[i - 1];
        const isNew = before ? isApart(before, line) : endsParagraph(paragraphs.at(-1));
        if (isNew) paragraphs.push(line.text);
        else paragraphs.push(joined(paragraphs.pop() ?? '', line.text));
      });
    }
    return paragraphs.filter((paragraph) => paragraph !== '').join('\n\n');
  }

  /** The number of a page, or a line that others have in the same place. */
  #isFurniture(line: Line | undefined): boolean {
    const rest = withoutNumbers(line);
    return rest === '' || (this.#edges.get(rest) ?? 0) >= LEAST_REPEATED;
  }
}

const withoutNumbers = (line: Line | undefined) => (line?.text ?? '').replace(/[\d\s–—-]/g, '');

const isApart = (before: Line, line: Line) =>
  Math.abs(before.y - line.y) > PARAGRAPH_GAP * Math.max(before.height, line.height) ||
  Math.abs(before.height - line.height) > 0.2 * line.height;

function linesOf(pieces: readonly Piece[]): Line[] {
  const lines: Line[] = [];
  let isOpen = false;
  for (const { str, transform, height, hasEOL } of pieces) {
    const y = transform[5] ?? 0;
    const line = lines.at(-1);
    if (isOpen && line) {
      line.text += str;
      line.height = Math.max(line.height, height);
    } else if (str.trim() !== '') lines.push({ text: str, y, height });
    isOpen = !hasEOL && lines.length > 0 && (isOpen || str.trim() !== '');
  }
  for (const line of lines) line.text = line.text.replace(/\s+/g, ' ').trim();
  return lines;
}

/** A page may end in the middle of a sentence. */
const endsParagraph = (text: string | undefined) =>
  text === undefined || /[.!?:。！？؟]["”’»)\]]*$/.test(text);

/** A word that is parted by a hyphen at the line's end is one again; Chinese has no spaces. */
function joined(before: string, line: string): string {
  if (/\p{Ll}[-\u00ad\u2010]$/u.test(before) && /^\p{Ll}/u.test(line))
    return before.slice(0, -1) + line;
  const isWide = /[\u3000-\u9fff\uff00-\uffef]$/.test(before);
  return before === '' || isWide ? before + line : `${before} ${line}`;
}
