/** Which part of a page is its own text: the main content, without navigation and other furniture. */
import { toFilters, toWeight } from './document.js';
import {
  attribute,
  childElements,
  collapse,
  type Element,
  find,
  findAll,
  hasAttribute,
  hasClass,
  isHeading,
  type ParentNode,
  parentElement,
  rawText,
  words,
} from './html-tree.js';

export interface MainContent {
  roots: Element[];
  /** Nothing on the page says where its content is: everything that looks like furniture is left out. */
  isWholeBody: boolean;
}

/**
 * Where static-site generators put a page's text, most telling first. A rule counts where exactly one
 * element matches: several articles are a list of teasers.
 */
const landmarks: ((element: Element) => boolean)[] = [
  (e) => attribute(e, 'itemprop') === 'articleBody', // Sphinx (Read the Docs theme), Docsy
  (e) => hasClass(e, 'vp-doc'), // VitePress
  (e) => hasClass(e, 'theme-doc-markdown'), // Docusaurus
  (e) => hasClass(e, 'md-content__inner'), // MkDocs Material
  (e) => hasClass(e, 'markdown-body', 'sl-markdown-content', 'theme-default-content'),
  (e) => attribute(e, 'role') === 'main' && hasClass(e, 'body'), // Sphinx
  (e) => e.tagName === 'main',
  (e) => attribute(e, 'role') === 'main',
  (e) => e.tagName === 'article',
  (e) => e.tagName === 'div' && hasClass(e, 'body', 'document'), // Sphinx, old themes
];

/** An author's own `data-cento-body` comes before every rule; there may be several. */
export function findMainContent(document: ParentNode): MainContent {
  const elements = findAll(document);
  const marked = elements.filter((e) => hasAttribute(e, 'data-cento-body'));
  if (marked.length > 0) {
    const roots = marked.filter((element) => !hasAncestorIn(element, marked));
    return { roots, isWholeBody: false };
  }
  for (const isLandmark of landmarks) {
    const [found, ...others] = elements.filter(isLandmark);
    if (found !== undefined && others.length === 0)
      return { roots: [narrowed(found)], isWholeBody: false };
  }
  const body = elements.find((e) => e.tagName === 'body');
  return { roots: body === undefined ? [] : [body], isWholeBody: true };
}

function hasAncestorIn(element: Element, candidates: Element[]): boolean {
  for (let at = parentElement(element); at !== undefined; at = parentElement(at))
    if (candidates.includes(at)) return true;
  return false;
}

/** `<main>` around one `<article>` often holds more than the text; but the title may be outside. */
function narrowed(main: Element): Element {
  const [article, ...others] = findAll(main, (e) => e.tagName === 'article');
  if (article === undefined || others.length > 0) return main;
  const titles = findAll(main, (e) => e.tagName === 'h1');
  return titles.every((title) => hasAncestorIn(title, [article])) ? article : main;
}

// Furniture ---------------------------------------------------------------------------------------

const ignoredTags = new Set(
  (
    'head script style template noscript svg canvas iframe object embed audio video map dialog nav ' +
    'button input select textarea datalist label progress meter'
  ).split(' '),
);

const ignoredRoles = new Set(
  (
    'navigation search banner contentinfo complementary tablist menu menubar toolbar dialog ' +
    'alertdialog doc-toc doc-backlink doc-pagebreak'
  ).split(' '),
);

/** Class names of generators and themes for what is no text of the page. */
const ignoredClasses = new Set(
  (
    'headerlink header-anchor hash-link permalink viewcode-link viewcode-back sphinxsidebar related ' +
    'sphinxsidebarwrapper genindex-jumpbox indextable modindextable modindex-jumpbox toctree-wrapper ' +
    'linenos lineno line-numbers-wrapper line-numbers-rows boring breadcrumb breadcrumbs pagination ' +
    'pagination-nav prev-next-area toc table-of-contents tableOfContents theme-doc-toc-mobile ' +
    'theme-edit-this-page edit-this-page edit-page-link md-source-file md-content__button skip-link ' +
    'sr-only visually-hidden screen-reader-text footnote-ref footnote-reference footnote-backref ' +
    'footnoteBackLink mw-editsection navbox noprint'
  ).split(' '),
);

/** What names furniture on pages without a landmark; as a class or an id. */
const furniture = new Set(
  (
    'header footer nav navbar navigation sidebar side-bar menu topbar top-bar masthead site-header ' +
    'site-footer site-nav page-footer page-header cookie-banner comments advertisement ads social share'
  ).split(' '),
);

/** Asides that are text: notes, warnings and footnotes as generators write them. */
const textualAsides = ['admonition', 'callout', 'note', 'tip', 'warning', 'starlight-aside'].concat(
  ['footnote', 'footnote-list', 'topic', 'alert', 'hint', 'caution', 'danger', 'important'],
);

const permalinkSign = /^[\s#¶§🔗∞\u200b]*$/u;

export function isIgnored(element: Element, content: MainContent): boolean {
  const { tagName } = element;
  if (content.roots.includes(element)) return false;
  if (ignoredTags.has(tagName) || hasAttribute(element, 'data-cento-ignore')) return true;
  if (attribute(element, 'data-cento-weight')?.trim() === '0') return true;
  if (isHidden(element)) return true;
  if (words(element, 'role').some((role) => ignoredRoles.has(role))) return true;
  if (words(element, 'class').some((name) => ignoredClasses.has(name))) return true;
  if (tagName === 'a') return isPermalink(element);
  if (tagName === 'span' && hasClass(element, 'lang'))
    return childElements(element).length === 0 && isInCodeBlock(element); // VitePress
  if (tagName === 'aside') return !hasClass(element, ...textualAsides);
  if (tagName === 'footer') return parentElement(element)?.tagName !== 'blockquote';
  if (!content.isWholeBody) return false;
  if (tagName === 'header') return !isPageTitle(element);
  return [...words(element, 'class'), ...words(element, 'id')].some((name) => furniture.has(name));
}

function isHidden(element: Element): boolean {
  // The panels of tabs are hidden only until they are chosen.
  if (attribute(element, 'role') === 'tabpanel') return false;
  const hidden = attribute(element, 'hidden');
  if (hidden !== undefined && hidden !== 'until-found') return true;
  if (attribute(element, 'aria-hidden') === 'true') return true;
  return /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(
    attribute(element, 'style') ?? '',
  );
}

/** A link to its own place whose text is a sign; headings often stand inside a link, these stay. */
function isPermalink(link: Element): boolean {
  return (attribute(link, 'href') ?? '').startsWith('#') && permalinkSign.test(rawText(link));
}

function isInCodeBlock(element: Element): boolean {
  return words(parentElement(element) ?? element, 'class').some((w) => w.startsWith('language-'));
}

/** Outside an article a header is the site's, unless it holds the title and no navigation. */
function isPageTitle(header: Element): boolean {
  const has = (tag: string) => find(header, (e) => e.tagName === tag) !== undefined;
  return has('h1') && !has('nav');
}

// What a page says of itself ----------------------------------------------------------------------

/** What the first element with the attribute says that the page is worth, of those around its content. */
export function pageWeight(document: ParentNode, { roots }: MainContent): number {
  const outer = findAll(document, (e) => e.tagName === 'html' || e.tagName === 'body');
  const said = [...outer, ...roots].find((e) => hasAttribute(e, 'data-cento-weight'));
  return said === undefined ? 1 : toWeight(attribute(said, 'data-cento-weight'));
}

/** "name:value", or "name" beside the value as the element's text. */
export function pageFilters(document: ParentNode): string[] {
  const marked = findAll(document, (e) => hasAttribute(e, 'data-cento-filter'));
  return marked.flatMap((element) => {
    const said = attribute(element, 'data-cento-filter') ?? '';
    return toFilters(said.includes(':') ? said : `${said}:${collapse(rawText(element))}`);
  });
}

/** Why a page is not meant to be found, or undefined. */
export function reasonToLeaveOut(document: ParentNode): string | undefined {
  for (const meta of findAll(document, (e) => e.tagName === 'meta')) {
    const content = attribute(meta, 'content') ?? '';
    const name = (attribute(meta, 'name') ?? '').toLowerCase();
    if (name === 'robots' && /\b(?:noindex|none)\b/i.test(content))
      return 'asks not to be indexed (robots: noindex)';
    if (
      (attribute(meta, 'http-equiv') ?? '').toLowerCase() === 'refresh' &&
      /url\s*=/i.test(content)
    )
      return 'only leads to another page';
  }
  return undefined;
}

export function pageLanguage(document: ParentNode): string {
  const html = find(document, (e) => e.tagName === 'html');
  return html === undefined ? '' : (attribute(html, 'lang') ?? attribute(html, 'xml:lang') ?? '');
}

/** Addresses of the machine that the page was made on ("file:") are of no use to others. */
export function canonicalUrl(document: ParentNode): string {
  const link = find(document, (e) => e.tagName === 'link' && words(e, 'rel').includes('canonical'));
  const url = link === undefined ? '' : (attribute(link, 'href') ?? '').trim();
  return /^https?:\/\//i.test(url) ? url : '';
}

export function titleTag(document: ParentNode): string {
  const head = find(document, (e) => e.tagName === 'head');
  const title = head && find(head, (e) => e.tagName === 'title');
  return title === undefined ? '' : collapse(rawText(title));
}

/**
 * The id that leads to a heading: its own, one inside it, that of a section that it opens, or that of an
 * empty element just before it.
 */
export function anchorOf(heading: Element, roots: Element[]): string {
  const own = attribute(heading, 'id') ?? innerAnchor(heading);
  if (own !== undefined) return own;
  let child = heading;
  for (let at = parentElement(child); at !== undefined; at = parentElement(child)) {
    const before = childElements(at);
    before.length = before.indexOf(child);
    const target = before.at(-1);
    if (target !== undefined && rawText(target).trim() === '' && innerAnchor(target, true))
      return innerAnchor(target, true) ?? '';
    const isFirst = !before.some((e) => isHeading(e) || find(e, isHeading) !== undefined);
    if (!isFirst || roots.includes(at)) break;
    const id = attribute(at, 'id');
    if (id !== undefined && id !== '') return id;
    child = at;
  }
  return '';
}

function innerAnchor(element: Element, includesItself = false): string | undefined {
  const own = (e: Element) =>
    attribute(e, 'id') ?? (e.tagName === 'a' ? attribute(e, 'name') : undefined);
  const inner = includesItself && own(element) ? element : find(element, (e) => Boolean(own(e)));
  if (inner !== undefined) return own(inner);
  const link = find(element, (e) => e.tagName === 'a' && /^#./.test(attribute(e, 'href') ?? ''));
  return link && permalinkSign.test(rawText(link)) ? attribute(link, 'href')?.slice(1) : undefined;
}
