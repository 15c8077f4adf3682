/** The button that asks the server for a newer version of the pack: the page asks only when its reader does. */

import { byId } from './dom.js';
import type { Library } from './library.js';
import type { LoadView } from './load-view.js';

export function setUpNewer(library: Library, view: LoadView): void {
  const look = byId('look-newer', HTMLButtonElement);
  void library.ready.then(() => {
    look.disabled = false;
  });
  look.addEventListener('click', async () => {
    look.disabled = true;
    view.newer('Asking…');
    try {
      if (!(await library.update())) view.newer('This is the newest.');
    } catch (error) {
      view.newer((error as Error).message);
    }
    look.disabled = false;
  });
}
