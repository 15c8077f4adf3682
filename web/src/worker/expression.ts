/** Builds indexes, in a worker of its own: busy, and thrown away afterwards together with its memory. */

import { CentoError } from '../client/error.js';
import type { ExpressionMethods } from '../protocol/messages.js';
import type { Handlers } from '../protocol/peer.js';
import { checkVersion } from '../protocol/version.js';
import type { Expresser, Instantiate } from './module.js';

export function expressionHandlers(instantiate: Instantiate): Handlers<ExpressionMethods> {
  let expresser: Expresser | undefined;
  const started = () => {
    if (expresser) return expresser;
    throw new CentoError('InvalidStateError', 'Call start first.');
  };
  return {
    async start({ version, wasm }) {
      checkVersion(version, 'the script that started it');
      expresser = new (await instantiate(wasm)).Expresser();
      return null;
    },
    openTables({ bytes }) {
      started().openTables(bytes);
      return null;
    },
    addShard({ bytes }) {
      started().addShard(bytes);
      return null;
    },
    express(_params, { transfer }) {
      const image = started().express();
      transfer.push(image.buffer);
      return image;
    },
  };
}
