// The service worker: it has no workers of its own, so the engine lives in an offscreen document.

chrome.sidePanel?.setPanelBehavior({ openPanelOnActionClick: true });

chrome.runtime.onInstalled.addListener(() => {
  chrome.contextMenus.create({
    id: 'check',
    title: 'Check this selection',
    contexts: ['selection'],
  });
});

chrome.contextMenus.onClicked.addListener(({ selectionText }, tab) => {
  void chrome.storage.session.set({ toCheck: selectionText });
  if (tab?.id !== undefined) void chrome.sidePanel.open({ tabId: tab.id });
});

let starting;

/** Once for all who ask at the same time. */
async function startEngine() {
  if (await chrome.offscreen.hasDocument()) return;
  starting ??= chrome.offscreen
    .createDocument({
      url: 'engine.html',
      reasons: ['WORKERS'],
      justification: 'The engine suggests words in a web worker.',
    })
    .finally(() => {
      starting = undefined;
    });
  await starting;
}

/** What pages ask goes on to the engine, which answers under another name. */
chrome.runtime.onMessage.addListener((message, _sender, answer) => {
  if (message.to !== 'background') return false;
  startEngine()
    .then(() => chrome.runtime.sendMessage({ ...message, to: 'engine' }))
    .then(answer, () => answer(undefined));
  return true; // it answers later
});
