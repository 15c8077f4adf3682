/**
 * One end of a conversation: calls the other end's methods and serves its own.
 *
 * Our own and not Comlink, because calls here stream, can be aborted, and must all settle when the
 * other end dies.
 */

import { CentoError } from '../client/error.js';
import type { Message, Methods, WireError } from './messages.js';

/** A worker, the inside of a worker, or one of two ends in the same thread. */
export interface Transport {
  post(message: unknown, transfer: Transferable[]): void;
  /** Called once. `onEnd` means that nothing more will come. */
  listen(onMessage: (message: unknown) => void, onEnd: (error: CentoError) => void): void;
  /** Ends the other side, too, where it can be ended. */
  close(): void;
}

export interface HandlerContext<Chunk> {
  /** Aborted when the caller aborts and when the conversation ends. */
  signal: AbortSignal;
  emit(chunk: Chunk, transfer?: Transferable[]): void;
  /** Buffers that move with the returned value. */
  transfer: Transferable[];
}

export type Handlers<Table extends Methods<Table>> = {
  [Name in keyof Table]: (
    params: Table[Name]['params'],
    context: HandlerContext<Table[Name]['chunk']>,
  ) => Table[Name]['value'] | Promise<Table[Name]['value']>;
};

export interface PeerCallOptions<Chunk> {
  signal?: AbortSignal | undefined;
  onChunk?: ((chunk: Chunk) => void) | undefined;
  transfer?: Transferable[];
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: CentoError): void;
  onChunk: ((chunk: unknown) => void) | undefined;
}

/** After it the end that throws it can work no longer. */
export class FatalError extends CentoError {}

export function abortError(signal?: AbortSignal): CentoError {
  return new CentoError('AbortError', 'The call was cancelled.', { cause: signal?.reason });
}

export function toWire(error: unknown): WireError {
  if (error instanceof CentoError) {
    const { code, message, offset, requested, quota } = error;
    return { code, message, offset, requested, quota };
  }
  return { code: 'WorkerError', message: error instanceof Error ? error.message : String(error) };
}

export function fromWire({ code, message, ...options }: WireError): CentoError {
  return new CentoError(code, message, options);
}

export class Peer<Remote extends Methods<Remote>, Local extends Methods<Local>> {
  readonly #transport: Transport;
  readonly #handlers: Handlers<Local>;
  readonly #pending = new Map<number, Pending>();
  readonly #running = new Map<number, AbortController>();
  readonly #onEnd: ((error: CentoError) => void) | undefined;
  #nextId = 1;
  #ended: CentoError | undefined;

  /** `onEnd` is called when the conversation ends for a reason other than `close`. */
  constructor(
    transport: Transport,
    handlers: Handlers<Local>,
    onEnd?: (error: CentoError) => void,
  ) {
    this.#transport = transport;
    this.#handlers = handlers;
    this.#onEnd = onEnd;
    transport.listen(
      (message) => this.#receive(message as Message<Local>),
      (error) => this.#end(error),
    );
  }

  call<Name extends keyof Remote & string>(
    method: Name,
    params: Remote[Name]['params'],
    { signal, onChunk, transfer = [] }: PeerCallOptions<Remote[Name]['chunk']> = {},
  ): Promise<Remote[Name]['value']> {
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(this.#ended);
      if (signal?.aborted) return reject(abortError(signal));
      const id = this.#nextId++;
      const onAbort = () => {
        settle();
        this.#post({ type: 'abort', id });
        reject(abortError(signal));
      };
      const settle = () => {
        this.#pending.delete(id);
        signal?.removeEventListener('abort', onAbort);
      };
      this.#pending.set(id, {
        resolve(value) {
          settle();
          resolve(value as Remote[Name]['value']);
        },
        reject(error) {
          settle();
          reject(error);
        },
        onChunk: onChunk as ((chunk: unknown) => void) | undefined,
      });
      signal?.addEventListener('abort', onAbort);
      try {
        this.#transport.post({ type: 'call', id, method, params }, transfer);
      } catch (cause) {
        settle();
        reject(
          new CentoError('InvalidArgumentError', `The call cannot be sent: ${cause}`, { cause }),
        );
      }
    });
  }

  /** Ends the conversation: pending calls reject with `error`, running handlers are aborted. */
  close(error: CentoError): void {
    if (this.#ended) return;
    this.#settleAll(error);
    this.#transport.close();
  }

  /** Tells the other end that this one can no longer work, and ends. */
  fail(error: CentoError): void {
    if (this.#ended) return;
    this.#post({ type: 'end', error: toWire(error) });
    this.#settleAll(error);
  }

  #end(error: CentoError): void {
    if (this.#ended) return;
    this.close(error);
    this.#onEnd?.(error);
  }

  #settleAll(error: CentoError): void {
    this.#ended = error;
    for (const pending of [...this.#pending.values()]) pending.reject(error);
    for (const controller of this.#running.values()) controller.abort(error);
    this.#running.clear();
  }

  #post(message: Message<NonNullable<unknown>>, transfer: Transferable[] = []): void {
    if (!this.#ended) this.#transport.post(message, transfer);
  }

  #receive(message: Message<Local>): void {
    if (this.#ended) return;
    switch (message.type) {
      case 'call':
        void this.#serve(message.id, message.method, message.params);
        break;
      case 'abort':
        this.#running.get(message.id)?.abort();
        break;
      case 'chunk':
        this.#pending.get(message.id)?.onChunk?.(message.chunk);
        break;
      case 'value':
        this.#pending.get(message.id)?.resolve(message.value);
        break;
      case 'error':
        this.#pending.get(message.id)?.reject(fromWire(message.error));
        break;
      case 'end':
        this.#end(fromWire(message.error));
        break;
    }
  }

  async #serve<Name extends keyof Local>(
    id: number,
    method: Name,
    params: Local[Name]['params'],
  ): Promise<void> {
    const controller = new AbortController();
    this.#running.set(id, controller);
    const transfer: Transferable[] = [];
    try {
      const value = await this.#handlers[method](params, {
        signal: controller.signal,
        emit: (chunk, moved = []) => {
          if (!controller.signal.aborted) this.#post({ type: 'chunk', id, chunk }, moved);
        },
        transfer,
      });
      this.#post({ type: 'value', id, value }, transfer);
    } catch (error) {
      this.#post({ type: 'error', id, error: toWire(error) });
      if (error instanceof FatalError) this.fail(error);
    } finally {
      this.#running.delete(id);
    }
  }
}
