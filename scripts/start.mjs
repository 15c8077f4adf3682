// Builds everything and serves the demo. Options after `npm start --` go to serve.mjs.
import { main, run } from './lib/run.mjs';

await main(async () => {
  await run(process.execPath, ['scripts/build.mjs']);
  await run(process.execPath, ['scripts/serve.mjs', ...process.argv.slice(2)]);
});
