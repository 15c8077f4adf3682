/** Walks over a page's content and writes it as blocks of plain text. */
import { withoutInvisible } from './document.js';
import { anchorOf, isIgnored, type MainContent } from './html-content.js';
import { captionOf, isLayoutTable, tableLines } from './html-table.js';
import {
  attribute,
  childElements,
  collapse,
  type Element,
  find,
  hasClass,
  isElement,
  isHeading,
  isText,
  type Node,
  rawText,
} from './html-tree.js';
import type { Block } from './sections.js';

const blockTags = new Set(
  (
    'address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption ' +
    'figure footer form header hgroup hr legend li main menu ol optgroup option p search section summary ' +
    'table tbody td tfoot th thead tr ul'
  ).split(' '),
);

const longestLabel = 80;

export function toBlocks(content: MainContent): Block[] {
  const writer = new BlockWriter(content);
  for (const root of content.roots) writer.write(root);
  return writer.finish();
}

class BlockWriter {
  private readonly blocks: Block[] = [];
  /** Text of the paragraph that is being read. A line break is one that the page asks for. */
  private inline = '';
  /** What the next paragraph begins with: the mark of a list item or "term: ". */
  private prefix = '';
  /** The lists around this place; a number is the next item's, of a numbered list. */
  private lists: (number | undefined)[] = [];
  private definitionDepth = 0;

  constructor(private readonly content: MainContent) {}

  finish(): Block[] {
    this.endParagraph();
    return this.blocks;
  }

  write(node: Node): void {
    if (isText(node)) this.inline += node.value.replace(/[ \t\n\r\f\u00a0]+/g, ' ');
    else if (isElement(node) && !isIgnored(node, this.content)) this.writeElement(node);
  }

  private writeChildren(element: Element): void {
    for (const child of element.childNodes) this.write(child);
  }

  private writeElement(element: Element): void {
    const { tagName } = element;
    if (isHeading(element)) this.writeHeading(element);
    else if (hasClass(element, 'rubric')) this.writeRubric(element);
    else if (tagName === 'br') this.inline += '\n';
    else if (tagName === 'pre') this.writeCode(element);
    else if (tagName === 'ul' || tagName === 'ol' || tagName === 'menu') this.writeList(element);
    else if (tagName === 'li') this.writeItem(element);
    else if (tagName === 'dl') this.writeDefinitions(element);
    else if (tagName === 'table' && !isLayoutTable(element)) this.writeTable(element);
    else if (tagName === 'math') this.inline += formula(element);
    else if (tagName === 'sup') this.writeSuperscript(element);
    else if (blockTags.has(tagName)) this.writeBlock(element);
    else this.writeChildren(element);
  }

  private writeBlock(element: Element): void {
    this.endParagraph();
    this.writeChildren(element);
    this.endParagraph();
  }

  /** Ends the paragraph that is being read, if there is one. */
  private endParagraph(): void {
    const lines = withoutInvisible(this.inline).split('\n').map(collapse);
    const text = lines.filter((line) => line !== '').join('\n');
    this.inline = '';
    if (text === '') return;
    const prefix = this.takePrefix();
    this.append(prefix + text, prefix !== '');
  }

  /** A label whose definition is no paragraph stands on a line of its own. */
  private endLabel(): void {
    const label = this.takePrefix().trimEnd();
    if (label.endsWith(':')) this.append(label, true);
  }

  private takePrefix(): string {
    const { prefix } = this;
    this.prefix = '';
    return prefix;
  }

  private append(text: string, tight: boolean, depth = this.definitionDepth): void {
    this.blocks.push({ kind: 'text', text, tight, depth });
  }

  private writeHeading(element: Element): void {
    this.endParagraph();
    this.endLabel();
    const text = this.lineOf(element);
    if (text === '') return;
    const level = Number(element.tagName.slice(1));
    this.blocks.push({
      kind: 'heading',
      level,
      text,
      anchor: anchorOf(element, this.content.roots),
    });
  }

  /** Sphinx's heading for what is no section, such as "Footnotes". */
  private writeRubric(element: Element): void {
    this.endParagraph();
    this.endLabel();
    const text = this.lineOf(element);
    const anchor = attribute(element, 'id') ?? '';
    const depth = this.definitionDepth;
    if (text !== '') this.blocks.push({ kind: 'rubric', text, anchor, depth });
  }

  /** Verbatim, on lines of its own. */
  private writeCode(element: Element): void {
    this.endParagraph();
    const text = withoutInvisible(this.verbatim(element))
      .replace(/^(?:[ \t]*\n)+/, '')
      .trimEnd();
    if (text === '') return;
    this.endLabel();
    this.append(text, false);
  }

  private verbatim(node: Node): string {
    if (isText(node)) return node.value;
    if (!isElement(node)) return '';
    if (node.tagName === 'br') return '\n';
    return isIgnored(node, this.content)
      ? ''
      : node.childNodes.map((child) => this.verbatim(child)).join('');
  }

  private writeList(element: Element): void {
    this.endParagraph();
    this.endLabel();
    const isNumbered = element.tagName === 'ol' && !attribute(element, 'type');
    const start = Number.parseInt(attribute(element, 'start') ?? '1', 10);
    this.lists.push(isNumbered && Number.isFinite(start) ? start : undefined);
    this.writeChildren(element);
    this.endParagraph();
    this.lists.pop();
  }

  private writeItem(element: Element): void {
    this.endParagraph();
    const number = this.lists.pop();
    const mark = number === undefined ? '-' : `${number}.`;
    this.prefix = `${'  '.repeat(this.lists.length)}${mark} `;
    this.lists.push(number === undefined ? undefined : number + 1);
    this.writeChildren(element);
    this.endParagraph();
    this.prefix = '';
  }

  private writeTable(element: Element): void {
    this.endParagraph();
    const caption = captionOf(element);
    if (caption !== undefined) this.writeBlock(caption);
    this.endLabel();
    const lines = tableLines(element, (cell) => this.lineOf(cell));
    for (const line of lines) this.append(line, true);
  }

  /**
   * A term that can be linked to, or a signature, is a heading in the making, see `toSections`; any
   * other becomes the label of its definition: "term: definition".
   */
  private writeDefinitions(list: Element): void {
    this.endParagraph();
    this.endLabel();
    const parts = childElements(list).flatMap((e) =>
      e.tagName === 'div' ? childElements(e) : [e],
    );
    let labels: string[] = [];
    let isLinked = false;
    for (const part of parts) {
      if (isIgnored(part, this.content)) continue;
      if (part.tagName === 'dt') {
        const text = this.lineOf(part);
        const anchor = anchorOfTerm(part);
        if (anchor === '' && !hasClass(part, 'sig')) {
          if (text !== '') labels.push(text.replace(/ ?:$/, ''));
          isLinked = false;
        } else if (text !== '') {
          // Of several terms with one definition the first is the heading.
          const depth = this.definitionDepth;
          if (isLinked) this.append(text, true, depth + 1);
          else this.blocks.push({ kind: 'term', text, anchor, depth });
          isLinked = true;
        }
      } else if (part.tagName === 'dd') {
        this.writeDefinition(part, labels.join(', '), isLinked);
        labels = [];
        isLinked = false;
      } else {
        this.write(part);
      }
    }
    for (const label of labels) this.append(label, true);
  }

  private writeDefinition(definition: Element, label: string, isLinked: boolean): void {
    const isLabel = label.length <= longestLabel;
    if (!isLabel) this.append(label, true);
    this.prefix = isLabel && label !== '' ? `${label}: ` : '';
    const { lists, definitionDepth } = this;
    this.lists = [];
    if (isLinked) this.definitionDepth += 1;
    this.writeChildren(definition);
    this.endParagraph();
    this.endLabel();
    this.lists = lists;
    this.definitionDepth = definitionDepth;
  }

  /** "10<sup>6</sup>" must not become 106. */
  private writeSuperscript(element: Element): void {
    const text = this.lineOf(element);
    const isPower = /(?:\d|\)|\b\p{L})$/u.test(this.inline) && /^[-+−]?(?:\d+|\p{L})$/u.test(text);
    this.inline += isPower ? `^${text}` : text;
  }

  /** The text of an element on one line, whatever it holds. */
  private lineOf(element: Element): string {
    const writer = new BlockWriter(this.content);
    writer.writeChildren(element);
    const texts = writer.finish().map((block) => block.text);
    if (find(element, (e) => e.tagName === 'li') === undefined) return collapse(texts.join(' '));
    return collapse(texts.map((text) => text.replace(/^ *(?:-|\d+\.) /, '')).join('; '));
  }
}

function anchorOfTerm(term: Element): string {
  const target = attribute(term, 'id') ? term : childElements(term).find((e) => attribute(e, 'id'));
  return (target && attribute(target, 'id')) ?? '';
}

/** MathML carries its source where a generator wrote it. */
function formula(math: Element): string {
  const isTex = (e: Element) => attribute(e, 'encoding') === 'application/x-tex';
  return ` ${collapse(rawText(find(math, isTex) ?? math))} `;
}
