/** From the flat list of a page's blocks to its sections. */
import type { Section } from './document.js';

export type Block =
  | { kind: 'heading'; level: number; text: string; anchor: string }
  /** A heading outside the page's own levels: it stands below the heading before it. */
  | { kind: 'rubric'; text: string; anchor: string; depth: number }
  /** The term of a definition that may become a heading, such as a function's signature. */
  | { kind: 'term'; text: string; anchor: string; depth: number }
  /** `tight`: a line of a list or table, which follows another such line without an empty line. */
  | { kind: 'text'; text: string; tight: boolean; depth: number };

/** `depth` counts the definitions that a block stands in: 0 is the page itself. */
export function toSections(blocks: Block[]): Section[] {
  const isHeading = headingTerms(blocks);
  const sections: Section[] = [];
  let level = 0;
  let isAfterTight = false;
  let label = ''; // of a definition whose term is no heading
  const append = (text: string, tight: boolean) => {
    if (sections.length === 0) sections.push({ level: 1, heading: '', anchor: '', text: '' });
    const section = sections[sections.length - 1] as Section;
    const separator = tight && isAfterTight ? '\n' : '\n\n';
    section.text += section.text === '' ? text : separator + text;
    isAfterTight = tight;
  };
  for (const block of blocks) {
    if (block.kind === 'text') {
      const isLabelled = label !== '' && !block.tight && !block.text.includes('\n');
      if (label !== '' && !isLabelled) append(label, true);
      append(isLabelled ? `${label}: ${block.text}` : block.text, block.tight || isLabelled);
      label = '';
    } else if (block.kind === 'term' && !isHeading.has(block)) {
      if (label !== '') append(label, true);
      label = block.text;
    } else {
      if (label !== '') append(label, true);
      label = '';
      if (block.kind === 'heading') level = block.level;
      const own = block.kind === 'heading' ? level : Math.min(level + 1 + block.depth, 6);
      sections.push({ level: own, heading: block.text, anchor: block.anchor, text: '' });
      isAfterTight = false;
    }
  }
  if (label !== '') append(label, true);
  return sections;
}

/**
 * The terms that may become headings. A heading rules over everything up to the next one, so text that
 * follows a definition list would seem to belong to the list's last term: such terms stay text. Going
 * backwards, `shallowest` is the least depth of the text between here and the next heading.
 */
function headingTerms(blocks: Block[]): Set<Block> {
  const terms = new Set<Block>();
  let shallowest = Number.POSITIVE_INFINITY;
  for (const block of [...blocks].reverse()) {
    if (block.kind === 'text') {
      shallowest = Math.min(shallowest, block.depth);
    } else if (block.kind === 'heading' || block.kind === 'rubric') {
      shallowest = Number.POSITIVE_INFINITY;
    } else if (block.depth < shallowest) {
      terms.add(block);
      shallowest = Number.POSITIVE_INFINITY;
    } else {
      shallowest = block.depth;
    }
  }
  return terms;
}
