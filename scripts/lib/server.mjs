// The static server of the demo and of the browser tests: dist/demo at /, the library at /dist/, the packs
// at /packs/, the examples at /examples/. It does nothing that a plain static host could not.
import { createServer } from 'node:http';
import sirv from 'sirv';
import { buildDir, distDir, packsDir } from './paths.mjs';

// As strict as a page with a WebAssembly worker can be; the demo must work under it.
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** For pages that name the address of the worker. */
const trustedTypes = "; require-trusted-types-for 'script'";

/** The files below `folder` at the paths below `prefix` (both ends with "/"). */
function mount(prefix, folder) {
  // `dev` looks at the disk for each request, so that a rebuild shows without a restart.
  const serve = sirv(folder, { dev: true, etag: true, brotli: true });
  return (request, response, next) => {
    if (!request.url.startsWith(prefix)) return next();
    const original = request.url;
    request.url = original.slice(prefix.length - 1);
    return serve(request, response, () => {
      request.url = original;
      next();
    });
  };
}

/**
 * Every answer is checked for freshness, but a name with a hash in it never changes. The measuring pages
 * are always isolated, for their finer timers, and so is the worker, which could not serve them otherwise.
 */
function setHeaders(request, response, isolated) {
  const isExample = request.url.startsWith('/examples/');
  response.setHeader(
    'Content-Security-Policy',
    contentSecurityPolicy + (isExample ? '' : trustedTypes),
  );
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  if (/\.[0-9a-f]{8,}\.\w+$/.test(request.url)) {
    response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
  }
  if (isolated || /^\/(?:bench\/|worker\.js)/.test(request.url)) {
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
  }
}

/**
 * Starts the server on 127.0.0.1; port 0 takes a free one. `isolated` sends the headers of cross-origin
 * isolation, which give finer timers, for every page; `packs` is the folder served at /packs/,
 * `more` maps other paths to folders. What `intercept` gives true for is left to it, so that tests can have
 * faults. Resolves to {address, close()}; closing breaks what is still on its way.
 * @typedef {import('node:http').RequestListener<any, any>} Listener
 * @param {{port?: number, isolated?: boolean, packs?: string, more?: Record<string, string>, intercept?: (...args: Parameters<Listener>) => boolean}} options
 */
export async function startServer({
  port = 0,
  isolated = false,
  packs = packsDir,
  more = {},
  intercept = () => false,
} = {}) {
  const mounts = [
    ...Object.entries(more).map(([path, folder]) => mount(path, folder)),
    mount('/packs/', packs),
    mount('/dist/', distDir),
    mount('/examples/', `${buildDir}/examples`),
    mount('/', `${distDir}/demo`),
  ];
  const server = createServer((request, response) => {
    setHeaders(request, response, isolated);
    if (intercept(request, response)) return undefined;
    const handle = (index) => {
      if (index < mounts.length) return mounts[index](request, response, () => handle(index + 1));
      response.writeHead(404, { 'Content-Type': 'text/plain', 'Cache-Control': 'no-store' });
      return response.end('Not found\n');
    };
    if (request.method === 'GET' || request.method === 'HEAD') return handle(0);
    response.writeHead(405, { Allow: 'GET, HEAD' });
    return response.end();
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      return closed;
    },
  };
}
