/**
 * The reader's own texts. They are kept as they are, under the name of the pack that they stand beside;
 * the layer that answers from them is made anew, in that pack's vocabulary, whenever they or the pack
 * change. So nothing of a forgotten text is left anywhere, and a newer pack finds them as they were.
 */

import { CentoError } from '../client/error.js';
import type { Learnable, Learned } from '../client/types.js';
import { hasher } from '../loader/hash.js';
import { FORMAT } from '../loader/manifest.js';
import type { StoredText } from '../store/store.js';
import { Gate } from './gate.js';
import type { LayerHeader } from './module.js';
import { pauses } from './next_task.js';
import type { Pack, PersonalLayer } from './pack.js';

type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes of UTF-8: a tenth of a large pack, made anew in less than a second. */
const MAX_BYTES = 4 * 2 ** 20;

/** Of the format: no base tables. */
const LAYER_VERSION = 1;

const bytesOf = ({ id, title = '', url = '', text }: Learnable) =>
  new TextEncoder().encode(id + title + url + text).length;

/** Of the first pack of a worker. */
export class Personal {
  layer: PersonalLayer | undefined;
  readonly #warn: (error: CentoError) => void;
  readonly #base: () => Pack | undefined;
  /** Changes come one after the other. */
  readonly #gate = new Gate();
  #channel: BroadcastChannel | undefined;

  constructor(base: () => Pack | undefined, warn: (error: CentoError) => void) {
    this.#base = base;
    this.#warn = warn;
  }

  /** To be called when the pack changed. Its own failures are warnings: packs answer without it. */
  refresh(): Promise<void> {
    return this.#gate
      .alone(async () => {
        const pack = this.#base();
        this.#listen(pack);
        await this.#rebuild(pack);
      })
      .catch(this.#warn);
  }

  learn(documents: readonly Learnable[]): Promise<Learned[]> {
    return this.#change(async (pack, texts) => {
      const kept = new Map(texts.map((text) => [text.id, text]));
      const learned = Date.now();
      const added = documents.map(({ id, title = '', url = '', text }) => {
        const stored = { layer: pack.manifest.name, id, title, url, text, learned };
        kept.set(id, stored);
        return stored;
      });
      const bytes = [...kept.values()].reduce((sum, text) => sum + bytesOf(text), 0);
      if (bytes > MAX_BYTES) {
        const message = `Texts of ${bytes} bytes are more than the ${MAX_BYTES} that can be learned. Forget some.`;
        throw new CentoError('QuotaExceededError', message, { requested: bytes, quota: MAX_BYTES });
      }
      await pack.store.putTexts(added);
    });
  }

  forget(ids: readonly string[]): Promise<boolean> {
    let known = false;
    return this.#change(async (pack, texts) => {
      known = texts.some(({ id }) => ids.includes(id));
      await pack.store.deleteTexts(pack.manifest.name, ids);
    }).then(() => known);
  }

  async learned(): Promise<Learned[]> {
    return (await this.texts()).map((text) => ({
      id: text.id,
      title: text.title,
      url: text.url,
      bytes: bytesOf(text),
      learned: text.learned,
    }));
  }

  async texts(): Promise<StoredText[]> {
    const pack = this.#pack();
    return pack.store.texts(pack.manifest.name);
  }

  /** The files of a pack of all texts, by name. Errors: `NotFoundError` where there are none. */
  async exportPack(about: Omit<LayerHeader, 'language'>): Promise<Record<string, Bytes>> {
    const pack = this.#pack();
    const texts = await this.texts();
    if (texts.length === 0) throw new CentoError('NotFoundError', 'Nothing was learned.');
    const header = { ...about, language: pack.manifest.language };
    const layer = await openLayer(pack, texts, header);
    const { packId, tokens, documents, textBytes, vocabulary, classes, shapes } =
      layer.engine.summary();
    layer.engine.delete();
    const hash = hasher((bytes) => pack.module.sha256(bytes));
    const files: Record<string, Bytes> = {};
    const list = [];
    for (const [i, bytes] of layer.files.entries()) {
      const sha256 = await hash(bytes);
      const stem = i === 0 ? 'tables' : 'shard-0000';
      const file = `${stem}.${sha256.slice(0, 16)}.zst`;
      // The size of what is inside stands behind the frame's first five bytes.
      const rawBytes = new DataView(bytes.buffer).getUint32(5, true);
      const entry = {
        file,
        role: stem.slice(0, 6).replace('-', ''),
        bytes: bytes.length,
        sha256,
        rawBytes,
      };
      list.push(i === 0 ? entry : { ...entry, documents, tokens });
      files[file] = bytes;
    }
    const counts = { documents, tokens, vocabulary, textBytes, classes, shapes };
    const head = { format: FORMAT, version: LAYER_VERSION, packId };
    const manifest = JSON.stringify({ ...head, ...header, counts, files: list });
    return { ...files, 'manifest.json': new TextEncoder().encode(manifest) };
  }

  close(): void {
    this.#channel?.close();
  }

  #pack(): Pack {
    const pack = this.#base();
    if (pack) return pack;
    throw new CentoError('InvalidStateError', 'Nothing is open.');
  }

  #change(work: (pack: Pack, texts: StoredText[]) => Promise<void>): Promise<Learned[]> {
    return this.#gate.alone(async () => {
      const pack = this.#pack();
      await work(pack, await this.texts());
      this.#channel?.postMessage(null);
      await this.#rebuild(pack);
      return this.learned();
    });
  }

  async #rebuild(pack: Pack | undefined): Promise<void> {
    const texts = pack ? await pack.store.texts(pack.manifest.name) : [];
    const old = this.layer;
    try {
      this.layer =
        pack && texts.length > 0
          ? await openLayer(pack, texts, {
              name: 'personal',
              title: 'Personal text',
              licence: '',
              language: pack.manifest.language,
            })
          : undefined;
    } catch (error) {
      this.layer = undefined; // Rather none than one with a text that is forgotten.
      throw error;
    } finally {
      // What runs goes on with what it began with.
      void old?.gate.alone(() => {
        old.engine.delete();
        void old.verifier?.reader.then((reader) => reader.delete()).catch(() => {});
      });
    }
  }

  /** Pages of this origin learn and forget together. */
  #listen(pack: Pack | undefined): void {
    this.#channel?.close();
    this.#channel = undefined;
    if (pack?.store.kind !== 'indexeddb' || typeof BroadcastChannel === 'undefined') return;
    this.#channel = new BroadcastChannel(`cento:personal:${pack.manifest.name}`);
    (this.#channel as { unref?(): void }).unref?.(); // Node waits for it otherwise.
    this.#channel.onmessage = () =>
      void this.#gate.alone(() => this.#rebuild(this.#base())).catch(this.#warn);
  }
}

/** Others are answered in between; building the index, a second or two of the most text, is one piece. */
async function openLayer(
  pack: Pack,
  texts: readonly StoredText[],
  header: LayerHeader,
): Promise<PersonalLayer> {
  const { module, manifest } = pack;
  const tables = manifest.base ? [await pack.file(manifest.base)] : [];
  tables.push(await pack.file(manifest.tables));
  const writer = new module.LayerWriter();
  const expresser = new module.Expresser();
  const engine = new module.Engine();
  const pause = pauses();
  try {
    for (const file of tables) writer.openTables(file);
    for (const text of texts) {
      await pause();
      writer.add(text);
    }
    writer.finish(header);
    const files: [Bytes, Bytes] = [writer.tables(), writer.shard()];
    await pause();
    expresser.openTables(files[0]);
    expresser.addShard(files[1]);
    await pause();
    const image = expresser.express();
    await pause();
    engine.openTables(files[0]);
    engine.mount(image, pack.engine);
    return { module, engine, gate: new Gate(), files };
  } catch (error) {
    engine.delete();
    throw error;
  } finally {
    writer.delete();
    expresser.delete();
  }
}
