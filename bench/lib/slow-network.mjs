// A mobile network before a server on this machine: a proxy that delays and paces what passes. It
// slows whatever fetches, pages and workers alike; what browsers offer for this leaves workers out.
import { connect, createServer } from 'node:net';

/** Chromium's DevTools call it "Fast 4G"; the latency is a round trip. */
export const FAST_4G = { downMegabits: 9, upMegabits: 1.5, latencyMilliseconds: 170 };

const SLICE_BYTES = 1460; // about what one packet holds

/**
 * One direction of the network, which all connections share: each slice leaves when those before it
 * have, and arrives half a round trip later.
 */
class Link {
  #bytesPerMillisecond;
  #delay;
  #free = 0; // when it has sent all that it was given
  #waiting = []; // in order: {at, arrive}
  #timer;

  constructor(megabits, delayMilliseconds) {
    this.#bytesPerMillisecond = (megabits * 1e6) / 8 / 1000;
    this.#delay = delayMilliseconds;
  }

  send(bytes, write) {
    for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
      const slice = bytes.subarray(at, at + SLICE_BYTES);
      this.#put(slice.length / this.#bytesPerMillisecond, () => write(slice));
    }
  }

  /** After all that was sent before. */
  end(close) {
    this.#put(0, close);
  }

  #put(milliseconds, arrive) {
    this.#free = Math.max(this.#free, performance.now()) + milliseconds;
    this.#waiting.push({ at: this.#free + this.#delay, arrive });
    this.#timer ??= setTimeout(() => this.#deliver(), this.#delay);
  }

  #deliver() {
    const now = performance.now();
    while (this.#waiting.length > 0 && this.#waiting[0].at <= now) this.#waiting.shift().arrive();
    const [next] = this.#waiting;
    this.#timer = next && setTimeout(() => this.#deliver(), next.at - now);
  }
}

/** Resolves to {address, close()}: the server at `address` as it is seen through the network. */
export async function startSlowNetwork(address, { downMegabits, upMegabits, latencyMilliseconds }) {
  const port = Number(new URL(address).port);
  const down = new Link(downMegabits, latencyMilliseconds / 2);
  const up = new Link(upMegabits, latencyMilliseconds / 2);
  const sockets = new Set();
  const server = createServer((browser) => {
    const origin = connect(port, '127.0.0.1');
    for (const socket of [browser, origin]) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
    }
    // The handshake takes a round trip before the first request can leave.
    const opened = new Promise((done) => setTimeout(done, latencyMilliseconds));
    browser.on('data', async (bytes) => {
      await opened;
      up.send(bytes, (slice) => origin.writable && origin.write(slice));
    });
    origin.on('data', (bytes) =>
      down.send(bytes, (slice) => browser.writable && browser.write(slice)),
    );
    browser.on('end', () => up.end(() => origin.end()));
    origin.on('end', () => down.end(() => browser.end()));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((done) => server.close(done));
    },
  };
}
