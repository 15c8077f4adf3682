#include "build/span_counter.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "build/answer_text.h"
#include "retrieval/answer_span.h"

namespace cento {
namespace {

constexpr uint32_t kPassages = 8;
constexpr uint32_t kSentences = 12;

std::string sentence_text(const Retriever& retriever, uint32_t sentence) {
  return retriever.corpus().text(retriever.sentence_tokens(sentence));
}

SpanCounts count(const Retriever& retriever, std::span<const AnsweredQuestion> questions) {
  WordSortCounter sorts;
  for (DocId d = 0; d < retriever.corpus().documents().size(); ++d) {
    sorts.add_document(retriever.corpus().text(retriever.corpus().document_tokens(d)));
  }
  for (const AnsweredQuestion& question : questions) {
    sorts.add_question(question.asked->question, sentence_text(retriever, question.sentence),
                       question.asked->answers);
  }
  SpanCounts counts(sorts.sorts());
  for (const AnsweredQuestion& answered : questions) {
    const Question question = retriever.read(answered.asked->question);
    const SpanQuestion asked = read_span_question(question, counts.words());
    const std::string text = sentence_text(retriever, answered.sentence);
    const auto words = read_span_words(retriever, text, asked, counts.words());
    counts.add(asked, SpanSentence(text, words, asked), answered.answers);
  }
  return counts;
}

// Answers questions and keeps how well that went in `counts`.
void try_out(const Retriever& retriever, const SpanTables& tables,
             std::span<const AnsweredQuestion> questions, SpanCounts& counts) {
  for (const AnsweredQuestion& answered : questions) {
    const Question question = retriever.read(answered.asked->question);
    PassageRanking ranking(retriever, question, kPassages);
    ranking.finish();
    const std::vector<RankedPassage>& passages = ranking.best();
    const auto sentences = retriever.sentences(question, ranking.scan(), passages, kSentences);
    if (sentences.empty()) continue;
    counts.add_sentence_trial(
        sentence_evidence(retriever, question, passages, sentences),
        contains_answer(normalize_answer(sentence_text(retriever, sentences[0].sentence)),
                        answered.answers));
    for (const AnswerSpan& span : find_answer_spans(retriever, question, sentences, tables, 1)) {
      const std::string text =
          sentence_text(retriever, span.sentence).substr(span.begin, span.end - span.begin);
      counts.add_span_trial(span.evidence, answer_f1(normalize_answer(text), answered.answers));
    }
  }
}

}  // namespace

SpanCounts count_spans(const Retriever& retriever, const WordTransfer& transfer,
                       std::span<const AnsweredQuestion> questions) {
  const Corpus& corpus = retriever.corpus();
  std::array<std::vector<AnsweredQuestion>, 2> halves;
  std::map<std::string_view, size_t> half_of;  // by title
  for (const AnsweredQuestion& question : questions) {
    const auto& tokens = retriever.sentence_tokens(question.sentence);
    const std::string_view title = corpus.documents()[corpus.document_at(tokens.begin)].title;
    const size_t half = half_of.try_emplace(title, half_of.size() % 2).first->second;
    halves[half].push_back(question);
  }
  const Retriever final_retriever(corpus, retriever.stemmer(), transfer);
  SpanCounts counts = count(final_retriever, questions);
  for (size_t half = 0; half < 2; ++half) {
    const auto& others = halves[1 - half];
    const WordTransfer words = count_word_transfer(retriever, others);
    const Retriever half_retriever(corpus, retriever.stemmer(), words);
    try_out(half_retriever, count(half_retriever, others).tables(), halves[half], counts);
  }
  return counts;
}

}  // namespace cento
