/** `serve`: a folder over HTTP, as a static host would serve it, to try a site on one's own machine. */
import { createReadStream, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { CentoError } from '../client/error.js';

const DEFAULT_PORT = 8080;
const USAGE = 'Usage: cento serve [FOLDER] [--port NUMBER]';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm', // compiled while it arrives
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml',
  '.pdf': 'application/pdf',
};

/** Serves until a signal ends it. Exit code 2: the command line is not understood. */
export async function serve(args: string[]): Promise<number> {
  let folder: string | undefined;
  let port = DEFAULT_PORT;
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const [, given] = /^--port(?:=(.*))?$/.exec(arg) ?? [];
    const isPort = arg.startsWith('--port');
    if (isPort) port = Number(given ?? rest.shift());
    else if (folder === undefined && !arg.startsWith('-')) folder = arg;
    else port = Number.NaN;
  }
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    process.stderr.write(`${USAGE}\n`);
    return args.some((arg) => arg === '--help' || arg === '-h') ? 0 : 2;
  }
  const server = await startServer(folder ?? '.', port);
  const { port: given } = server.address() as AddressInfo;
  process.stdout.write(`http://127.0.0.1:${given}/ (Ctrl+C ends it)\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      server.close();
      server.closeAllConnections();
    });
  }
  await new Promise((done) => server.once('close', done));
  return 0;
}

/** For this machine alone. Errors: `NotFoundError`, there is no such folder; `IoError`, the port is in use. */
export async function startServer(folder: string, port: number): Promise<Server> {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new CentoError('NotFoundError', `There is no folder ${folder}.`);
  const root = resolve(folder);
  const server = createServer((request, response) => answer(root, request, response));
  await new Promise<void>((done, fail) => {
    server.once('error', ({ message }) =>
      fail(new CentoError('IoError', `${message}. Another port: --port NUMBER.`)),
    );
    server.listen(port, '127.0.0.1', done);
  });
  return server;
}

function answer(root: string, request: IncomingMessage, response: ServerResponse): void {
  const { method, url = '/' } = request;
  if (method !== 'GET' && method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    return;
  }
  const { pathname, search } = new URL(url, 'http://host');
  const found = find(root, pathname);
  if (found === 'folder') {
    response.writeHead(301, { Location: `${pathname}/${search}` }).end();
    return;
  }
  const file = found ?? find(root, '/404.html');
  if (file === undefined || file === 'folder') {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found\n');
    return;
  }
  response.writeHead(found ? 200 : 404, {
    'Content-Type': TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream',
    'Cache-Control': 'no-cache', // what was built anew is what is shown
  });
  if (method === 'HEAD') response.end();
  else {
    createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response);
  }
}

/** A page may be named without `.html`, and a folder's without `index.html`; that of a folder ends in a slash. */
function find(root: string, pathname: string): string | 'folder' | undefined {
  let path: string;
  try {
    path = normalize(join(root, decodeURIComponent(pathname)));
  } catch {
    return undefined; // a percent sign that is none
  }
  if ((path !== root && !path.startsWith(root + sep)) || path.includes('\0')) return undefined;
  const isFile = (name: string) => statSync(name, { throwIfNoEntry: false })?.isFile() === true;
  if (pathname.endsWith('/'))
    return isFile(join(path, 'index.html')) ? join(path, 'index.html') : undefined;
  if (isFile(path)) return path;
  if (isFile(`${path}.html`)) return `${path}.html`;
  return isFile(join(path, 'index.html')) ? 'folder' : undefined;
}
