// The training part of the Brown corpus as documents. build.mjs writes the held-out part and the words.
import { readCorpus, split, toDocuments } from './corpus.mjs';

export function documents() {
  return toDocuments(split(readCorpus()).train);
}
