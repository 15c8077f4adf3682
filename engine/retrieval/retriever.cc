#include "retrieval/retriever.h"

#include <algorithm>

#include "base/sort.h"
#include "retrieval/keep_best.h"
#include "text/word_lists.h"

namespace cento {
namespace {

constexpr double kPairShare = 0.4;

}  // namespace

std::vector<RankedPassage> Retriever::passages(const Question& question, uint32_t limit,
                                               std::span<const PassageRange> within) const {
  PassageRanking ranking(*this, question, limit, within);
  ranking.finish();
  return ranking.best();
}

std::vector<RankedSentence> Retriever::sentences(const Question& question, const PlaceScan& scan,
                                                 std::span<const RankedPassage> passages,
                                                 uint32_t limit) const {
  const double whole = question.weight_sum > 0 ? question.weight_sum : 1;
  std::vector<RankedPassage> ordered(passages.begin(), passages.end());
  stable_sort(std::span(ordered),
              [](const RankedPassage& a, const RankedPassage& b) { return a.passage < b.passage; });
  std::vector<RankedSentence> best;
  std::vector<SentenceHit> hits;
  for (const RankedPassage& passage : ordered) {
    hits.clear();
    scan.sentences(passage.passage, hits);
    auto hit = hits.begin();
    const uint32_t end = words().first_sentence(passage.passage + 1);
    for (uint32_t s = words().first_sentence(passage.passage); s < end; ++s) {
      double score = passage.score;
      if (hit != hits.end() && hit->sentence == s) {
        score += hit->score + kPairShare * hit->pair_score;
        ++hit;
      }
      keep_best(RankedSentence{s, passage.passage, score / whole}, limit, best);
    }
  }
  return best;
}

TokenRange Retriever::sentence_tokens(uint32_t sentence) const {
  return corpus_->sentence_at(corpus_->expression().sentence_starts.select1(sentence));
}

TokenRange Retriever::passage_tokens(uint32_t passage) const {
  const uint32_t first = words().first_sentence(passage);
  const uint32_t last = words().first_sentence(passage + 1) - 1;
  return {sentence_tokens(first).begin, sentence_tokens(last).end};
}

PassageRange Retriever::passages_of(DocId document) const {
  const TokenRange tokens = corpus_->document_tokens(document);
  const SparseBitVector& starts = corpus_->expression().sentence_starts;
  const uint32_t first = starts.rank1(tokens.begin);
  const uint32_t end = starts.rank1(tokens.end);
  if (first == end) return {};
  return {words().passage_of_sentence(first), words().passage_of_sentence(end - 1) + 1};
}

std::vector<DocId> Retriever::documents_labelled(const Question& question, size_t begin,
                                                 size_t end) const {
  std::vector<PassageRange> rarest = {{0, words().passage_count()}};
  bool is_first = true;
  for (const QuestionWord& word : question.words) {
    if (word.from_session || word.begin < begin || word.end > end) continue;
    if (is_function_word(word.folded)) continue;
    std::vector<PassageRange> labelled;
    if (word.term != kNoTerm) words().labelled(word.term, labelled);
    if (is_first || labelled.size() < rarest.size()) rarest.swap(labelled);
    is_first = false;
  }
  std::vector<DocId> documents;
  uint32_t next = 0;  // first passage behind the last document
  for (const PassageRange& range : rarest) {
    for (uint32_t passage = std::max(range.begin, next); passage < range.end; passage = next) {
      documents.push_back(document_of(passage));
      // Goes on in a damaged index, too.
      next = std::max(passage + 1, passages_of(documents.back()).end);
    }
  }
  return documents;
}

DocId Retriever::document_of(uint32_t passage) const {
  const uint32_t sentence = words().first_sentence(passage);
  return corpus_->document_at(corpus_->expression().sentence_starts.select1(sentence));
}

}  // namespace cento
