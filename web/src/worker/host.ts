/** The engine's side of the protocol: what the worker serves, or in Node the caller's own thread. */

import { CentoError } from '../client/error.js';
import type { EngineMethods, Methods, PageMethods } from '../protocol/messages.js';
import type { Handlers, Peer } from '../protocol/peer.js';
import { checkVersion } from '../protocol/version.js';
import { answerHandlers } from './answering.js';
import { callerFetch } from './caller_fetch.js';
import { Opener } from './opening.js';
import type { Environment, Pack } from './pack.js';

/** `page` gives the other end, for requests that go through the caller's `fetch`. */
export function engineHandlers<Served extends Methods<Served>>(
  page: () => Peer<PageMethods, Served>,
  environment: Environment,
): Handlers<EngineMethods> {
  let opener: Opener | undefined;
  let pack: Pack | undefined;
  const current = () => {
    if (pack) return pack;
    throw new CentoError('InvalidStateError', 'Nothing is open.');
  };
  return {
    ...answerHandlers(current),
    async open(params, context) {
      if (opener) throw new CentoError('InvalidStateError', 'Something is open already.');
      checkVersion(params.version, "the page's script");
      const fetch = params.callerFetches ? callerFetch(page()) : globalThis.fetch;
      opener = new Opener(environment, params, fetch, (next) => {
        pack = next;
      });
      return opener.open(context);
    },
    update(_, context) {
      if (opener) return opener.update(context);
      throw new CentoError('InvalidStateError', 'Nothing is open.');
    },
  };
}
