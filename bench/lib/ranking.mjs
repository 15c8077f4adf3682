// How good a ranking is, and test collections in the layout of BEIR: corpus.jsonl {_id, title, text},
// queries.jsonl {_id, text} and qrels/*.tsv (query-id, corpus-id, score).
import { readFileSync } from 'node:fs';

/**
 * Normalised discounted cumulative gain of the first `depth` ids of `ranking`: the sum of
 * gain/log2(rank + 1), divided by that of the best ranking of all judged documents. `judged` maps ids to
 * gains; what is not in it, or below zero, gains nothing (as in trec_eval and so in BEIR). An id that
 * comes twice gains once. Without any document of gain it is 0. (Järvelin & Kekäläinen 2002.)
 */
export function ndcg(ranking, judged, depth = 10) {
  const sum = (gains) =>
    gains.slice(0, depth).reduce((total, gain, i) => total + gain / Math.log2(i + 2), 0);
  const gainOf = (id) => Math.max(0, judged.get(id) ?? 0);
  const seen = new Set();
  const gains = ranking.map((id) => {
    const gain = seen.has(id) ? 0 : gainOf(id);
    seen.add(id);
    return gain;
  });
  const ideal = sum([...judged.keys()].map(gainOf).sort((a, b) => b - a));
  return ideal === 0 ? 0 : sum(gains) / ideal;
}

/** The value that `share` of the values do not exceed (nearest rank); `values` is not empty. */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

const readLines = (path) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');

/**
 * {documents: [{id, title, text}], queries: [{id, text, judged: Map of id to gain}]}, only the queries that
 * are judged in qrels/`split`.tsv.
 */
export function readCollection(folder, split = 'test') {
  const documents = readLines(`${folder}/corpus.jsonl`).map((line) => {
    const { _id, title = '', text } = JSON.parse(line);
    return { id: String(_id), title, text };
  });
  const judgements = new Map();
  for (const line of readLines(`${folder}/qrels/${split}.tsv`).slice(1)) {
    const [query, document, score] = line.split('\t');
    if (!judgements.has(query)) judgements.set(query, new Map());
    judgements.get(query).set(document, Number(score));
  }
  const queries = readLines(`${folder}/queries.jsonl`)
    .map((line) => JSON.parse(line))
    .map(({ _id, text }) => ({ id: String(_id), text, judged: judgements.get(String(_id)) }))
    .filter(({ judged }) => judged !== undefined);
  return { documents, queries };
}
