/** Reads an HTML page: its main content as sections of plain text. */
import { parse } from 'parse5';
import { decodeHtml } from './decode.js';
import type { LeftOutPage, PageContent, Section } from './document.js';
import { toBlocks } from './html-blocks.js';
import {
  canonicalUrl,
  findMainContent,
  pageFilters,
  pageLanguage,
  pageWeight,
  reasonToLeaveOut,
  titleTag,
} from './html-content.js';
import type { ParentNode } from './html-tree.js';
import { toSections } from './sections.js';

const noMainContent =
  'nothing says where its main content is: the whole page is read (mark it with <main> or data-cento-body)';

/** Never throws: HTML has no errors, only surprises. */
export function readHtml(bytes: Uint8Array): PageContent | LeftOutPage {
  const { text, warnings } = decodeHtml(bytes);
  const document = parse(text);
  const reason = reasonToLeaveOut(document);
  if (reason !== undefined) return { leftOut: reason, isWanted: true };
  const content = findMainContent(document);
  const weight = pageWeight(document, content);
  if (weight === 0) return { leftOut: 'has the weight 0', isWanted: true };
  const sections = toSections(toBlocks(content));
  if (content.isWholeBody) warnings.push(noMainContent);
  return {
    title: titleOf(document, sections),
    sections,
    language: pageLanguage(document),
    canonicalUrl: canonicalUrl(document),
    weight,
    filters: pageFilters(document),
    warnings,
  };
}

/** The heading of level 1: `<title>` mostly adds the name of the site. */
function titleOf(document: ParentNode, sections: Section[]): string {
  const heading = titleHeading(sections);
  return (heading?.level === 1 ? heading.heading : titleTag(document)) || (heading?.heading ?? '');
}

/** Sections of HTML that is content as a whole, without furniture around it. */
export function htmlSections(html: string): Section[] {
  const document = parse(`<body data-cento-body>${html}`);
  return toSections(toBlocks(findMainContent(document)));
}

/** The first heading of the outermost level, if there is no other of it or if it opens the page. */
export function titleHeading(sections: Section[]): Section | undefined {
  const headings = sections.filter(({ heading }) => heading !== '');
  const outermost = Math.min(...headings.map(({ level }) => level));
  const [title, ...others] = headings.filter(({ level }) => level === outermost);
  return others.length === 0 || title === sections[0] ? title : undefined;
}
