#include "retrieval/retriever.h"

#include <algorithm>

#include "base/sort.h"
#include "retrieval/weights.h"
#include "text/search_words.h"

namespace cento {
namespace {

constexpr double kPairShare = 0.4;

// Keeps the best `limit` of what comes, best first, earlier ones on ties.
template <typename Ranked>
void keep_best(const Ranked& next, uint32_t limit, std::vector<Ranked>& best) {
  if (best.size() == limit) {
    if (limit == 0 || next.score <= best.back().score) return;
    best.pop_back();
  }
  auto at = best.end();
  while (at != best.begin() && (at - 1)->score < next.score) --at;
  best.insert(at, next);
}

// Whether a passage is in one of the ranges; both ascend, and ranges before it are dropped.
bool is_next_within(uint32_t passage, std::span<const PassageRange>& ranges) {
  while (!ranges.empty() && ranges.front().end <= passage) ranges = ranges.subspan(1);
  return !ranges.empty() && ranges.front().begin <= passage;
}

// Whether the words stand in `text` one after the other, whatever is between them.
bool has_phrase(std::string_view text, const std::vector<std::string>& phrase) {
  std::vector<SearchWord> words;
  find_search_words(text, words);
  size_t matched = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    const auto folded = [&](size_t w) {
      return fold_word(text.substr(words[w].begin, words[w].end - words[w].begin));
    };
    matched = 0;
    while (matched < phrase.size() && i + matched < words.size() &&
           folded(i + matched) == phrase[matched]) {
      ++matched;
    }
    if (matched == phrase.size()) return true;
  }
  return phrase.empty();
}

// A phrase of the question as has_phrase and PassageHit::terms know it.
struct Phrase {
  std::vector<std::string> folded;
  uint64_t terms = 0;  // those that were walked
};

Phrase read_phrase(std::string_view text, const Retriever& retriever, const PlaceScan& scan) {
  Phrase phrase;
  std::vector<SearchWord> words;
  find_search_words(text, words);
  for (const SearchWord& word : words) {
    phrase.folded.push_back(fold_word(text.substr(word.begin, word.end - word.begin)));
    const TermId term = retriever.words().find(retriever.stemmer().stem(phrase.folded.back()));
    const auto at = std::find(scan.terms().begin(), scan.terms().end(), term);
    if (at != scan.terms().end()) phrase.terms |= uint64_t{1} << (at - scan.terms().begin());
  }
  return phrase;
}

}  // namespace

std::vector<RankedPassage> Retriever::passages(const Question& question, const PlaceScan& scan,
                                               uint32_t limit,
                                               std::span<const PassageRange> within) const {
  if (!question.phrases.empty()) return passages_with_phrases(question, scan, limit, within);
  std::vector<RankedPassage> best;
  for (const PassageHit& hit : scan.passages()) {
    if (best.size() == limit && (limit == 0 || hit.most <= best.back().score)) continue;
    if (!is_next_within(hit.passage, within)) continue;
    keep_best(RankedPassage{hit.passage, scan.score(hit)}, limit, best);
  }
  return best;
}

// Texts are read from the best passage on, until there are enough that have the phrases.
std::vector<RankedPassage> Retriever::passages_with_phrases(
    const Question& question, const PlaceScan& scan, uint32_t limit,
    std::span<const PassageRange> within) const {
  std::vector<Phrase> phrases;
  uint64_t needed = 0;
  for (const std::string& text : question.phrases) {
    phrases.push_back(read_phrase(text, *this, scan));
    needed |= phrases.back().terms;
  }
  std::vector<RankedPassage> candidates;
  for (const PassageHit& hit : scan.passages()) {
    if ((hit.terms & needed) != needed || !is_next_within(hit.passage, within)) continue;
    candidates.push_back({hit.passage, scan.score(hit)});
  }
  stable_sort(std::span(candidates),
              [](const RankedPassage& a, const RankedPassage& b) { return a.score > b.score; });
  std::vector<RankedPassage> best;
  for (const RankedPassage& candidate : candidates) {
    if (best.size() == limit) break;
    const std::string text = corpus_->text(passage_tokens(candidate.passage));
    const bool has_all = std::all_of(phrases.begin(), phrases.end(), [&](const Phrase& phrase) {
      return has_phrase(text, phrase.folded);
    });
    if (has_all) best.push_back(candidate);
  }
  return best;
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

DocId Retriever::document_of(uint32_t passage) const {
  const uint32_t sentence = words().first_sentence(passage);
  return corpus_->document_at(corpus_->expression().sentence_starts.select1(sentence));
}

}  // namespace cento
