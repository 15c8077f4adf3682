// The service worker, and what the page says about being used without a network.
import { sharedCento } from './cento/elements.js';

const kept = document.querySelector('#kept');

try {
  await navigator.serviceWorker.register('service-worker.js');
  const cento = await sharedCento('pack/manifest.json');
  await Promise.all([navigator.serviceWorker.ready, cento.ready]);
  // Asks the browser not to throw it away when room is short.
  await navigator.storage?.persist?.();
  kept.textContent = 'Kept on this device: works without a network.';
  kept.dataset.state = 'kept';
} catch (error) {
  kept.textContent = `Not kept on this device: ${error.message}`;
}
