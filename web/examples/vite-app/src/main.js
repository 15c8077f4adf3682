// The elements come with one import, the API with another; both work on the same instance.
import { sourceLink } from 'cento';
import { sharedCento } from 'cento/elements';
import './style.css';

const topic = document.querySelector('#topic');
const places = document.querySelector('#places');

document.querySelector('#find').addEventListener('submit', async (event) => {
  event.preventDefault();
  const cento = await sharedCento('pack/manifest.json');
  await cento.ready;
  const { results } = await cento.search(topic.value, { limit: 3 });
  places.replaceChildren(...results.map(({ excerpt, source }) => itemOf(excerpt, source)));
});

/** Text from a pack is set as text, never as markup. */
function itemOf(excerpt, source) {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.textContent = source.title;
  link.href = sourceLink(source, excerpt) ?? `#${source.documentId}`;
  item.append(link, ` ${excerpt}`);
  return item;
}
