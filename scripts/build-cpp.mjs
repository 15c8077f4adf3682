// Builds the C++ side in build/VARIANT. Usage: build-cpp.mjs native|sanitize|fuzz|wasm
import { build } from './lib/cpp.mjs';
import { main } from './lib/run.mjs';

await main(() => build(process.argv[2]));
