/** Builds indexes, in a worker of its own: busy, and thrown away afterwards together with its memory. */

import { CentoError } from '../client/error.js';
import type { ExpressionMethods } from '../protocol/messages.js';
import type { Handlers } from '../protocol/peer.js';
import { type CentoModule, check, type Expresser, feed, type Instantiate } from './module.js';

export function expressionHandlers(instantiate: Instantiate): Handlers<ExpressionMethods> {
  let module: CentoModule;
  let expresser: Expresser | undefined;
  const started = () => {
    if (expresser) return expresser;
    throw new CentoError('InvalidStateError', 'Call start first.');
  };
  return {
    async start({ wasm, tables }) {
      module = await instantiate(wasm);
      expresser = new module.Expresser();
      feed(module, tables, (input) => started().openTables(input));
      return null;
    },
    addShard({ bytes }) {
      feed(module, bytes, (input) => started().addShard(input));
      return null;
    },
    express(_params, { transfer }) {
      check(started().express());
      const image = started().image().slice() as Uint8Array<ArrayBuffer>;
      transfer.push(image.buffer);
      return image;
    },
  };
}
