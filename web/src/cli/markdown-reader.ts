/**
 * Reads Markdown: front matter by YAML, the rest by CommonMark (with tables) to HTML and then as HTML, so
 * that both kinds of page give the same text. Understands what documentation generators add: {#anchors},
 * ::: containers, [!NOTE] marks, {{#include}} lines, and leaves out MDX imports and components' tags.
 */
import GithubSlugger from 'github-slugger';
import MarkdownIt from 'markdown-it';
import { parse as parseYaml } from 'yaml';
import { decodePlain } from './decode.js';
import { type LeftOutPage, type PageContent, toFilters, toWeight } from './document.js';
import { htmlSections, titleHeading } from './html-reader.js';

const markdown = new MarkdownIt({ html: true });

export function readMarkdown(bytes: Uint8Array): PageContent | LeftOutPage {
  const { text, warnings } = decodePlain(bytes);
  const { frontMatter, body, problem } = splitFrontMatter(text.replace(/^\ufeff/, ''));
  if (frontMatter.draft === true) return { leftOut: 'is a draft', isWanted: true };
  const own = ownSettings(frontMatter.cento);
  if (own.weight === 0) return { leftOut: 'has the weight 0', isWanted: true };
  const sections = htmlSections(markdown.render(body));
  return {
    title: asText(frontMatter.title) || (titleHeading(sections)?.heading ?? ''),
    sections,
    language: asText(frontMatter.lang),
    canonicalUrl: '',
    ...own,
    warnings: problem === undefined ? warnings : [...warnings, problem],
  };
}

// Front matter ------------------------------------------------------------------------------------

interface FrontMatter {
  title?: unknown;
  lang?: unknown;
  draft?: unknown;
  cento?: unknown;
}

/** "cento: false", or "cento:" with "weight" and "filter" below. */
function ownSettings(value: unknown): { weight: number; filters: string[] } {
  if (value === false) return { weight: 0, filters: [] };
  const isObject = typeof value === 'object' && value !== null;
  const { weight, filter } = (isObject ? value : {}) as { weight?: unknown; filter?: unknown };
  return { weight: toWeight(weight), filters: toFilters(filter) };
}

interface SplitPage {
  frontMatter: FrontMatter;
  body: string;
  problem?: string;
}

function splitFrontMatter(text: string): SplitPage {
  const found = /^---[ \t]*\r?\n(?:([\s\S]*?)\r?\n)?---[ \t]*(?:\r?\n|$)/.exec(text);
  if (found === null) return { frontMatter: {}, body: text };
  const body = text.slice(found[0].length);
  try {
    const frontMatter: unknown = parseYaml(found[1] ?? '', { logLevel: 'error' });
    const isObject = typeof frontMatter === 'object' && frontMatter !== null;
    return { frontMatter: isObject ? frontMatter : {}, body };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { frontMatter: {}, body, problem: `the front matter is not YAML: ${reason}` };
  }
}

function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

// What generators add to CommonMark ----------------------------------------------------------------

const includeLine = /^[ \t]*\{\{\s*#\w+[^}]*\}\}[ \t]*(?:\n|$)/gm; // mdBook
const hiddenRustLine = /^[ \t]*#(?:[ \t].*)?(?:\n|$)/gm; // rustdoc: not shown on the page
const container = /^:{3,}\s*(?:[\w-]+)?\s*(?:\[(.*)\]|(.*?))\s*$/;

/** "::: tip Title" opens and ":::" closes a container: the lines go, the title stays. */
markdown.block.ruler.before(
  'paragraph',
  'container_line',
  (state, line, _end, isProbe) => {
    const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
    const match = container.exec(state.src.slice(start, state.eMarks[line]));
    if (match === null) return false;
    if (isProbe) return true;
    const title = (match[1] ?? match[2] ?? '').replace(/\{.*\}$/, '').trim();
    if (title !== '') {
      state.push('paragraph_open', 'p', 1);
      const inline = state.push('inline', '', 0);
      inline.content = title;
      inline.children = [];
      state.push('paragraph_close', 'p', -1);
    }
    state.line = line + 1;
    return true;
  },
  { alt: ['paragraph', 'reference', 'blockquote', 'list'] },
);

markdown.core.ruler.before('inline', 'generator_syntax', (state) => {
  for (const token of state.tokens) {
    if (token.type === 'inline') token.content = withoutGeneratorSyntax(token.content);
    if (token.type !== 'fence') continue;
    token.content = token.content.replace(includeLine, '');
    if (/^rust\b/.test(token.info)) token.content = token.content.replace(hiddenRustLine, '');
  }
});

function withoutGeneratorSyntax(content: string): string {
  const isModuleCode = content
    .split('\n')
    .every((line) => /^(?:import|export)\s.*['"{;]/.test(line));
  if (isModuleCode) return '';
  return content
    .replace(includeLine, '')
    .replace(/\{\/\*[\s\S]*?\*\/\}/g, '')
    .replace(/^\[!\w+\][+-]?[ \t]*\n?/, '');
}

/** GitHub's anchors, unless the heading names its own: "## Title {#anchor}". */
markdown.core.ruler.push('heading_anchors', (state) => {
  const slugger = new GithubSlugger();
  state.tokens.forEach((token, index) => {
    const inline = state.tokens[index + 1];
    if (token.type !== 'heading_open' || inline?.children == null) return;
    const last = inline.children.at(-1);
    const named =
      last?.type === 'text' ? /\s*\{\s*#([\w:.-]+)[^}]*\}\s*$/.exec(last.content) : null;
    if (last !== undefined && named !== null) last.content = last.content.slice(0, named.index);
    const shown = inline.children.filter(({ type }) => type === 'text' || type === 'code_inline');
    token.attrSet('id', named?.[1] ?? slugger.slug(shown.map(({ content }) => content).join('')));
  });
});
