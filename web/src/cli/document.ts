/** A document on its way to the tool, which reads one JSON object a line (`engine/cli/documents.h`). */
export interface SourceDocument {
  /** Unique in the pack: the path from the folder that was given. */
  id: string;
  /** Absolute, or relative to the site. */
  url: string;
  title: string;
  sections: Section[];
}

/** A heading with the text up to the next heading; without a heading, the text before the first one. */
export interface Section {
  /** 1 (outermost) to 6. */
  level: number;
  heading: string;
  /** Fragment of the URL without "#", or empty. */
  anchor: string;
  /** Paragraphs are separated by an empty line; list items, table rows and code have a line each. */
  text: string;
}

/** What a reader makes of one file; where that file stands is added later. */
export interface PageContent {
  title: string;
  sections: Section[];
  /** Tag of the page's language, or empty. */
  language: string;
  /** The address that the page names as its own, or empty. */
  canonicalUrl: string;
  /** What the author says the page is worth beside others; 1 where nothing is said. */
  weight: number;
  /** "name:value" each: what the page says it belongs to. */
  filters: string[];
  /** What a person should know, though the page could be read. */
  warnings: string[];
}

/** A page that is left out, with the reason for a person to read. */
export interface LeftOutPage {
  leftOut: string;
  /** The page itself asks for it: nothing to worry about. */
  isWanted?: boolean;
}

/** At most 1,000; what is no number says nothing. */
export function toWeight(value: unknown): number {
  const weight = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof weight === 'number' && weight >= 0 ? Math.min(weight, 1000) : 1;
}

/** "name:value" pairs, separated by commas. */
export function toFilters(value: unknown): string[] {
  const texts = Array.isArray(value) ? value.map(String) : [typeof value === 'string' ? value : ''];
  return texts
    .flatMap((text) => text.split(','))
    .map((filter) => filter.trim().replace(/\s*:\s*/, ':'))
    .filter((filter) => /^[^:]+:./.test(filter));
}

/** One line of JSON Lines. NFC, so that what is typed is found however the file spells it. */
export function toJsonLine(document: SourceDocument): string {
  return `${JSON.stringify(document).normalize('NFC')}\n`;
}

/** Control characters and invisible marks that no reader sees. Line breaks and tabs stay. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const invisible = /[\u0000-\u0008\u000b-\u001f\u007f\u00ad\u200b\u2060\ufeff]/g;

export function withoutInvisible(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(invisible, '');
}
