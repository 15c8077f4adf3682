/** The models that this site has: which one answers, and how to go to another. */

import { byId, fill, h } from './dom.js';
import * as format from './format.js';

/** As `packs/packs.json` lists them. */
export interface Model {
  name: string;
  title: string;
  /** Of the download. */
  bytes: number;
  questions: string[];
  followUps: string[];
  topics: string[];
}

const DEFAULT = 'factbook';
const KEPT = 'cento-demo-fields';

const manifestOf = (name: string) => `packs/${name}/manifest.json`;

/** Of the pack that the address names, `?pack=packs/wordnet/manifest.json`; else of the default. */
export const namedPack = (): string =>
  new URLSearchParams(location.search).get('pack') ?? manifestOf(DEFAULT);

/** None where the list cannot be had, without a network for instance. */
export async function listModels(): Promise<Model[]> {
  try {
    const response = await fetch('packs/packs.json');
    return response.ok ? await response.json() : [];
  } catch {
    return [];
  }
}

export const modelOf = (models: Model[], pack: string): Model | undefined =>
  models.find(({ name }) => manifestOf(name) === pack);

/**
 * A choice, and a button that makes it: with the keyboard one goes through the models without leaving the page.
 * The page begins anew with the other model, in the same panel and with what was typed and asked.
 */
export function setUpModels(models: Model[], pack: string): void {
  const form = byId('model-form', HTMLFormElement);
  const choice = byId('model', HTMLSelectElement);
  const open = byId('model-open', HTMLButtonElement);
  const isChanged = restoreFields();
  const now = modelOf(models, pack);
  if (models.length < 2) return;
  fill(
    choice,
    !now && h('option', { value: '' }, 'another pack'),
    ...models.map(({ name, title, bytes }) =>
      h('option', { value: name }, `${title} (${format.bytes(bytes)})`),
    ),
  );
  choice.value = now?.name ?? '';
  form.dataset.ready = '';
  if (isChanged) choice.focus();
  const update = () => {
    open.disabled = choice.value === (now?.name ?? '');
  };
  update();
  choice.addEventListener('change', update);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    keepFields();
    location.assign(addressOf(choice.value));
  });
}

/** With the panel that is shown, or what was asked in it. */
function addressOf(name: string): string {
  const address = new URL(location.href);
  address.searchParams.delete('pack');
  if (name !== DEFAULT) address.searchParams.set('pack', manifestOf(name));
  const panel = document
    .querySelector('#tabs [aria-selected=true]')
    ?.getAttribute('aria-controls') as string;
  if (!address.hash.startsWith(`#${panel}=`)) address.hash = panel;
  return address.href;
}

const fields = () =>
  document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    'main textarea, main input[type=text]',
  );

function keepFields(): void {
  const values = Array.from(fields(), ({ id, value }) => [id, value]);
  sessionStorage.setItem(KEPT, JSON.stringify(values));
}

/** Whether the model was changed; then the focus belongs where it was. */
function restoreFields(): boolean {
  const kept = sessionStorage.getItem(KEPT);
  if (kept === null) return false;
  sessionStorage.removeItem(KEPT);
  const values = new Map<string, string>(JSON.parse(kept));
  for (const field of fields()) {
    const value = values.get(field.id) ?? '';
    if (field.value === '' && value !== '') field.value = value;
  }
  return true;
}
