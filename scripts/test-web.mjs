// Runs the TypeScript unit tests. (Node.js 20 takes no patterns, and its own search sees no TypeScript.)
import { projectFiles } from './lib/files.mjs';
import { main, run } from './lib/run.mjs';

const tests = projectFiles(/^web\/test\/.*\.test\.ts$/);
const args = ['--import', 'tsx', '--test', '--test-reporter=spec', ...tests];
await main(() => run(process.execPath, args));
