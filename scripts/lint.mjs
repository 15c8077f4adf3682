// Every check that needs no build of the library.

import { lintSteps } from './lib/lint-steps.mjs';
import { runSteps } from './lib/steps.mjs';

const results = await runSteps(lintSteps);
if (results.some((result) => !result.ok)) process.exitCode = 1;
