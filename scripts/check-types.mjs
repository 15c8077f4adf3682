// tsc --strict over every TypeScript project of the checkout, without writing anything.
import { projectFiles } from './lib/files.mjs';
import { main, run, UserError } from './lib/run.mjs';

await main(async () => {
  const projects = projectFiles(/(?:^|\/)tsconfig\.json$/);
  if (projects.length === 0) throw new UserError('no tsconfig.json found');
  for (const project of projects) await run('tsc', ['--noEmit', '--strict', '-p', project]);
  const covered = new Set(projects.map((path) => path.replace(/[^/]*$/, '')));
  const isCovered = (path) => [...covered].some((folder) => path.startsWith(folder));
  const missed = projectFiles(/\.m?ts$/).filter((path) => !isCovered(path));
  if (missed.length > 0) throw new UserError(`in no TypeScript project: ${missed.join(', ')}`);
});
