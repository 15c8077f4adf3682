// Runs npm scripts one after the other: name, duration and test counts of each; of one that fails, the end
// of its output and the command that runs it alone. Whole outputs are kept in build/logs.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { countTests } from './count-tests.mjs';
import { buildDir, root } from './paths.mjs';

const tailLines = 80;

/** Runs `npm run script`; resolves to {ok, output}, with both output streams in the order of arrival. */
function runScript(script) {
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', script], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => chunks.push(Buffer.from(`${error.message}\n`)));
    child.on('close', (code) =>
      resolve({ ok: code === 0, output: Buffer.concat(chunks).toString() }),
    );
  });
}

function describe({ ok, seconds, counts }) {
  const tests = ['passed', 'failed', 'skipped'].filter((kind) => counts[kind] > 0);
  const list = tests.map((kind) => `${counts[kind]} ${kind}`).join(', ');
  return `${ok ? 'ok' : 'FAILED'}  ${seconds.toFixed(1)} s${list && `  (${list})`}`;
}

/** The end of an output, which is where tools say what went wrong. */
function tail(text) {
  const lines = text.trimEnd().split('\n');
  const cut = lines.length - tailLines;
  return cut > 0
    ? [`… ${cut} lines before these`, ...lines.slice(cut)].join('\n')
    : lines.join('\n');
}

async function runStep(step) {
  process.stdout.write(`${step.name.padEnd(44)} `);
  const start = performance.now();
  const { ok, output } = await runScript(step.script);
  const counts = countTests(output);
  const result = { ...step, ok, counts, seconds: (performance.now() - start) / 1000 };
  const logPath = `${buildDir}/logs/${step.script.replaceAll(':', '-')}.log`;
  mkdirSync(`${buildDir}/logs`, { recursive: true });
  writeFileSync(logPath, output);
  console.log(describe(result));
  if (!ok)
    console.log(`\n${tail(output)}\n\nAll of it: ${logPath}\nAlone: npm run ${step.script}\n`);
  return result;
}

/**
 * Runs steps {name, script, isNeeded?} in order. A failed step that later ones need ends the run; after
 * another one the rest still run, so that one run tells of every failure.
 */
export async function runSteps(steps) {
  const results = [];
  for (const step of steps) {
    const result = await runStep(step);
    results.push(result);
    if (!result.ok && step.isNeeded) break;
  }
  return results;
}
