/** The words that the elements say. Each can be replaced through `strings`; `{name}` is filled in. */

export const ENGLISH = {
  askLabel: 'Ask a question',
  askPlaceholder: 'What would you like to know?',
  ask: 'Ask',
  hint: 'Answers are quoted from these pages. What you type stays on this device.',
  looking: 'Looking…',
  answered: 'Answer: {text}',
  refused: 'These pages do not say.',
  nearest: 'What they do speak of:',
  partial: 'So far {share} of the pages have been read.',
  sources: 'Sources',
  searchLabel: 'Search',
  searchPlaceholder: 'Search these pages',
  searchHint: 'Searches on this device.',
  found: '{count} found',
  nothingFound: 'Nothing has these words.',
  corrected: 'Searched for “{to}” in place of “{from}”.',
  checkLabel: 'Text to check',
  checkPlaceholder: 'Paste a text: each sentence is held against these pages',
  check: 'Check',
  checkHint: 'The text stays on this device.',
  reading: 'Reading…',
  attested: 'attested',
  nearMiss: 'near miss',
  unsupported: 'unsupported',
  attestedMeaning: 'the pages say it',
  nearMissMeaning: 'the pages say it otherwise',
  unsupportedMeaning: 'the pages do not say it',
  pagesSay: 'the pages say',
  suggestion: 'Suggestion: {text}. Tab accepts, Escape dismisses.',
  loading: 'Loading…',
  progress: '{done} of {all}',
  preparing: 'Preparing…',
  failed: 'This could not be loaded.',
  retry: 'Try again',
  notSupported: 'This browser cannot run the search on this device.',
  source: 'Source',
  open: 'Read it in its place',
  close: 'Close',
};

export type Strings = { [Name in keyof typeof ENGLISH]: string };

/** "{count} found" with its values. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name) => `${values[name] ?? whole}`);
}

/** A number of bytes as people of a language read it. */
export function bytes(value: number, language: string): string {
  const isLarge = value >= 1e6;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: isLarge ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: isLarge ? 1 : 0,
  }).format(value / (isLarge ? 1e6 : 1e3));
}

export function percent(value: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'percent' }).format(value);
}
