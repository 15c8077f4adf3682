/**
 * A proxy that notes every request that leaves the browser, whichever part of it makes it: Playwright does
 * not watch offscreen documents and the workers of extensions.
 */

import { createServer, type RequestOptions, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RequestLog {
  /** What the browser is to use for a proxy. */
  proxy: string;
  /** In order; of encrypted connections, which are refused, the host alone. */
  urls: string[];
  close(): void;
}

/** Requests that match `ignored` are passed on or refused like others, and not noted. */
export async function logRequests(ignored: RegExp): Promise<RequestLog> {
  const urls: string[] = [];
  const note = (url: string) => {
    if (!ignored.test(url)) urls.push(url);
  };
  const server = createServer((incoming, outgoing) => {
    const url = incoming.url as string;
    note(url);
    const { method, headers } = incoming;
    const onwards = request(url, { method, headers } as RequestOptions, (answer) => {
      outgoing.writeHead(answer.statusCode as number, answer.headers);
      answer.pipe(outgoing);
    });
    onwards.on('error', () => outgoing.destroy());
    onwards.end();
  });
  server.on('connect', ({ url }, socket) => {
    note(url as string);
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    proxy: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    urls,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
