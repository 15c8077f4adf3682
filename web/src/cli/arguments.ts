import { CentoError } from '../client/error.js';

/** The command line of `build`, as far as it is understood here; the rest is the tool's to judge. */

export interface BuildArguments {
  inputs: string[];
  /** Options for the tool, as they were given. */
  toolOptions: string[];
  baseUrl?: string;
  cleanUrls: boolean;
  /** Most bytes to download, about. */
  budget?: number;
  /** "name:value": pages that say another value of that name are left out. */
  filters: string[];
  /** Warnings are failures. */
  strict: boolean;
  /** Builds again whenever a page changes. */
  watch: boolean;
  /** Puts what a page loads to have the elements beside the pack. */
  elements: boolean;
  isJson: boolean;
  /** The tool's option `--out`, which `documents` has too. */
  out?: string;
}

/** The tool's options without a value; every other one is followed by its value. */
const flags = new Set(['--json', '--help', '-h', '--version']);

const units: Record<string, number> = { '': 1, b: 1, kb: 1e3, mb: 1e6, kib: 1024, mib: 1024 ** 2 };

/** "2MB", "750 kB", "1.5MiB" or a number of bytes. */
export function parseBytes(text: string): number {
  const [, number = '', unit = ''] = /^([\d._]+)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  const factor = units[unit.toLowerCase()];
  const bytes = Math.round(Number(number.replaceAll('_', '')) * (factor ?? Number.NaN));
  if (Number.isSafeInteger(bytes) && bytes > 0 && number !== '') return bytes;
  throw new CentoError('InvalidArgumentError', `--budget takes bytes, such as 2MB, not "${text}".`);
}

export function parseBuildArguments(args: string[]): BuildArguments {
  const parsed: BuildArguments = {
    inputs: [],
    toolOptions: [],
    cleanUrls: false,
    filters: [],
    strict: false,
    watch: false,
    elements: false,
    isJson: false,
  };
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--') {
      parsed.inputs.push(...rest.splice(0));
    } else if (arg === '-' || !arg.startsWith('-')) {
      parsed.inputs.push(arg);
    } else if (arg === '--clean-urls') {
      parsed.cleanUrls = true;
    } else if (arg === '--strict') {
      parsed.strict = true;
    } else if (arg === '--watch') {
      parsed.watch = true;
    } else if (arg === '--elements') {
      parsed.elements = true;
    } else if (arg === '--json') {
      parsed.isJson = true;
    } else {
      const [name = arg, given] = splitAtEquals(arg);
      const value = given ?? (flags.has(name) ? undefined : rest.shift());
      if (name === '--base-url' && value !== undefined) parsed.baseUrl = value;
      else if (name === '--budget' && value !== undefined) parsed.budget = parseBytes(value);
      else if (name === '--filter' && value !== undefined) parsed.filters.push(value);
      else parsed.toolOptions.push(name, ...(value === undefined ? [] : [value]));
      if (name === '--out' && value !== undefined) parsed.out = value;
    }
  }
  return parsed;
}

function splitAtEquals(arg: string): [string, string?] {
  const at = arg.indexOf('=');
  return at === -1 ? [arg] : [arg.slice(0, at), arg.slice(at + 1)];
}
