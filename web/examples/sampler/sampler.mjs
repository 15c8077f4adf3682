// Holds another generator to the documents: a sampler that knows nothing chooses among the tokens
// that `attestedMask` lets through, and what it says verifies.
// Usage: node sampler.mjs MANIFEST [START [SEED]], for example pack/manifest.json "The capital of"
import { Cento } from 'cento';

const [pack, start = '', seed = '1'] = process.argv.slice(2);

/** The stand-in for a language model: any choice will do. A real one would weigh `tokens`. */
let state = Number(seed) >>> 0 || 1;
function choose(tokens) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return tokens[Math.floor((state / 2 ** 32) * tokens.length)];
}

const cento = await Cento.create({ pack });
const tokens = [...(await cento.encode(start))];
let finished = tokens.length; // what has been said up to the last place where one may stop
while (tokens.length < 80) {
  const mask = await cento.attestedMask(tokens);
  if (mask.tokens[0] === 0) finished = tokens.length;
  const choices = mask.tokens.filter((token) => token !== 0);
  if (choices.length === 0) break;
  tokens.push(choose(choices));
}
const text = await cento.decode(tokens.slice(0, finished));
const { valid, windows, attestedWindows } = await cento.verify(text);
console.log(JSON.stringify({ text, valid, windows, attestedWindows }));
await cento.destroy();
