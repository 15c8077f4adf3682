/** The service worker, and the badge that says whether the page works without a network. */

import { byId } from './dom.js';
import { scriptUrl } from './trusted.js';

/** `ready`: the pack is kept. */
export async function setUpOffline(ready: Promise<void>): Promise<void> {
  const badge = byId('offline', HTMLParagraphElement);
  if (!navigator.serviceWorker) return; // plain HTTP: packs are kept, the page itself is not
  let isKept = false;
  const show = () => {
    badge.dataset.state = isKept ? (navigator.onLine ? 'kept' : 'offline') : 'loading';
    if (!isKept) badge.textContent = 'Still needs the network';
    else if (navigator.onLine) badge.textContent = 'Works offline: try it without a network';
    else badge.textContent = 'You are offline, and it works';
  };
  show();
  addEventListener('online', show);
  addEventListener('offline', show);
  try {
    await navigator.serviceWorker.register(scriptUrl('service-worker.js'));
    await Promise.all([navigator.serviceWorker.ready, ready]);
    isKept = true;
    show();
  } catch (error) {
    console.info('No service worker:', error);
    badge.textContent = '';
  }
}
