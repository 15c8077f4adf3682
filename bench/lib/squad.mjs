// The SQuAD paragraphs and questions, with nothing counted on what is asked: the tables for questions that come with
// the tool were counted on these same questions, so that packs get others, counted on other articles.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileOf, readLines, textOf } from './corpora.mjs';
import { cento } from './tool.mjs';

/** About every second article, by its name. */
const isAsked = ({ documentId }) =>
  createHash('sha256').update(documentId.split('#')[0]).digest()[0] % 2 === 0;

/**
 * {documents: [{id, title, text}], asked: questions about one half of the articles, packOptions: for packOf, tables counted
 * on the questions about the other half}; undefined where the collection is not there.
 */
export function openSquad(corpora) {
  const corpus = corpora.open('squad');
  if (!corpus) return undefined;
  const questions = readLines(`${corpora.data}/squad/questions.jsonl`);
  const input = fileOf('squad', corpus.documents);
  const counted = fileOf(
    'squad-counted',
    questions.filter((question) => !isAsked(question)),
  );
  const tables = counted.replace(/\.jsonl$/, '');
  if (!existsSync(tables))
    cento(['count', 'questions', '--documents', input, '--questions', counted, '--out', tables]);
  return {
    documents: corpus.documents.map((one) => ({ id: one.id, title: one.title, text: textOf(one) })),
    asked: questions.filter(isAsked),
    packOptions: ['--questions', tables],
  };
}
