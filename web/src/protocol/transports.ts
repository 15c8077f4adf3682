/** The three kinds of transport. */

import { CentoError } from '../client/error.js';
import type { Transport } from './peer.js';

/**
 * A worker that this side started. It counts as dead when it reports an error that nothing caught,
 * when it cannot be loaded, and, where there are Web Locks, when the lock that it holds for as long
 * as it lives becomes free: no event tells that the browser has killed a worker.
 */
export function workerTransport(worker: Worker, url: string): Transport {
  const waiting = new AbortController();
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    listen(onMessage, onEnd) {
      const die = (message: string) => onEnd(new CentoError('WorkerError', message));
      worker.onmessage = ({ data }) => {
        if (isAlive(data)) {
          navigator.locks
            ?.request(data.lock, { signal: waiting.signal }, () => die('The worker died.'))
            .catch(() => {}); // closed
        } else {
          onMessage(data);
        }
      };
      worker.onmessageerror = () => die('A message from the worker could not be read.');
      worker.onerror = (event) => {
        event.preventDefault();
        // A script that cannot be loaded, or that the Content Security Policy forbids, has no message.
        die(
          event.message ? `The worker failed: ${event.message}` : `Cannot load the worker ${url}.`,
        );
      };
    },
    close() {
      waiting.abort();
      worker.terminate();
    },
  };
}

interface Alive {
  type: 'alive';
  lock: string;
}

function isAlive(message: unknown): message is Alive {
  return (message as Alive).type === 'alive';
}

/** The part of a worker's global scope that is used here. */
export interface WorkerScope {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  close(): void;
}

/** The inside of a worker. */
export function scopeTransport(scope: WorkerScope): Transport {
  return {
    post: (message, transfer) => scope.postMessage(message, transfer),
    listen(onMessage) {
      scope.addEventListener('message', ({ data }) => onMessage(data));
    },
    close: () => scope.close(),
  };
}

/** In a worker: holds a lock for life and tells its name, so that the other side notices its death. */
export function announceLife(scope: WorkerScope): void {
  if (!globalThis.navigator?.locks) return; // not a secure context
  const lock = `cento:alive:${crypto.randomUUID()}`;
  const held = navigator.locks.request(lock, () => {
    scope.postMessage({ type: 'alive', lock } satisfies Alive, []);
    return new Promise<never>(() => {});
  });
  held.catch(() => {}); // denied, as in frames without an origin
}

/** Two ends in one thread, for Node: messages arrive in later tasks and are not copied. */
export function pairedTransports(): [Transport, Transport] {
  const receivers: (((message: unknown) => void) | undefined)[] = [undefined, undefined];
  const enders: ((error: CentoError) => void)[] = [];
  let open = true;
  const end = (self: number): Transport => ({
    post(message) {
      queueMicrotask(() => {
        if (open) receivers[1 - self]?.(message);
      });
    },
    listen(onMessage, onEnd) {
      receivers[self] = onMessage;
      enders[self] = onEnd;
    },
    close() {
      if (!open) return;
      open = false;
      enders[1 - self]?.(new CentoError('AbortError', 'The other end was closed.'));
    },
  });
  return [end(0), end(1)];
}
