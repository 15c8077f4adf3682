/** The engine's side of the protocol: what the worker serves, or in Node the caller's own thread. */

import { CentoError } from '../client/error.js';
import type { EngineMethods, Methods, OpenEvent, PageMethods } from '../protocol/messages.js';
import { type HandlerContext, type Handlers, type Peer, toWire } from '../protocol/peer.js';
import { checkVersion } from '../protocol/version.js';
import { answerHandlers } from './answering.js';
import { callerFetch } from './caller_fetch.js';
import { Opener } from './opening.js';
import type { Environment, Layer, Pack } from './pack.js';
import { Personal } from './personal.js';

/** A pack that is open. */
interface Mount {
  readonly manifestUrl: string;
  readonly opener: Opener;
  readonly unmounted: AbortController;
  pack?: Pack;
}

/** `page` gives the other end, for requests that go through the caller's `fetch`. */
export function engineHandlers<Served extends Methods<Served>>(
  page: () => Peer<PageMethods, Served>,
  environment: Environment,
): Handlers<EngineMethods> {
  let mounts: Mount[] = [];
  let warn = (_: CentoError) => {};
  const personal = new Personal(
    () => mounts[0]?.pack,
    (error) => warn(error),
  );

  /** Those of which something is covered; before, the one that says so. */
  function layers(): Layer[] {
    const packs = mounts.flatMap(({ pack }) => pack ?? []);
    const covered = packs.filter(({ engine }) => engine.coverage().shards > 0);
    const answering = covered.length > 0 ? covered : packs.slice(0, 1);
    if (answering.length === 0) throw new CentoError('InvalidStateError', 'Nothing is open.');
    return personal.layer ? [personal.layer, ...answering] : answering;
  }

  /** The reader's texts follow the first pack. Work on a pack ends when it is unmounted, too. */
  async function changing<T>(
    mount: Mount,
    context: HandlerContext<OpenEvent>,
    work: (context: HandlerContext<OpenEvent>) => Promise<T>,
  ): Promise<T> {
    const stop = new AbortController();
    const onAbort = () => stop.abort(context.signal.reason);
    const signals = [context.signal, mount.unmounted.signal];
    for (const signal of signals) signal.addEventListener('abort', onAbort);
    if (signals.some(({ aborted }) => aborted)) onAbort();
    warn = (error) => context.emit({ type: 'warning', error: toWire(error) });
    try {
      return await work({ ...context, signal: stop.signal });
    } finally {
      for (const signal of signals) signal.removeEventListener('abort', onAbort);
      if (mount === mounts[0]) await personal.refresh();
    }
  }

  return {
    ...answerHandlers(layers),
    async open(params, context) {
      const { manifestUrl } = params;
      if (mounts.some((mount) => mount.manifestUrl === manifestUrl)) {
        throw new CentoError('InvalidStateError', `${manifestUrl} is open already.`);
      }
      checkVersion(params.version, "the page's script");
      const fetch = params.callerFetches ? callerFetch(page()) : globalThis.fetch;
      const opener = new Opener(environment, params, fetch, (next) => {
        mount.pack = next;
      });
      const mount: Mount = { manifestUrl, opener, unmounted: new AbortController() };
      mounts.push(mount);
      try {
        return await changing(mount, context, (inner) => opener.open(inner));
      } catch (error) {
        // What is covered goes on answering.
        if (!mount.pack?.engine.coverage().shards) mounts = mounts.filter((one) => one !== mount);
        throw error;
      }
    },
    update({ manifestUrl }, context) {
      const mount = mounts.find((one) => one.manifestUrl === manifestUrl);
      if (!mount) throw new CentoError('InvalidStateError', `${manifestUrl} is not open.`);
      return changing(mount, context, (inner) => mount.opener.update(inner));
    },
    async unmount({ packId }) {
      const mount = mounts.find(({ pack }) => pack?.manifest.packId === packId);
      if (!mount) return undefined;
      const wasFirst = mount === mounts[0];
      mounts = mounts.filter((one) => one !== mount);
      mount.unmounted.abort();
      if (wasFirst) await personal.refresh();
      // Its instance is given back when what runs has ended.
      await mount.pack?.gate.alone(() => {});
      return mount.manifestUrl;
    },
    learn: ({ documents }) => personal.learn(documents),
    forget: ({ ids }) => personal.forget(ids),
    learned: () => personal.learned(),
    learnedTexts: async () =>
      (await personal.texts()).map(({ id, title, url, text }) => ({ id, title, url, text })),
    exportPack: (about) => personal.exportPack(about),
  };
}
