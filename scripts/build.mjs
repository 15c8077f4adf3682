// Builds everything that a user of the checkout needs.
import { runSteps } from './lib/steps.mjs';

const results = await runSteps([
  { name: 'Set-up', script: 'setup', isNeeded: true },
  { name: 'Native engine and tool', script: 'build:native', isNeeded: true },
  { name: 'WebAssembly engine and tool', script: 'build:wasm', isNeeded: true },
  { name: 'Library and demo', script: 'build:web', isNeeded: true },
  { name: 'Default model', script: 'build:model', isNeeded: true },
]);
if (results.some((result) => !result.ok)) process.exitCode = 1;
