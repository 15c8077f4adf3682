/** The order in which a site's own sitemap.xml lists its pages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The place of each page in the folder's sitemap, by path from the folder; empty without one. */
export function sitemapPlaces(folder: string, paths: string[]): Map<string, number> {
  let text: string;
  try {
    text = readFileSync(join(folder, 'sitemap.xml'), 'utf8');
  } catch {
    return new Map();
  }
  const byRoute = new Map(paths.map((path) => [routeOf(path), path]));
  const places = new Map<string, number>();
  for (const [, address = ''] of text.matchAll(/<loc>\s*([^<]+?)\s*<\/loc>/g)) {
    const path = findPath(address.replaceAll('&amp;', '&'), byRoute);
    if (path !== undefined && !places.has(path)) places.set(path, places.size);
  }
  return places;
}

/** The site may stand below a path of its host: the longest end of the address that is a page. */
function findPath(address: string, byRoute: Map<string, string>): string | undefined {
  let pathname: string;
  try {
    pathname = decodeURIComponent(new URL(address, 'http://site.invalid').pathname);
  } catch {
    return undefined;
  }
  const steps = routeOf(pathname.replace(/^\/+/, '')).split('/');
  for (let from = 0; from < steps.length; from++) {
    const path = byRoute.get(steps.slice(from).join('/'));
    if (path !== undefined) return path;
  }
  return undefined;
}

/** "a/index.html", "a/" and "a.html" and "a" are one. */
function routeOf(path: string): string {
  return path.replace(/(?:^|\/)index\.html?$|\.html?$|\/+$/i, '');
}
