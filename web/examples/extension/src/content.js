// In every page: its text when the panel asks for it, and ghost text in its fields. No page sees any of it.
import { Ghost, isField } from 'cento/ghost';

/** Shorter notes say nothing about how somebody writes. */
const MIN_LEARNED = 30;

const toEngine = (type, members) =>
  chrome.runtime.sendMessage({ to: 'background', type, ...members });

// ---------------------------------------------------------------------------------- reading the page

chrome.runtime.onMessage.addListener(({ to, type }, _sender, answer) => {
  if (to !== 'page') return false;
  if (type === 'selection') answer(`${getSelection()}`);
  if (type === 'text') {
    const content = document.querySelector('main, article, [role=main]') ?? document.body;
    // biome-ignore lint/performance/useDomNodeTextContent: paragraphs are told apart by their lines.
    const text = content.innerText;
    answer({ id: location.href, url: location.href, title: document.title, text });
  }
  return false;
});

// --------------------------------------------------------------------------------------- suggestions

/** Holds what is drawn, out of the page's reach. */
const host = document.createElement('div');
host.style.cssText = 'all: initial; position: absolute; left: 0; top: 0; z-index: 2147483647;';
const container = host.attachShadow({ mode: 'closed' });

let ghost;
let settings = { suggests: true, learns: false };
chrome.storage.local.get(settings).then((stored) => {
  settings = stored;
});
chrome.storage.onChanged.addListener((changes) => {
  for (const [name, { newValue }] of Object.entries(changes)) settings[name] = newValue;
});

document.addEventListener(
  'focusin',
  (event) => {
    const field = event.composedPath()[0];
    ghost?.remove();
    ghost = undefined;
    if (!settings.suggests || !isField(field)) return;
    if (!host.isConnected) document.documentElement.append(host);
    ghost = new Ghost({
      field,
      container,
      suggest: (before) => toEngine('suggest', { before }),
    });
  },
  true,
);

/** Only where its user has said so, and never of passwords or what a page says is private. */
document.addEventListener(
  'change',
  (event) => {
    const field = event.composedPath()[0];
    if (!settings.learns || !isField(field) || field.autocomplete === 'off') return;
    const text = field.value.trim();
    if (text.length < MIN_LEARNED) return;
    const id = `${location.origin}${location.pathname}#${field.id || field.name}`;
    void toEngine('wrote', { id, text });
  },
  true,
);
