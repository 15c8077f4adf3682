/** The engine's side of the protocol: what the worker serves, or in Node the caller's own thread. */

import { CentoError } from '../client/error.js';
import type { EngineMethods, Methods, PageMethods } from '../protocol/messages.js';
import type { Handlers, Peer } from '../protocol/peer.js';
import { answerHandlers } from './answering.js';
import { callerFetch } from './caller_fetch.js';
import { openPack } from './opening.js';
import type { Environment, Pack } from './pack.js';

/** `page` gives the other end, for requests that go through the caller's `fetch`. */
export function engineHandlers<Served extends Methods<Served>>(
  page: () => Peer<PageMethods, Served>,
  environment: Environment,
): Handlers<EngineMethods> {
  let isOpened = false;
  let pack: Pack | undefined;
  const current = () => {
    if (pack) return pack;
    throw new CentoError('InvalidStateError', 'Nothing is open.');
  };
  return {
    ...answerHandlers(current),
    async open(params, context) {
      if (isOpened) throw new CentoError('InvalidStateError', 'Something is open already.');
      isOpened = true;
      const fetch = params.callerFetches ? callerFetch(page()) : globalThis.fetch;
      await openPack(environment, params, fetch, context, (found) => {
        pack = found;
      });
      return null;
    },
  };
}
