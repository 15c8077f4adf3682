/** The command line of `build`, as far as it is understood here; the rest is the tool's to judge. */

export interface BuildArguments {
  inputs: string[];
  /** Options for the tool, as they were given. */
  toolOptions: string[];
  baseUrl?: string;
  cleanUrls: boolean;
  /** The tool's option `--out`, which `documents` has too. */
  out?: string;
}

/** The tool's options without a value; every other one is followed by its value. */
const flags = new Set(['--json', '--help', '-h', '--version']);

export function parseBuildArguments(args: string[]): BuildArguments {
  const parsed: BuildArguments = { inputs: [], toolOptions: [], cleanUrls: false };
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--') {
      parsed.inputs.push(...rest.splice(0));
    } else if (arg === '-' || !arg.startsWith('-')) {
      parsed.inputs.push(arg);
    } else if (arg === '--clean-urls') {
      parsed.cleanUrls = true;
    } else {
      const [name = arg, given] = splitAtEquals(arg);
      const value = given ?? (flags.has(name) ? undefined : rest.shift());
      if (name === '--base-url' && value !== undefined) parsed.baseUrl = value;
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
