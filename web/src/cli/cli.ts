#!/usr/bin/env node
/**
 * The `cento` command of the npm package: the C++ tool, and in front of it the reading of HTML, Markdown
 * and plain text for `build`, and `serve`, to try a site.
 */
import { CentoError } from '../client/error.js';
import { build, documents } from './build.js';
import { serve } from './serve.js';
import { runTool } from './tool.js';

const readingHelp = `
With this command INPUT may also be a folder of .html, .md and .txt files, or one such file:
  --base-url URL              Where the site stands: put before the pages' relative URLs
  --clean-urls                URLs without "index.html" and ".html"
  --budget BYTES              Keeps the pages that add most for each byte, such as 2MB
  --filter NAME:VALUE         Leaves out pages that say another value of this name; may be repeated
  --elements                  Puts what a page loads beside the pack: elements.js and what it needs
  --watch                     Builds again whenever a page changes
  --strict                    Ends with 1 where there are warnings
'cento documents INPUT... --out FILE' writes what was read as JSON Lines.
'cento serve [FOLDER] [--port NUMBER]' serves a folder, to try a site on this machine.
`;

const ownCommands = `
Of this command alone:
  documents                   Write what build reads of pages as JSON Lines
  serve                       Serve a folder, to try a site on this machine
`;

const commands = new Map([
  ['build', build],
  ['documents', documents],
  ['serve', serve],
]);

async function run(args: string[]): Promise<number> {
  const [name = '', ...rest] = args;
  const wantsHelp = rest.some((arg) => arg === '--help' || arg === '-h');
  const command = commands.get(name);
  if (command === undefined) {
    const isOverview = ['--help', '-h'].includes(name);
    const exitCode = await runTool(args);
    if (isOverview) process.stdout.write(ownCommands);
    return exitCode;
  }
  if (!wantsHelp || name === 'serve') return command(rest);
  const exitCode = await runTool(['build', '--help']);
  process.stdout.write(readingHelp);
  return exitCode;
}

/** As the tool does: for people on standard error, with --json for programs on standard output too. */
function tell(error: CentoError, isJson: boolean): void {
  process.stderr.write(`cento: ${error.message}\n`);
  const { code, message } = error;
  if (isJson) process.stdout.write(`${JSON.stringify({ error: { code, message } })}\n`);
}

const args = process.argv.slice(2);
try {
  process.exitCode = await run(args);
} catch (error) {
  if (!(error instanceof CentoError)) throw error;
  tell(error, args.includes('--json'));
  process.exitCode = 1;
}
