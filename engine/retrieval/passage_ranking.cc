#include "retrieval/passage_ranking.h"

#include <algorithm>

#include "base/gallop.h"
#include "base/sort.h"
#include "retrieval/keep_best.h"
#include "retrieval/retriever.h"
#include "retrieval/weights.h"
#include "text/search_words.h"

namespace cento {
namespace {

constexpr double kSentenceShare = 0.15;
constexpr double kPairShare = 0.4;
constexpr double kQueryPairShare = 0.2;  // whose words weigh less in all

double in_passage(double count, double length) { return bm25(count, length, 1.2, 0.75); }
// What in_passage stays below, for a count of one and for any; sums of it are rounded otherwise.
constexpr double kMostOnce = 1.7;
constexpr double kMost = 2.21;

// Whether the words stand in `text` one after the other, whatever is between them.
bool has_phrase(std::string_view text, std::span<const QuestionWord> phrase) {
  std::vector<SearchWord> words;
  find_search_words(text, words);
  size_t matched = 0;
  for (size_t i = 0; i < words.size() && matched < phrase.size(); ++i) {
    for (matched = 0; matched < phrase.size() && i + matched < words.size(); ++matched) {
      const SearchWord& word = words[i + matched];
      const std::string folded = fold_word(text.substr(word.begin, word.end - word.begin));
      if (folded != phrase[matched].folded) break;
    }
  }
  return matched == phrase.size();
}

}  // namespace

PassageRanking::PassageRanking(const Retriever& retriever, const Question& question, uint32_t limit,
                               std::span<const PassageRange> within)
    : retriever_(&retriever),
      words_(&retriever.words()),
      question_(&question),
      scan_(retriever.words(), question),
      limit_(limit),
      within_(within.begin(), within.end()),
      pair_share_(question.is_query ? kQueryPairShare : kPairShare),
      average_passage_(static_cast<double>(words_->word_count()) /
                       std::max(1u, words_->passage_count())) {}

bool PassageRanking::step(uint32_t places) {
  if (scan_.step(places)) return true;
  if (!has_begun_) begin();
  while (places > 0) {
    const uint32_t passage = next_passage();
    if (passage == words_->passage_count()) {
      if (!question_->phrases.empty()) keep_those_with_phrases();
      return false;
    }
    while (range_ < within_.size() && within_[range_].end <= passage) ++range_;
    if (range_ == within_.size()) {
      next_ = words_->passage_count();
    } else if (within_[range_].begin > passage) {
      next_ = within_[range_].begin;
    } else {
      places -= std::min(places, 1 + look_at(passage));
      next_ = passage + 1;
    }
  }
  return true;
}

void PassageRanking::begin() {
  has_begun_ = true;
  for (const PlaceScan::Term& term : scan_.terms()) {
    const double most = term.weight * (kMost + kSentenceShare * PlaceScan::kMost);
    const uint32_t* places = term.places.data();
    terms_.push_back(
        {{most, places, places + term.places.size()}, term.weight, term.labelled.data()});
    for (const QuestionPhrase& phrase : question_->phrases) {
      for (uint32_t i = phrase.first; i < phrase.end; ++i) {
        if (question_->words[i].term == term.id) needed_ |= uint64_t{1} << (terms_.size() - 1);
      }
    }
  }
  for (const PlaceScan::Pair& pair : scan_.pairs()) {
    if (pair.weight <= 0) continue;
    const double most = pair_share_ * pair.weight * PlaceScan::kMost;
    const uint32_t* places = pair.places.data();
    pairs_.push_back(
        {{most, places, places + pair.places.size()}, &terms_[pair.first], &terms_[pair.second]});
  }
  if (limit_ == 0) next_ = words_->passage_count();
}

double PassageRanking::least() const {
  return question_->phrases.empty() && best_.size() == limit_ ? best_.back().score : -1;
}

void PassageRanking::choose_leading() {
  for (;;) {
    TermRest* next = nullptr;
    for (TermRest& term : terms_) {
      if (term.leads && (next == nullptr || term.most < next->most)) next = &term;
    }
    if (next == nullptr) return;
    next->leads = false;
    double most = left_out_ + next->most;
    for (const PairRest& pair : pairs_) {
      if (!pair.first->leads && !pair.second->leads) most += pair.most;
    }
    if (most > least()) {
      next->leads = true;
      return;
    }
    left_out_ += next->most;
  }
}

uint32_t PassageRanking::next_passage() {
  const std::vector<uint32_t>& begins = words_->passage_words();
  const uint32_t none = words_->passage_count();
  if (next_ >= none) return none;
  uint32_t word = PlaceScan::kBehindAll;
  uint32_t passage = none;
  for (TermRest& term : terms_) {
    if (!term.leads) continue;
    if (*term.place < begins[next_]) term.place = gallop(term.place, term.end, begins[next_]);
    word = std::min(word, *term.place);
    while (term.label->end <= next_) ++term.label;
    passage = std::min(passage, std::max(term.label->begin, next_));
  }
  if (passage == next_ || word >= begins[passage]) return passage;
  // The passage in which the word is begins at or before it, and the next one behind it.
  const uint32_t* first = begins.data();
  return static_cast<uint32_t>(gallop(first + next_ + 1, first + begins.size(), word + 1) - first) -
         1;
}

uint32_t PassageRanking::look_at(uint32_t passage) {
  const uint32_t begin = words_->passage_words()[passage];
  const uint32_t end = words_->passage_words()[passage + 1];
  uint32_t places = 0;
  uint64_t there = 0;       // terms that stand in its text
  double of_words = 0;      // that the terms can give it at most, as far as they were counted
  double of_sentences = 0;  // and its best sentence, and pairs
  static_assert(sizeof(there) * 8 >= PlaceScan::kMaxTerms);
  const auto count = [&](size_t t) {
    TermRest& term = terms_[t];
    uint32_t found = 0;
    if (*term.place < begin) term.place = gallop(term.place, term.end, begin);
    for (; *term.place < end; ++term.place) ++found;
    if (found > 0) {
      there |= uint64_t{1} << t;
      const double in_sentence = found == 1 ? PlaceScan::kMostOnce : PlaceScan::kMost;
      of_sentences += term.weight * kSentenceShare * in_sentence;
      places += found;
    }
    while (term.label->end <= passage) ++term.label;
    if (term.label->begin <= passage) ++found;  // the title and all headings count once
    term.count = found;
    if (found > 0) of_words += term.weight * (found == 1 ? kMostOnce : kMost);
  };
  const double least = this->least();
  for (PairRest& pair : pairs_) {
    if (*pair.place < begin) pair.place = gallop(pair.place, pair.end, begin);
    if (*pair.place < end) of_sentences += pair.most;
  }
  for (const bool leads : {true, false}) {
    for (size_t t = 0; t < terms_.size(); ++t) {
      if (terms_[t].leads == leads) count(t);
    }
    if (of_words + of_sentences + (leads ? left_out_ : 0) <= least) return places;
  }
  if ((there & needed_) != needed_) return places;
  const double length = (end - begin) / average_passage_;
  double score = 0;
  for (const TermRest& term : terms_) {
    if (term.count > 0) score += term.weight * in_passage(term.count, length);
  }
  if (score + of_sentences <= least) return places;
  if (there != 0) score += sentence_share(passage);
  keep({passage, score});
  return places;
}

double PassageRanking::sentence_share(uint32_t passage) const {
  std::vector<SentenceHit> hits;
  scan_.sentences(passage, hits);
  double best_words = 0;
  double best_pairs = 0;
  for (const SentenceHit& sentence : hits) {
    best_words = std::max(best_words, sentence.score);
    best_pairs = std::max(best_pairs, sentence.pair_score);
  }
  return kSentenceShare * best_words + pair_share_ * best_pairs;
}

void PassageRanking::keep(RankedPassage next) {
  if (!question_->phrases.empty()) {
    best_.push_back(next);
    return;
  }
  keep_best(next, limit_, best_);
  if (best_.size() == limit_) choose_leading();
}

// ---- Phrases

bool PassageRanking::has_phrases(uint32_t passage) const {
  const std::string text = retriever_->corpus().text(retriever_->passage_tokens(passage));
  return std::all_of(
      question_->phrases.begin(), question_->phrases.end(), [&](const QuestionPhrase& phrase) {
        return has_phrase(
            text, std::span(question_->words).subspan(phrase.first, phrase.end - phrase.first));
      });
}

void PassageRanking::keep_those_with_phrases() {
  stable_sort(std::span(best_),
              [](const RankedPassage& a, const RankedPassage& b) { return a.score > b.score; });
  size_t kept = 0;
  for (size_t i = 0; i < best_.size() && kept < limit_; ++i) {
    if (has_phrases(best_[i].passage)) best_[kept++] = best_[i];
  }
  best_.resize(kept);
}

}  // namespace cento
