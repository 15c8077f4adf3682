// The side panel: reads the page of the tab into the extension's own storage, and answers from it.
import { Cento } from './cento/index.js';

const byId = (id) => document.querySelector(`#${id}`);
const say = (text) => {
  byId('state').textContent = text;
};

// A pack of help texts; what is read is learned beside it, and stays until it is removed.
const opening = Cento.create({ pack: 'packs/help/manifest.json' });
for (const element of document.querySelectorAll('cento-ask, cento-check')) element.cento = opening;
const cento = await opening;
await cento.ready;
await showPages();

// ------------------------------------------------------------------------------------------- pages

/** The page that was looked at last, of this window. Pages of browsers and shops cannot be read. */
async function currentTab() {
  const tabs = await chrome.tabs.query({ lastFocusedWindow: true });
  const own = await chrome.tabs.getCurrent();
  const others = tabs.filter(({ id }) => id !== own?.id);
  return others.sort((a, b) => b.lastAccessed - a.lastAccessed)[0];
}

/** Asks the page's content script. */
async function ofPage(type) {
  const tab = await currentTab();
  return chrome.tabs.sendMessage(tab.id, { to: 'page', type });
}

byId('read').addEventListener('click', async () => {
  try {
    const page = await ofPage('text');
    await cento.learn(page);
    await showPages();
    say(`Read: ${page.title}`);
  } catch (error) {
    say(`This page cannot be read: ${error.message}`);
  }
});

async function showPages() {
  const pages = await cento.learned();
  byId('pages').replaceChildren(...pages.map(pageItem));
  byId('read-title').hidden = pages.length === 0;
}

function pageItem({ id, title, url }) {
  const item = document.createElement('li');
  const remove = document.createElement('button');
  remove.type = 'button';
  remove.textContent = 'Forget';
  remove.ariaLabel = `Forget ${title}`;
  remove.addEventListener('click', async () => {
    await cento.forget(id);
    await showPages();
  });
  const name = document.createElement('span');
  name.textContent = title || url;
  item.append(name, remove);
  return item;
}

// -------------------------------------------------------------------------------------- selections

const check = document.querySelector('cento-check');

byId('take').addEventListener('click', async () => {
  try {
    await check.check(await ofPage('selection'));
  } catch (error) {
    say(`Nothing can be selected there: ${error.message}`);
  }
});

/** Sent by the menu of the page. */
async function takeFromMenu() {
  const { toCheck } = await chrome.storage.session.get('toCheck');
  if (!toCheck) return;
  await chrome.storage.session.remove('toCheck');
  await check.check(toCheck);
}
chrome.storage.session.onChanged.addListener(() => void takeFromMenu());
await takeFromMenu();

// ---------------------------------------------------------------------------------------- settings

const settings = await chrome.storage.local.get({ suggests: true, learns: false });
for (const name of Object.keys(settings)) {
  const box = byId(name);
  box.checked = settings[name];
  box.addEventListener('change', () => chrome.storage.local.set({ [name]: box.checked }));
}
byId('forget').addEventListener('click', async () => {
  await chrome.runtime.sendMessage({ to: 'background', type: 'forgetWritten' });
  say('Forgotten.');
});
