#include "retrieval/place_scan.h"

#include <algorithm>

#include "base/gallop.h"
#include "retrieval/weights.h"
#include "text/unicode.h"

namespace cento {
namespace {

constexpr uint32_t kPairDistance = 2;
// Pairs of so many sentences tell little and are many.
constexpr uint32_t kManyPairSentences = 300;

double in_sentence(double count, double length) { return bm25(count, length, 0.4, 0.4); }

// Whether it is a character of a script without spaces, which may be common and yet part of a word
// that is not.
bool is_character(const QuestionWord& word) {
  return char_at(word.text, 0).kind == CharClass::kIdeograph;
}

// Pairs of words at most two apart in so many words.
double pairs_of(double words) { return std::max(1.0, 2 * words - 3); }

}  // namespace

PlaceScan::PlaceScan(const WordIndex& words, const Question& question)
    : words_(&words),
      sentence_count_(std::max(words.sentence_count(), question.sentence_count)),
      average_sentence_(static_cast<double>(words.word_count()) /
                        std::max(1u, words.sentence_count())) {
  choose_terms(question);
}

void PlaceScan::choose_terms(const Question& question) {
  std::vector<uint32_t> numbers;  // of the question's words; kNoTerm where there is none
  for (const QuestionWord& word : question.words) {
    const auto is_same = [&](const Term& term) { return term.id == word.term; };
    const auto at = std::find_if(terms_.begin(), terms_.end(), is_same);
    auto number = static_cast<uint32_t>(at - terms_.begin());
    if (at == terms_.end()) {
      const bool counts =
          word.term != kNoTerm && word.weight > 0 && words_->has_places(word.term) &&
          (question.is_query || is_character(word) || !words_->is_general(word.term)) &&
          terms_.size() < kMaxTerms;
      if (counts) {
        Term& term = terms_.emplace_back();
        term.id = word.term;
        term.weight = word.weight;
        term.transfer = word.transfer;
        term.unread = words_->places(word.term);
        term.places.reserve(size_t{term.unread.size()} + 1);
        words_->labelled(word.term, term.labelled);
        term.labelled.push_back({kBehindAll, kBehindAll});
      } else {
        number = kNoTerm;
      }
    }
    for (size_t back = 1; back <= std::min<size_t>(kPairDistance, numbers.size()); ++back) {
      const uint32_t other = numbers[numbers.size() - back];
      if (number == kNoTerm || other == kNoTerm || number == other || word.from_session) continue;
      const auto same = [&](const Pair& pair) {
        return (pair.first == other && pair.second == number) ||
               (pair.first == number && pair.second == other);
      };
      if (std::none_of(pairs_.begin(), pairs_.end(), same)) {
        Pair& pair = pairs_.emplace_back();
        pair.first = other;
        pair.second = number;
      }
    }
    numbers.push_back(number);
  }
}

bool PlaceScan::step(uint32_t places) {
  places = read_places(places);
  if (places == 0) return true;
  if (found_pairs_ == pairs_.size()) return false;
  find_pair(pairs_[found_pairs_++]);
  return true;
}

uint32_t PlaceScan::read_places(uint32_t places) {
  for (; read_terms_ < terms_.size(); ++read_terms_) {
    Term& term = terms_[read_terms_];
    for (; !term.unread.at_end(); term.unread.next()) {
      if (places == 0) return 0;
      --places;
      term.places.push_back(term.unread.word());
    }
    term.places.push_back(kBehindAll);
  }
  return places;
}

// Goes over the places of the rarer term.
void PlaceScan::find_pair(Pair& pair) const {
  const bool is_first_rarer = terms_[pair.first].places.size() < terms_[pair.second].places.size();
  const Numbers& rarer = terms_[is_first_rarer ? pair.first : pair.second].places;
  const Numbers& other = terms_[is_first_rarer ? pair.second : pair.first].places;
  SparseBitVector::Walk sentence = words_->walk_sentences();
  uint32_t sentences = 0;
  uint32_t last = kBehindAll;  // sentence with the pair
  const uint32_t* near = other.data();
  for (size_t i = 0; i + 1 < rarer.size(); ++i) {
    const uint32_t word = rarer[i];
    near = gallop(near, other.data() + other.size(), word - std::min(word, kPairDistance));
    if (*near == kBehindAll) break;
    if (*near > word + kPairDistance) continue;
    sentence.seek(word);
    for (const uint32_t* at = near; *at <= word + kPairDistance; ++at) {
      if (*at < sentence.place() || *at >= sentence.next_place()) continue;
      pair.places.push_back(word);
      sentences += sentence.number() != last;
      last = sentence.number();
    }
    if (sentences < kManyPairSentences) continue;
    pair.places = {kBehindAll};
    return;
  }
  pair.places.push_back(kBehindAll);
  const double transfer = std::sqrt(terms_[pair.first].transfer * terms_[pair.second].transfer);
  pair.weight = power_1_5(rarity_of(sentences, sentence_count_)) * transfer;
}

void PlaceScan::sentences(uint32_t passage, std::vector<SentenceHit>& out) const {
  const uint32_t begin = words_->passage_words()[passage];
  const uint32_t end = words_->passage_words()[passage + 1];
  using Next = const uint32_t*;  // of places
  const auto first_of = [begin](const Numbers& places) {
    return &*std::lower_bound(places.begin(), places.end(), begin);
  };
  std::vector<Next> terms;
  std::vector<Next> pairs;
  for (const Term& term : terms_) terms.push_back(first_of(term.places));
  for (const Pair& pair : pairs_) pairs.push_back(first_of(pair.places));
  const auto count_below = [](Next& next, uint32_t word) {
    uint32_t count = 0;
    for (; *next < word; ++next) ++count;
    return count;
  };

  SparseBitVector::Walk sentence = words_->walk_sentences();
  for (;;) {
    uint32_t word = kBehindAll;
    for (const Next next : terms) word = std::min(word, *next);
    if (word >= end) return;
    sentence.seek(word);
    const uint32_t behind = sentence.next_place();
    const double words = behind - sentence.place();
    SentenceHit hit{sentence.number(), 0, 0};
    for (size_t t = 0; t < terms.size(); ++t) {
      const uint32_t count = count_below(terms[t], behind);
      if (count > 0) hit.score += terms_[t].weight * in_sentence(count, words / average_sentence_);
    }
    const double length = pairs_of(words) / pairs_of(average_sentence_);
    for (size_t p = 0; p < pairs.size(); ++p) {
      const uint32_t count = count_below(pairs[p], behind);
      if (count > 0) hit.pair_score += pairs_[p].weight * in_sentence(count, length);
    }
    out.push_back(hit);
  }
}

}  // namespace cento
