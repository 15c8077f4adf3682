// What the package exports, as api-extractor reads it out of the declarations: by entry, in the order of the sources.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { buildDir, root } from './paths.mjs';
import { UserError } from './run.mjs';

const work = `${buildDir}/api`;
const types = `${work}/types`;

/** Declarations as `npm run build:web` ships them, without a build of the engine. */
export function writeDeclarations() {
  rmSync(types, { recursive: true, force: true });
  const tsc = `${root}/node_modules/typescript/bin/tsc`;
  execFileSync(process.execPath, [tsc, '-p', `${root}/tsconfig.build.json`, '--outDir', types], {
    stdio: 'inherit',
  });
}

/**
 * An entry's documentation and its exports: {doc, items}. An item has {kind, name, doc, tokens, file, members};
 * tokens are pieces of its declaration, {text, type?}, where `type` names a type of ours.
 */
export function readEntry(path) {
  const json = `${work}/${path.replaceAll('/', '-')}.api.json`;
  extract(`${types}/${path}.d.ts`, json);
  const whole = JSON.parse(readFileSync(json, 'utf8'));
  const [entry] = whole.members;
  const all = entry.members.map(toItem);
  const inherited = new Map(all.map((item) => [item.name, item]));
  const items = all.filter((item) => item.isExported);
  for (const item of items) {
    const base = inherited.get(item.base);
    // What is not exported is only there to be extended.
    if (base && !base.isExported) {
      item.doc = base.doc;
      item.members = [...item.members, ...base.members];
    }
  }
  return { doc: plain(whole.docComment), items };
}

function extract(entry, apiJsonFilePath) {
  const { compilerOptions } = JSON.parse(readFileSync(`${root}/tsconfig.json`, 'utf8'));
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: entry,
      compiler: { overrideTsconfig: { compilerOptions, include: [`${types}/**/*.d.ts`] } },
      apiReport: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      docModel: { enabled: true, apiJsonFilePath, includeForgottenExports: true },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: `${root}/package.json`,
  });
  const complaints = [];
  const quiet = ['ae-missing-release-tag', 'ae-forgotten-export'];
  Extractor.invoke(config, {
    localBuild: true,
    messageCallback(message) {
      message.handled = true;
      const isLoud = [ExtractorLogLevel.Error, ExtractorLogLevel.Warning].includes(
        message.logLevel,
      );
      if (isLoud && !quiet.includes(message.messageId)) complaints.push(message.text);
    },
  });
  if (complaints.length > 0) throw new UserError(complaints.join('\n'));
}

function toItem(json) {
  // Names end in a number where the platform has a type of that name.
  const name = (json.name ?? '').replace(/_\d+$/, '').replace(/^"(.*)"$/, '$1');
  const source = json.fileUrlPath && readFileSync(`${root}/${json.fileUrlPath}`, 'utf8');
  const members = (json.members ?? [])
    .filter((member) => !member.isProtected && (member.kind !== 'Constructor' || member.docComment))
    .map(toItem);
  if (source) sortBySource(name, members, source);
  const base = json.extendsTokenRange && json.excerptTokens[json.extendsTokenRange.startIndex].text;
  return {
    kind: json.kind,
    name,
    base,
    members,
    doc: plain(json.docComment),
    file: json.fileUrlPath?.replace(/^.*\/types\//, '').replace('.d.ts', ''),
    place: source ? source.search(new RegExp(`\\b${name}\\b(?=[^;]*[{;])`)) : 0,
    isExported: !json.canonicalReference.includes('!~'),
    isStatic: json.isStatic === true,
    isOptional: json.isOptional === true,
    tokens: json.excerptTokens.map((token) => ({
      text: token.text,
      type: /^cento!~?/.test(token.canonicalReference ?? '') ? token.text : undefined,
    })),
    typeTokens: json.propertyTypeTokenRange ?? json.typeTokenRange,
  };
}

/** api-extractor sorts by name; people read in the order in which it was written. */
function sortBySource(name, members, source) {
  const begin = source.search(new RegExp(`(?:interface|class) ${name}\\b`));
  const body = source.slice(begin);
  const placeOf = ({ name: member }) =>
    body.search(
      new RegExp(
        `^\\s+(?:(?:static|readonly|get) )*'?${escaped(member || 'constructor')}(?!\\w)`,
        'm',
      ),
    );
  const places = new Map(members.map((member) => [member, placeOf(member)]));
  members.sort((a, b) => places.get(a) - places.get(b));
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A comment without its signs. */
const plain = (comment = '') =>
  comment
    .replace(/^\/\*\*\s?|\s*\*\/\s*$/g, '')
    .replace(/^\s*\* ?/gm, '')
    .replace(/@packageDocumentation/g, '')
    .trim();
