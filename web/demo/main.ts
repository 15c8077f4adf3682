/** The demo: puts its parts together. Each part has a file of its own. */

import asked from '../../models/factbook/asked.json' with { type: 'json' };
import prompts from '../../models/factbook/prompts.json' with { type: 'json' };
import { AskPanel } from './ask.js';
import { setUpCheck } from './check.js';
import { ComposePanel } from './compose.js';
import { byId } from './dom.js';
import { LearnPanel } from './learn.js';
import { Library } from './library.js';
import { LoadView } from './load-view.js';
import { setUpMeters, watchNetwork } from './meters.js';
import { listModels, modelOf, namedPack, setUpModels } from './models.js';
import { setUpNewer } from './newer.js';
import { setUpOffline } from './offline.js';
import { SourceCard } from './source-card.js';
import { setUpTabs } from './tabs.js';
import { setUpTrace } from './trace.js';

const pack = namedPack();
const models = listModels();
// What the page opens with waits for no list.
const isDefault = new URLSearchParams(location.search).get('pack') === null;
const examples = isDefault
  ? asked
  : (modelOf(await models, pack) ?? { questions: [], followUps: [], topics: [] });

setUpMeters();
setUpTabs(byId('tabs', HTMLElement), panelOf(location.hash));
const view = new LoadView();
const library = new Library(pack, view);
setUpNewer(library, view);
watchNetwork(library.ready);
void setUpOffline(library.ready);
const card = new SourceCard(async (source) => {
  const cento = await library.instance;
  return cento.excerpt(source.documentId, source.start, source.end);
});
const { questions, followUps, topics } = examples;
new AskPanel('ask', library, card, {
  operation: 'ask',
  offers: questions,
  followUps,
  isInAddress: true,
});
new AskPanel('overview', library, card, {
  operation: 'overview',
  offers: topics,
  isInAddress: true,
});
new ComposePanel(library, card, isDefault ? prompts : []);
setUpCheck(library, card, asked.check);
setUpTrace(library, card);
new LearnPanel(library);
new AskPanel('learn-ask', library, card, { operation: 'ask', isOwn: true });
void models.then((list) => setUpModels(list, pack));
void library.instance
  .then((cento) => cento.info())
  .then(({ title, language }) => {
    for (const place of document.querySelectorAll('.pack-title')) {
      if (!isDefault) place.textContent = title;
    }
    for (const element of document.querySelectorAll<HTMLElement>('.of-pack')) {
      element.lang = language;
    }
  });

/** Addresses name a panel, or what was asked in it. */
function panelOf(hash: string): string {
  const name = hash.slice(1).split('=', 1)[0] as string;
  return { continue: 'compose' }[name] ?? name;
}
