/** The site of one scenario. Its origin is its own, and with it the browser's storage; its server can fail. */

import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { packsDir } from '../../scripts/lib/paths.mjs';
import { startServer } from '../../scripts/lib/server.mjs';

const PAGE = '<!doctype html><title>core</title><link rel="icon" href="data:,">';
const EMBEDDER = '/embedder.html';

export class Site {
  /** Paths of the requests so far. */
  readonly asked: string[] = [];
  /** Files of packs that come with one bit flipped, and others that do not come at all. */
  damaged: RegExp | undefined;
  held: RegExp | undefined;
  #server: Awaited<ReturnType<typeof startServer>> | undefined;
  #address = '';

  static async start(): Promise<Site> {
    const site = new Site();
    await site.start();
    return site;
  }

  /** At the same address as before. */
  async start(): Promise<void> {
    const port = Number(this.#address && new URL(this.#address).port);
    this.#server = await startServer({
      port,
      intercept: (request: IncomingMessage, response: ServerResponse) =>
        this.#intercept(request.url as string, response),
    });
    this.#address = this.#server.address;
  }

  async stop(): Promise<void> {
    await this.#server?.close();
    this.#server = undefined;
  }

  /** An empty page, to use the library alone. */
  get blank(): string {
    return `${this.#address}blank.html`;
  }

  /** A page of another site (a browser goes by the name), with the empty page in a frame. */
  get embedder(): string {
    return `http://localhost:${new URL(this.#address).port}${EMBEDDER}`;
  }

  /** The demo, which a service worker keeps for visits without a network. */
  get demo(): string {
    return this.#address;
  }

  /** Names of the files that were asked for and match, since the last call of `forget`. */
  names(pattern: RegExp): string[] {
    return this.asked.map((path) => path.replace(/.*\//, '')).filter((name) => pattern.test(name));
  }

  forget(): void {
    this.asked.length = 0;
  }

  /** True: it is seen to. */
  #intercept(path: string, response: ServerResponse): boolean {
    this.asked.push(path);
    if (path === '/blank.html') {
      response.setHeader('content-type', 'text/html').end(PAGE);
      return true;
    }
    if (path === EMBEDDER) {
      response.removeHeader('content-security-policy');
      response
        .setHeader('content-type', 'text/html')
        .end(`${PAGE}<iframe src="${this.blank}"></iframe>`);
      return true;
    }
    if (this.damaged?.test(path)) {
      const body = readFileSync(`${packsDir}/${path.replace('/packs/', '')}`);
      const at = body.length >> 1;
      body.writeUInt8(body.readUInt8(at) ^ 1, at);
      response.setHeader('cache-control', 'no-store').end(body);
      return true;
    }
    return this.held?.test(path) ?? false;
  }
}
