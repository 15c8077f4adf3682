#include "retrieval/place_scan.h"

#include <algorithm>

#include "retrieval/weights.h"
#include "text/unicode.h"

namespace cento {
namespace {

constexpr size_t kMaxTerms = 64;  // as many as PassageHit::terms has bits
constexpr uint32_t kPairDistance = 2;
// Pairs of more sentences than this tell little and are many.
constexpr uint32_t kMaxPairSentences = 300;
constexpr double kSentenceShare = 0.15;
constexpr double kPairShare = 0.4;
constexpr double kQueryPairShare = 0.2;  // whose words weigh less in all

// How a term that stands `count` times saturates; `length` is in units of the average.
double saturation(double count, double length, double k1, double b) {
  return count * (k1 + 1) / (count + k1 * (1 - b + b * length));
}
double in_passage(double count, double length) { return saturation(count, length, 1.2, 0.75); }
double in_sentence(double count, double length) { return saturation(count, length, 0.4, 0.4); }

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
      pair_share_(question.is_query ? kQueryPairShare : kPairShare),
      sentence_count_(std::max(words.sentence_count(), question.sentence_count)),
      average_sentence_(static_cast<double>(words.word_count()) /
                        std::max(1u, words.sentence_count())),
      average_passage_(static_cast<double>(words.word_count()) /
                       std::max(1u, words.passage_count())),
      sentence_(words.walk_sentences()),
      passage_(words.walk_passages()),
      scored_passage_(passage_),
      scored_words_(sentence_) {
  choose_terms(question);
}

uint32_t PlaceScan::hits_end(size_t i) const {
  return i + 1 < passages_.size() ? passages_[i + 1].first_hit
                                  : static_cast<uint32_t>(sentences_.size());
}

void PlaceScan::choose_terms(const Question& question) {
  std::vector<uint32_t> numbers;  // of the question's words; terms_.size() where there is none
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
        term.places = words_->places(word.term);
        words_->labelled(word.term, term.labelled);
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
      if (std::none_of(pairs_.begin(), pairs_.end(), same)) pairs_.push_back({other, number});
    }
    numbers.push_back(number);
  }
}

bool PlaceScan::step(uint32_t places) {
  for (; places > 0; --places) {
    if (take_place()) continue;
    if (is_open_) close_passage();
    is_open_ = false;
    add_labelled(words_->passage_count());
    score_pairs();
    return false;
  }
  return true;
}

// False when there is none.
bool PlaceScan::take_place() {
  uint32_t next = kNoTerm;
  uint32_t word = ~uint32_t{0};
  for (uint32_t t = 0; t < terms_.size(); ++t) {
    const WordIndex::Places& places = terms_[t].places;
    if (!places.at_end() && places.word() < word) {
      word = places.word();
      next = t;
    }
  }
  if (next == kNoTerm) return false;
  terms_[next].places.next();
  if (!is_open_ || word >= sentence_.next_place()) {
    open(word);
    last_.term = earlier_.term = kNoTerm;
  }
  ++terms_[next].in_sentence;
  for (const auto& before : {last_, earlier_}) {
    if (before.term != kNoTerm && word - before.word <= kPairDistance) note_pair(before.term, next);
  }
  earlier_ = last_;
  last_ = {word, next};
  return true;
}

// Goes on to the sentence of a word.
void PlaceScan::open(uint32_t word) {
  SparseBitVector::Walk sentence = sentence_;
  sentence.seek(word);
  if (is_open_ && sentence.number() < passage_.next_place()) {
    close_sentence();
  } else {
    if (is_open_) close_passage();
    passage_.seek(sentence.number());
    add_labelled(passage_.number());
  }
  sentence_ = sentence;
  is_open_ = true;
}

void PlaceScan::close_sentence() {
  const uint32_t length = sentence_.next_place() - sentence_.place();
  const auto hit = static_cast<uint32_t>(sentences_.size());
  double score = 0;
  for (Term& term : terms_) {
    if (term.in_sentence == 0) continue;
    score += term.weight * in_sentence(term.in_sentence, length / average_sentence_);
    term.in_passage += term.in_sentence;
    term.in_sentence = 0;
  }
  for (uint32_t p = 0; p < pairs_.size(); ++p) {
    Pair& pair = pairs_[p];
    if (pair.in_sentence == 0) continue;
    ++pair.sentences;
    pair_hits_.push_back({hit, p, pair.in_sentence});
    pair.in_sentence = 0;
  }
  sentences_.push_back({sentence_.number(), length, score, 0});
}

void PlaceScan::close_passage() {
  close_sentence();
  add_passage(passage_.number());
}

void PlaceScan::add_labelled(uint32_t end) {
  for (;;) {
    uint32_t next = end;
    for (Term& term : terms_) {
      while (term.next_label < term.labelled.size() &&
             term.labelled[term.next_label].end <= passage_end_) {
        ++term.next_label;
      }
      if (term.next_label == term.labelled.size()) continue;
      next = std::min(next, std::max(term.labelled[term.next_label].begin, passage_end_));
    }
    if (next == end) return;
    add_passage(next);
  }
}

void PlaceScan::add_passage(uint32_t passage) {
  scored_passage_.seek_number(passage);
  scored_words_.seek_number(scored_passage_.place());
  const uint32_t begin = scored_words_.place();
  scored_words_.seek_number(scored_passage_.next_place() - 1);
  const double length = (scored_words_.next_place() - begin) / average_passage_;
  PassageHit hit{passage, next_hit_, 0, 0};
  for (size_t t = 0; t < terms_.size(); ++t) {
    Term& term = terms_[t];
    uint32_t count = term.in_passage;
    if (count > 0) hit.terms |= uint64_t{1} << t;
    term.in_passage = 0;
    while (term.next_label < term.labelled.size() &&
           term.labelled[term.next_label].end <= passage) {
      ++term.next_label;
    }
    if (term.next_label < term.labelled.size() && term.labelled[term.next_label].begin <= passage) {
      ++count;  // the title and all headings count once
    }
    if (count > 0) hit.score += term.weight * in_passage(count, length);
  }
  passages_.push_back(hit);
  next_hit_ = static_cast<uint32_t>(sentences_.size());
  passage_end_ = passage + 1;
}

void PlaceScan::note_pair(uint32_t first, uint32_t second) {
  for (Pair& pair : pairs_) {
    if ((pair.first == first && pair.second == second) ||
        (pair.first == second && pair.second == first)) {
      ++pair.in_sentence;
      return;
    }
  }
}

// The pairs' weights need how many sentences have them, which is known only now.
void PlaceScan::score_pairs() {
  std::vector<double> weights;
  for (const Pair& pair : pairs_) {
    const double rarity = power_1_5(rarity_of(pair.sentences, sentence_count_));
    const double transfer = std::sqrt(terms_[pair.first].transfer * terms_[pair.second].transfer);
    weights.push_back(pair.sentences < kMaxPairSentences ? rarity * transfer : 0);
  }
  for (const PairHit& pair : pair_hits_) {
    SentenceHit& hit = sentences_[pair.hit];
    const double length = pairs_of(hit.words) / pairs_of(average_sentence_);
    hit.pair_score += weights[pair.pair] * in_sentence(pair.count, length);
  }
  for (size_t i = 0; i < passages_.size(); ++i) {
    double best_words = 0;
    double best_pairs = 0;
    for (uint32_t hit = passages_[i].first_hit; hit < hits_end(i); ++hit) {
      best_words = std::max(best_words, sentences_[hit].score);
      best_pairs = std::max(best_pairs, sentences_[hit].pair_score);
    }
    passages_[i].score += kSentenceShare * best_words + pair_share_ * best_pairs;
  }
}

}  // namespace cento
