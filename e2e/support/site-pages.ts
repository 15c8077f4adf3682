/** The pages of an invented site, large enough for several shards, and the same with one page edited. */

const SUBJECTS = [
  'The ferry',
  'The harbour',
  'The council',
  'The school',
  'The old mill',
  'A trader',
];
const VERBS = ['reaches', 'supplies', 'borders', 'remembers', 'repairs', 'counts', 'measures'];
const OBJECTS = [
  'the lighthouse',
  'the northern road',
  'a winter store',
  'the salt pans',
  'the quay',
];
const TIMES = ['in spring', 'after the storm', 'before noon', 'every third year', 'at low tide'];
const PAGES = 400;
const SENTENCES = 40;

/** Of a linear congruential generator: the same pages each time. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state >>> 8;
  }
}

export function sitePages({ edited }: { edited?: number } = {}): object[] {
  return Array.from({ length: PAGES }, (_, page) => {
    const random = numbers(page + 1);
    const pick = (words: string[]) => words[random.next().value % words.length] as string;
    const sentences = Array.from(
      { length: SENTENCES },
      () =>
        `${pick(SUBJECTS)} ${pick(VERBS)} ${pick(OBJECTS)} ${random.next().value % 10_000} times ${pick(TIMES)}.`,
    );
    if (page === edited) sentences.splice(3, 1, 'The weathercock was painted green last autumn.');
    return {
      id: `page-${page}`,
      url: `https://site.example/page-${page}`,
      title: `Page ${page}`,
      text: sentences.join(' '),
    };
  });
}
