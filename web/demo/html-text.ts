/** The text of a page of HTML: what is to be read of it, in paragraphs, and never its markup. */

const LEFT_OUT =
  'script, style, noscript, template, nav, svg, iframe, object, form, button, dialog, ' +
  '[hidden], [aria-hidden=true], body > header, body > footer';
const PARAGRAPHS = new Set(
  (
    'address article aside blockquote details div dl fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 ' +
    'header hgroup main ol p pre search section summary table ul'
  ).split(' '),
);
const LINES = new Set(['br', 'dd', 'dt', 'li', 'tr', 'caption']);
const CELLS = new Set(['td', 'th']);

/** `page`: made by inertDocument; it is taken apart. */
export function htmlText(page: Document): { title: string; text: string } {
  const heading = page.querySelector('h1')?.textContent ?? '';
  const title = page.title || heading.replace(/\s+/g, ' ').trim();
  for (const element of page.querySelectorAll(LEFT_OUT)) element.remove();
  const articles = page.querySelectorAll('article');
  const content =
    page.querySelector('main, [role=main]') ?? (articles.length === 1 ? articles[0] : page.body);
  const text = textOf(content as Element, false);
  return {
    title,
    text: text
      .replace(/[ \t]+\n/g, '\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
  };
}

function textOf(parent: Element, isPre: boolean): string {
  let text = '';
  for (const node of parent.childNodes) {
    if (node instanceof Text) {
      text += isPre ? node.data : node.data.replace(/\s+/g, ' ');
    } else if (node instanceof Element) {
      const name = node.localName;
      const inner = textOf(node, isPre || name === 'pre');
      if (PARAGRAPHS.has(name)) text += `\n\n${isPre || name === 'pre' ? inner : inner.trim()}\n\n`;
      else if (LINES.has(name)) text += `\n${inner.trim()}`;
      else if (CELLS.has(name)) text += `${inner.trim()} `;
      else text += inner;
    }
  }
  return text;
}
