import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CentoError } from '../src/client/error.js';
import type { Method } from '../src/protocol/messages.js';
import { FatalError, type HandlerContext, Peer, type Transport } from '../src/protocol/peer.js';
import { pairedTransports } from '../src/protocol/transports.js';

interface Table {
  echo: Method<string, string>;
  hang: Method<null, null, number>;
  fault: Method<null, null>;
  trap: Method<null, null>;
}

function connect(onHang: (context: HandlerContext<number>) => void = () => {}) {
  const [near, far] = pairedTransports();
  const there = new Peer<Record<never, never>, Table>(far, {
    echo: (text) => text,
    hang: (_params, context) => {
      onHang(context);
      return new Promise<null>(() => {});
    },
    fault() {
      throw new CentoError('IntegrityError', 'bad', { offset: 12 });
    },
    trap() {
      throw new FatalError('WorkerError', 'unreachable');
    },
  });
  const here = new Peer<Table, Record<never, never>>(near, {});
  return { here, there };
}

const settles = (call: Promise<unknown>, code: string) =>
  assert.rejects(call, (error) => error instanceof CentoError && error.code === code);

test('a call gives what the handler returns', async () => {
  assert.equal(await connect().here.call('echo', 'a'), 'a');
});

test('an error keeps its code, message and offset', async () => {
  await assert.rejects(connect().here.call('fault', null), {
    name: 'IntegrityError',
    code: 'IntegrityError',
    message: 'bad',
    offset: 12,
  });
});

test('an abort rejects at once and reaches the handler', async () => {
  const controller = new AbortController();
  const heard = new Promise<void>((resolve) => {
    const { here } = connect(({ signal }) => signal.addEventListener('abort', () => resolve()));
    const call = here.call('hang', null, { signal: controller.signal });
    setTimeout(() => controller.abort());
    void settles(call, 'AbortError');
  });
  await heard;
});

test('an aborted signal stops a call before it is sent', async () => {
  await settles(connect().here.call('echo', '', { signal: AbortSignal.abort() }), 'AbortError');
});

test('chunks come in order, and none after an abort', async () => {
  const chunks: number[] = [];
  const controller = new AbortController();
  let context!: HandlerContext<number>;
  const { here } = connect((given) => {
    context = given;
    context.emit(1);
    context.emit(2);
  });
  const call = here.call('hang', null, {
    signal: controller.signal,
    onChunk: (chunk) => chunks.push(chunk),
  });
  await new Promise(setImmediate);
  controller.abort();
  await settles(call, 'AbortError');
  await new Promise(setImmediate);
  context.emit(3);
  await new Promise(setImmediate);
  assert.deepEqual(chunks, [1, 2]);
});

test('all pending calls reject when the other end dies in the middle of them', async () => {
  let die!: (error: CentoError) => void;
  const silent: Transport = {
    post() {},
    listen: (_onMessage, onEnd) => {
      die = onEnd;
    },
    close() {},
  };
  const here = new Peer<Table, Record<never, never>>(silent, {});
  const calls = [here.call('echo', 'a'), here.call('hang', null)];
  die(new CentoError('WorkerError', 'The worker died.'));
  for (const call of calls) await settles(call, 'WorkerError');
  await settles(here.call('echo', 'later'), 'WorkerError');
});

test('a trap ends the conversation: nothing that follows waits', async () => {
  const { here } = connect();
  const hanging = here.call('hang', null);
  await settles(here.call('trap', null), 'WorkerError');
  await settles(hanging, 'WorkerError');
  await settles(here.call('echo', 'later'), 'WorkerError');
});

test('closing rejects pending calls with the given error and aborts running handlers', async () => {
  let signal!: AbortSignal;
  const { here, there } = connect((context) => {
    signal = context.signal;
  });
  const call = here.call('hang', null);
  await new Promise(setImmediate);
  here.close(new CentoError('AbortError', 'destroyed'));
  await settles(call, 'AbortError');
  assert.equal(signal.aborted, true);
  await settles(there.call('x' as never, null as never), 'AbortError');
});

test('a message that cannot be sent rejects its call', async () => {
  const broken: Transport = {
    post() {
      throw new Error('could not be cloned');
    },
    listen() {},
    close() {},
  };
  const here = new Peer<Table, Record<never, never>>(broken, {});
  await settles(here.call('echo', 'a'), 'InvalidArgumentError');
});
