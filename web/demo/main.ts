/** The demo: puts its parts together. Each part has a file of its own. */

import prompts from '../../models/factbook/prompts.json' with { type: 'json' };
import { ComposePanel } from './compose.js';
import { byId } from './dom.js';
import { Library } from './library.js';
import { LoadView } from './load-view.js';
import { setUpMeters, watchNetwork } from './meters.js';
import { setUpOffline } from './offline.js';
import { SourceCard } from './source-card.js';
import { setUpTabs } from './tabs.js';
import { TracePanel } from './trace.js';

/** Another pack of this site can be named: `?pack=packs/python-docs/manifest.json`. */
const pack = new URLSearchParams(location.search).get('pack') ?? 'packs/factbook/manifest.json';

setUpMeters();
setUpTabs(byId('tabs', HTMLElement));
const library = new Library(pack, new LoadView());
watchNetwork(library.ready);
void setUpOffline(library.ready);
const card = new SourceCard(async (source) => {
  const cento = await library.instance;
  return cento.excerpt(source.documentId, source.start, source.end);
});
new ComposePanel(library, card, prompts);
new TracePanel(library, card);
void library.instance
  .then((cento) => cento.info())
  .then(({ title, language }) => {
    byId('pack-title', HTMLElement).textContent = title;
    for (const id of ['result', 'trace-result']) byId(id, HTMLElement).lang = language;
  });
