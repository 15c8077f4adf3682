// Serves the built demo, library and packs. Usage: serve.mjs [--port N] [--isolated]
import { parseArgs } from 'node:util';
import { main, UserError } from './lib/run.mjs';
import { startServer } from './lib/server.mjs';

await main(async () => {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8080' },
      isolated: { type: 'boolean', default: false },
    },
  });
  const options = { port: Number(values.port), isolated: values.isolated };
  const { address } = await startServer(options).catch((error) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new UserError(`Port ${values.port} is in use; another one: --port N`);
  });
  console.log(`Cento's demo: ${address}`);
});
