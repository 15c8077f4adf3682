#include "retrieval/place_scan.h"

#include <algorithm>

#include "retrieval/weights.h"
#include "text/unicode.h"

namespace cento {
namespace {

constexpr size_t kMaxTerms = 64;  // as many as PassageHit::terms has bits
constexpr uint32_t kPairDistance = 2;
// Pairs of so many sentences tell little and are many.
constexpr uint32_t kManyPairSentences = 300;
constexpr double kSentenceShare = 0.15;
constexpr double kPairShare = 0.4;
constexpr double kQueryPairShare = 0.2;  // whose words weigh less in all
constexpr uint32_t kBehindAll = ~uint32_t{0};

// How a term that stands `count` times saturates; `length` is in units of the average.
double saturation(double count, double length, double k1, double b) {
  return count * (k1 + 1) / (count + k1 * (1 - b + b * length));
}
double in_passage(double count, double length) { return saturation(count, length, 1.2, 0.75); }
double in_sentence(double count, double length) { return saturation(count, length, 0.4, 0.4); }
// What in_sentence stays below, for a count of one and for any; sums of it are rounded otherwise.
constexpr double kMostOnce = 1.13;
constexpr double kMost = 1.41;

// Whether it is a character of a script without spaces, which may be common and yet part of a word
// that is not.
bool is_character(const QuestionWord& word) {
  return char_at(word.text, 0).kind == CharClass::kIdeograph;
}

// Pairs of words at most two apart in so many words.
double pairs_of(double words) { return std::max(1.0, 2 * words - 3); }

// The first of `numbers` from `at` on that is `least` or more. Cost: logarithmic in how far it is.
// REQUIRES: there is one.
size_t gallop(const std::vector<uint32_t>& numbers, size_t at, uint32_t least) {
  size_t end = at;
  for (size_t stride = 1; end < numbers.size() && numbers[end] < least; stride *= 2) {
    at = end + 1;
    end += stride;
  }
  const uint32_t* first = numbers.data();
  return static_cast<size_t>(
      std::lower_bound(first + at, first + std::min(end, numbers.size()), least) - first);
}

}  // namespace

PlaceScan::PlaceScan(const WordIndex& words, const Question& question)
    : words_(&words),
      pair_share_(question.is_query ? kQueryPairShare : kPairShare),
      sentence_count_(std::max(words.sentence_count(), question.sentence_count)),
      average_sentence_(static_cast<double>(words.word_count()) /
                        std::max(1u, words.sentence_count())),
      average_passage_(static_cast<double>(words.word_count()) /
                       std::max(1u, words.passage_count())) {
  choose_terms(question);
}

void PlaceScan::choose_terms(const Question& question) {
  std::vector<uint32_t> numbers;  // of the question's words; kNoTerm where there is none
  for (const QuestionWord& word : question.words) {
    const auto at = std::find(term_ids_.begin(), term_ids_.end(), word.term);
    auto number = static_cast<uint32_t>(at - term_ids_.begin());
    if (at == term_ids_.end()) {
      const bool counts =
          word.term != kNoTerm && word.weight > 0 && words_->has_places(word.term) &&
          (question.is_query || is_character(word) || !words_->is_general(word.term)) &&
          terms_.size() < kMaxTerms;
      if (counts) {
        term_ids_.push_back(word.term);
        Term& term = terms_.emplace_back();
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
  if (found_pairs_ < pairs_.size()) {
    find_pair(pairs_[found_pairs_++]);
    return true;
  }
  return weigh_passages(places) == 0;
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
  size_t near = 0;
  for (size_t i = 0; i + 1 < rarer.size(); ++i) {
    const uint32_t word = rarer[i];
    near = gallop(other, near, word - std::min(word, kPairDistance));
    if (other[near] == kBehindAll) break;
    if (other[near] > word + kPairDistance) continue;
    sentence.seek(word);
    for (size_t at = near; other[at] <= word + kPairDistance; ++at) {
      if (other[at] < sentence.place() || other[at] >= sentence.next_place()) continue;
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

void PlaceScan::begin_passages() {
  for (const Term& term : terms_) {
    term_rests_.push_back({term.weight, term.places.data(), term.labelled.data()});
  }
  for (const Pair& pair : pairs_) {
    if (pair.weight > 0) pair_rests_.push_back({pair.weight, pair.places.data(), nullptr});
  }
}

uint32_t PlaceScan::weigh_passages(uint32_t places) {
  if (term_rests_.empty()) begin_passages();
  while (places > 0) {
    const uint32_t passage = next_passage();
    if (passage == words_->passage_count()) return places;
    places -= std::min(places, 1 + add_passage(passage));
    next_ = passage + 1;
  }
  return 0;
}

uint32_t PlaceScan::next_passage() {
  uint32_t word = kBehindAll;
  uint32_t passage = words_->passage_count();
  for (Rest& rest : term_rests_) {
    word = std::min(word, *rest.place);
    while (rest.label->end <= next_) ++rest.label;
    passage = std::min(passage, std::max(rest.label->begin, next_));
  }
  const std::vector<uint32_t>& begins = words_->passage_words();
  if (passage == next_ || word >= begins[passage]) return passage;
  // The passage in which the word is begins at or before it, and the next one behind it.
  return static_cast<uint32_t>(gallop(begins, next_ + 1, word + 1)) - 1;
}

uint32_t PlaceScan::add_passage(uint32_t passage) {
  const uint32_t begin = words_->passage_words()[passage];
  const uint32_t end = words_->passage_words()[passage + 1];
  const double length = (end - begin) / average_passage_;
  PassageHit hit{passage, 0, 0, 0};
  double best_words = 0;
  double best_pairs = 0;
  uint32_t places = 0;
  for (size_t t = 0; t < term_rests_.size(); ++t) {
    Rest& rest = term_rests_[t];
    uint32_t count = 0;
    for (; *rest.place < end; ++rest.place) ++count;
    if (count > 0) {
      hit.terms |= uint64_t{1} << t;
      best_words += rest.weight * (count == 1 ? kMostOnce : kMost);
      places += count;
    }
    while (rest.label->end <= passage) ++rest.label;
    if (rest.label->begin <= passage) ++count;  // the title and all headings count once
    if (count > 0) hit.words_score += rest.weight * in_passage(count, length);
  }
  for (Rest& rest : pair_rests_) {
    if (*rest.place >= end) continue;
    best_pairs += rest.weight * kMost;
    while (*rest.place < end) ++rest.place;
  }
  hit.most = hit.words_score + kSentenceShare * best_words + pair_share_ * best_pairs;
  passages_.push_back(hit);
  return places;
}

double PlaceScan::score(const PassageHit& hit) const {
  std::vector<SentenceHit> hits;
  if (hit.terms != 0) sentences(hit.passage, hits);
  double best_words = 0;
  double best_pairs = 0;
  for (const SentenceHit& sentence : hits) {
    best_words = std::max(best_words, sentence.score);
    best_pairs = std::max(best_pairs, sentence.pair_score);
  }
  return hit.words_score + (kSentenceShare * best_words + pair_share_ * best_pairs);
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
