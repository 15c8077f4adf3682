/** Small helpers over parse5's tree. Tag and attribute names are lower case in it. */
import type { DefaultTreeAdapterTypes as Tree } from 'parse5';

export type Element = Tree.Element;
export type Node = Tree.ChildNode;
export type ParentNode = Tree.ParentNode;

export function isElement(node: Tree.Node): node is Element {
  return 'tagName' in node;
}

export function isText(node: Tree.Node): node is Tree.TextNode {
  return node.nodeName === '#text';
}

export function childElements(parent: ParentNode): Element[] {
  return parent.childNodes.filter(isElement);
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((candidate) => candidate.name === name)?.value;
}

export function hasAttribute(element: Element, name: string): boolean {
  return attribute(element, name) !== undefined;
}

/** Words of a space-separated attribute, such as `class`. */
export function words(element: Element, name: string): string[] {
  return (attribute(element, name) ?? '').split(/[ \t\n\r\f]+/).filter((word) => word !== '');
}

export function hasClass(element: Element, ...names: string[]): boolean {
  return words(element, 'class').some((word) => names.includes(word));
}

/** The first element below `parent`, in the order of the page. */
export function find(
  parent: ParentNode,
  isWanted: (element: Element) => boolean,
): Element | undefined {
  for (const child of parent.childNodes) {
    if (!isElement(child)) continue;
    const found = isWanted(child) ? child : find(child, isWanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** All elements below `parent`, in the order of the page. */
export function findAll(
  parent: ParentNode,
  isWanted: (element: Element) => boolean = () => true,
  found: Element[] = [],
): Element[] {
  for (const child of parent.childNodes) {
    if (!isElement(child)) continue;
    if (isWanted(child)) found.push(child);
    findAll(child, isWanted, found);
  }
  return found;
}

export function parentElement(element: Element): Element | undefined {
  const parent = element.parentNode;
  return parent !== null && isElement(parent) ? parent : undefined;
}

/** All text below a node as it stands in the source. */
export function rawText(node: Tree.Node): string {
  if (isText(node)) return node.value;
  return 'childNodes' in node ? node.childNodes.map(rawText).join('') : '';
}

const headingTags = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6']);

export function isHeading(element: Element): boolean {
  return headingTags.has(element.tagName);
}

/** White space as a browser shows it outside `<pre>`; a no-break space becomes a space. */
export function collapse(text: string): string {
  return text.replace(/[ \t\n\r\f\u00a0]+/g, ' ').trim();
}
