// The offscreen document: suggestions from a small pack of English and from what its user has written. What was
// written stays in this browser's storage for the extension, and nowhere else.

import { nextWords } from './cento/ghost.js';
import { Cento } from './cento/index.js';

const MAX_TOKENS = 8;
const cento = Cento.create({ pack: 'packs/english/manifest.json' });

let asking = new AbortController();

const answers = {
  /** The latest alone: whoever types on does not want the one before. */
  async suggest({ before }) {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    return nextWords(await cento, before, MAX_TOKENS, signal);
  },
  async wrote({ id, text }) {
    await (await cento).learn({ id, title: 'What you wrote', text });
    return true;
  },
  async forgetWritten() {
    for (const { id } of await (await cento).learned()) await (await cento).forget(id);
    return true;
  },
};

chrome.runtime.onMessage.addListener((message, _sender, answer) => {
  if (message.to !== 'engine') return false;
  answers[message.type](message).then(answer, () => answer(undefined));
  return true;
});
