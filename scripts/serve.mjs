// Serves the built demo, library and packs. Usage: serve.mjs [--port N] [--isolated]
import { parseArgs } from 'node:util';
import { main } from './lib/run.mjs';
import { startServer } from './lib/server.mjs';

await main(async () => {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8080' },
      isolated: { type: 'boolean', default: false },
    },
  });
  const { address } = await startServer({ port: Number(values.port), isolated: values.isolated });
  console.log(`Cento's demo: ${address}`);
});
