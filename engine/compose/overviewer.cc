#include "compose/overviewer.h"

#include <algorithm>
#include <utility>

#include "base/log2.h"
#include "base/random.h"
#include "base/sort.h"
#include "compose/words.h"
#include "evidence/discourse_evidence.h"
#include "text/boundaries.h"
#include "text/search_words.h"
#include "text/sentence_end.h"
#include "text/unicode.h"

namespace cento {
namespace {

constexpr uint32_t kDefaultSentences = 5;
constexpr uint32_t kMostSentences = 24;
constexpr uint32_t kWordsASentence = 30;  // room for each where only sentences are asked for
constexpr uint32_t kLeastWords = 8;       // of a sentence, about, where only words are
constexpr size_t kMostExplained = 3;      // other candidates of an explanation
constexpr uint32_t kUsualWords = 20;      // of a sentence

// Scalar settings (docs/algorithms.md lists them).
constexpr double kCommonBits = 5;   // words up to so frequent say nothing
constexpr double kValueFactor = 2;  // a number or a name says more than another word
constexpr double kTooAlike = 0.6;   // share of the lesser sentence that the other says too

// What stands between two fragments: an empty line where the document changes, else a space where
// that ends a sentence.
std::string_view separator(const Fragment& before, const Fragment& after) {
  if (before.source.title != after.source.title) return "\n\n";
  const std::string pair = before.text + " " + after.text;
  for (const Boundary& boundary : find_boundaries(pair)) {
    if (boundary.at == before.text.size()) return space_behind(before.text);
  }
  return "\n\n";
}

bool holds(const std::vector<uint32_t>& choice, uint32_t i) {
  return std::binary_search(choice.begin(), choice.end(), i);
}

// `choice` with `added`, ascending, each once.
std::vector<uint32_t> joined(const std::vector<uint32_t>& choice,
                             const std::vector<uint32_t>& added) {
  std::vector<uint32_t> all = choice;
  for (const uint32_t i : added) {
    const auto at = std::lower_bound(all.begin(), all.end(), i);
    if (at == all.end() || *at != i) all.insert(at, i);
  }
  return all;
}

}  // namespace

Overviewer::Overviewer(const OverviewLevels& levels, std::string_view topic,
                       const AnswerOptions& options)
    : levels_(levels),
      corpus_(&levels.retriever.corpus()),
      topic_(topic),
      options_(options),
      terms_(levels.retriever) {
  max_sentences_ = options.sentences != 0   ? options.sentences
                   : options.max_words != 0 ? options.max_words / kLeastWords
                                            : kDefaultSentences;
  max_sentences_ = std::clamp(max_sentences_, 1u, kMostSentences);
  expected_ = options.sentences != 0 ? max_sentences_
              : options.max_words != 0
                  ? std::clamp(options.max_words / kUsualWords, 1u, max_sentences_)
                  : kDefaultSentences;
  max_words_ = options.max_words != 0 ? options.max_words : max_sentences_ * kWordsASentence;
}

uint32_t Overviewer::step() {
  switch (phase_) {
    case Phase::kFind:
      phase_ = !find() ? Phase::kScan : places_.empty() ? Phase::kWeigh : Phase::kRead;
      return 200;
    case Phase::kScan:
      if (!ranking_) rank_passages();
      if (ranking_->step(PlaceScan::kSlice)) return PlaceScan::kSliceCost;
      find_passages();
      ranking_.reset();
      phase_ = places_.empty() ? Phase::kWeigh : Phase::kRead;
      return PlaceScan::kSliceCost;
    case Phase::kRead: {
      const Place& place = places_[place_];
      if (next_ < place.range.begin) {
        next_ = place.range.begin;
        look_back(next_);
      }
      if (next_ < place.range.end) {
        read(next_, place);
        return 80;
      }
      next_ = 0;
      if (++place_ == places_.size()) phase_ = Phase::kWeigh;
      return 1;
    }
    case Phase::kWeigh:
      weigh();
      phase_ = Phase::kChoose;
      return 200;
    case Phase::kChoose:
      if (add_best(chosen_, kNoTerm)) return 200;
      if (chosen_.empty() && reach_further()) {
        phase_ = Phase::kFind;
        return 1;
      }
      if (chosen_.empty()) {
        refuse(unknown_.empty()
                   ? "No sentences of this pack that stand for themselves speak of this topic."
                   : "This pack nowhere speaks of \"" + unknown_ + "\".");
        result_.topics = std::move(nearest_);
        phase_ = Phase::kDone;
        return 1;
      }
      phase_ = Phase::kImprove;
      return 200;
    case Phase::kImprove:
      if (tried_ < chosen_.size()) {
        // Where an exchange gains, all of them are worth trying again.
        tried_ = exchange(chosen_[tried_]) ? 0 : tried_ + 1;
        return 400;
      }
      keep_shares();
      order_ = in_order();
      emit(order_);
      phase_ = Phase::kDone;
      return 200;
    case Phase::kDone: break;
  }
  return 0;
}

// ---- What it is worth

void Overviewer::weigh() {
  std::vector<uint64_t> ids;
  for (const Sentence& sentence : pool_) {
    for (const Term& term : sentence.terms) ids.push_back(term.id);
  }
  sort_numbers(ids);
  std::vector<uint32_t> counts;  // sentences of the pool that have each
  size_t distinct = 0;
  for (size_t i = 0; i < ids.size(); ++i) {
    if (i == 0 || ids[i] != ids[distinct - 1]) {
      ids[distinct++] = ids[i];
      counts.push_back(0);
    }
    ++counts.back();
  }
  ids.resize(distinct);
  const WordIndex& words = levels_.retriever.words();
  const double all = words.sentence_count();
  std::vector<uint32_t> values(distinct);
  for (Sentence& sentence : pool_) {
    for (Term& term : sentence.terms) {
      term.id =
          static_cast<uint32_t>(std::lower_bound(ids.begin(), ids.end(), term.id) - ids.begin());
      values[term.id] += term.is_value;
    }
  }
  weights_.resize(distinct);
  for (size_t t = 0; t < distinct; ++t) {
    const double bits = log2_fixed(all / words.sentence_frequency(static_cast<TermId>(ids[t])));
    // A word that is mostly part of a value is one.
    const double factor = 2 * values[t] > counts[t] ? kValueFactor : 1;
    const double spread = log2_fixed(1 + counts[t]);
    weights_[t] = std::max(0.0, bits - kCommonBits) * spread * spread * factor;
  }
}

bool Overviewer::is_usable(uint32_t i) const {
  if (pool_[i].fit != SentenceFit::kAfterBefore) return pool_[i].fit == SentenceFit::kAlone;
  return pool_[i].goes_on && pool_[i - 1].fit == SentenceFit::kAlone;
}

std::vector<double> Overviewer::coverage(const Choice& choice) const {
  std::vector<double> covered(weights_.size());
  for (const uint32_t i : choice) {
    for (const Term& term : pool_[i].terms) {
      covered[term.id] = std::max(covered[term.id], pool_[i].quality);
    }
  }
  return covered;
}

double Overviewer::value(const Choice& choice) const {
  const std::vector<double> covered = coverage(choice);
  double sum = 0;
  for (size_t t = 0; t < covered.size(); ++t) sum += covered[t] * weights_[t];
  return sum;
}

double Overviewer::similarity(uint32_t a, uint32_t b) const {
  double shared = 0;
  double of_a = 0;
  double of_b = 0;
  for (const Term& term : pool_[a].terms) of_a += weights_[term.id];
  auto other = pool_[a].terms.begin();
  for (const Term& term : pool_[b].terms) {
    of_b += weights_[term.id];
    while (other != pool_[a].terms.end() && other->id < term.id) ++other;
    if (other != pool_[a].terms.end() && other->id == term.id) shared += weights_[term.id];
  }
  return shared / std::max(std::min(of_a, of_b), 1e-9);
}

bool Overviewer::fits(const Choice& choice, const Choice& added) const {
  uint32_t words = 0;
  const Choice all = joined(choice, added);
  for (const uint32_t i : all) words += pool_[i].words;
  if (words > max_words_ || all.size() > max_sentences_) return false;
  const uint32_t limit = document_limit(all);
  for (const uint32_t i : added) {
    const auto of_document = std::count_if(all.begin(), all.end(), [&](uint32_t other) {
      return pool_[other].document == pool_[i].document;
    });
    if (of_document > int64_t{limit}) return false;
    for (const uint32_t other : all) {
      if (i != other && similarity(i, other) > kTooAlike) return false;
    }
  }
  return true;
}

bool Overviewer::add_best(Choice& choice, uint32_t without) const {
  const std::vector<double> covered = coverage(choice);
  Choice best;
  double best_score = 0;
  uint64_t best_draw = 0;
  for (uint32_t i = 0; i < pool_.size(); ++i) {
    if (i == without || !is_usable(i) || holds(choice, i)) continue;
    const bool needs_before = leans(i) && !holds(choice, i - 1);
    if (needs_before && i - 1 == without) continue;
    double bits = 0;
    uint32_t words = 0;
    for (uint32_t j = needs_before ? i - 1 : i; j <= i; ++j) {
      for (const Term& term : pool_[j].terms) {
        bits += std::max(0.0, pool_[j].quality - covered[term.id]) * weights_[term.id];
      }
      words += pool_[j].words;
    }
    const double score = bits / words;
    if (score <= 0 || score < best_score) continue;
    const uint64_t draw = Random(options_.seed * 0x9E3779B97F4A7C15u + i).next();
    if (score == best_score && draw <= best_draw) continue;
    Choice added = needs_before ? Choice{i - 1, i} : Choice{i};
    if (!fits(choice, added)) continue;
    best = std::move(added);
    best_score = score;
    best_draw = draw;
  }
  if (best.empty()) return false;
  choice = joined(choice, best);
  return true;
}

bool Overviewer::exchange(uint32_t left_out) {
  Choice other;
  for (const uint32_t i : chosen_) {
    if (i != left_out && !(leans(i) && i - 1 == left_out)) other.push_back(i);
  }
  while (add_best(other, left_out)) {
  }
  if (value(other) <= value(chosen_) + 1e-9) return false;
  chosen_ = std::move(other);
  return true;
}

uint32_t Overviewer::document_limit(const Choice& choice) const {
  if (one_source_) return kMostSentences;
  const size_t sentences = strict_ ? choice.size() : std::max<size_t>(expected_, choice.size());
  return std::max(1u, static_cast<uint32_t>(kMaxDocumentShare * static_cast<double>(sentences)));
}

void Overviewer::keep_shares() {
  strict_ = true;
  for (;;) {
    // The sentence that is worth least, of those of documents that have too many.
    const uint32_t limit = document_limit(chosen_);
    uint32_t worst = kNoTerm;
    double worst_gain = 0;
    for (const uint32_t i : chosen_) {
      const auto of_document = std::count_if(chosen_.begin(), chosen_.end(), [&](uint32_t other) {
        return pool_[other].document == pool_[i].document;
      });
      const double bits = gain(i);
      if (of_document <= int64_t{limit} || (worst != kNoTerm && bits >= worst_gain)) continue;
      worst = i;
      worst_gain = bits;
    }
    if (worst == kNoTerm) break;
    std::erase_if(chosen_, [&](uint32_t i) { return i == worst || (leans(i) && i - 1 == worst); });
  }
  while (add_best(chosen_, kNoTerm)) {
  }
}

double Overviewer::gain(uint32_t i) const {
  Choice others = chosen_;
  std::erase(others, i);
  return value(joined(others, {i})) - value(others);
}

// ---- How it reads

std::string Overviewer::text_of(const Sentence& sentence) const {
  return corpus_->text(sentence.range).substr(sentence.skip);
}

std::vector<uint32_t> Overviewer::in_order() const {
  std::vector<std::string> texts;
  for (const uint32_t i : chosen_) texts.push_back(text_of(pool_[i]));
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  const DiscourseEvidence evidence(levels_.discourse, topic_, views);
  const auto count = static_cast<uint32_t>(chosen_.size());

  // Of those that may come next, the first of each document's, the one that goes on best; once for
  // each sentence that may open, of which the best order is kept.
  std::vector<uint32_t> best;
  double best_bits = 0;
  for (uint32_t first = 0; first < count; ++first) {
    std::vector<uint32_t> order;
    std::vector<bool> used(count);
    const auto may_come = [&](uint32_t i) {
      if (used[i]) return false;
      for (uint32_t j = 0; j < i; ++j) {
        if (!used[j] && pool_[chosen_[j]].document == pool_[chosen_[i]].document) return false;
      }
      return true;
    };
    if (!may_come(first)) continue;
    uint32_t next = first;
    for (;;) {
      order.push_back(next);
      used[next] = true;
      if (order.size() == count) break;
      // A document is not left before it has said all.
      const uint32_t last = next;
      next = count;
      double next_bits = 0;
      for (uint32_t i = 0; i < count; ++i) {
        if (!may_come(i)) continue;
        if (pool_[chosen_[i]].document == pool_[chosen_[last]].document) {
          next = i;
          break;
        }
        const double bits = evidence.next_bits(order, i);
        if (next == count || bits > next_bits) {
          next = i;
          next_bits = bits;
        }
      }
    }
    const double bits = evidence.order_bits(order);
    if (best.empty() || bits > best_bits) {
      best = std::move(order);
      best_bits = bits;
    }
  }
  for (uint32_t& i : best) i = chosen_[i];
  return best;
}

void Overviewer::emit(const std::vector<uint32_t>& order) {
  for (size_t n = 0; n < order.size(); ++n) {
    const Sentence& sentence = pool_[order[n]];
    Fragment fragment;
    fragment.text = corpus_->text(sentence.range);
    fragment.tokens = sentence.range.size();
    fragment.source = corpus_->source(sentence.range, fragment.text, sentence.skip);
    fragment.text.erase(0, sentence.skip);
    fragment.why.count = 1;
    fragment.why.alternatives = static_cast<uint32_t>(pool_.size());
    fragment.why.score = gain(order[n]);
    if (n > 0) result_.text += separator(result_.fragments.back(), fragment);
    result_.text += fragment.text;
    result_.fragments.push_back(std::move(fragment));
  }
}

Candidate Overviewer::candidate(uint32_t i, const Choice& others) const {
  const Sentence& sentence = pool_[i];
  const double bits = value(joined(others, {i})) - value(others);
  const std::string text = corpus_->text(sentence.range);
  return {text.substr(sentence.skip),
          corpus_->source(sentence.range, text, sentence.skip),
          bits / sentence.words,
          {{"bits that no other sentence covers", bits},
           {"words", sentence.words},
           {"relevance", sentence.quality}}};
}

FragmentExplanation Overviewer::explain(uint32_t i) const {
  // What else could stand in its place, the others being as they are.
  const uint32_t own = order_[i];
  Choice others = chosen_;
  std::erase(others, own);
  std::vector<Candidate> best;
  for (uint32_t j = 0; j < pool_.size(); ++j) {
    if (holds(chosen_, j)) continue;
    if (!is_usable(j) || (leans(j) && !holds(others, j - 1)) || !fits(others, {j})) continue;
    const double score = (value(joined(others, {j})) - value(others)) / pool_[j].words;
    if (best.size() == kMostExplained && score <= best.back().score) continue;
    if (best.size() == kMostExplained) best.pop_back();
    size_t at = best.size();
    while (at > 0 && best[at - 1].score < score) --at;
    Candidate other = candidate(j, others);
    best.insert(best.begin() + static_cast<std::ptrdiff_t>(at), std::move(other));
  }
  FragmentExplanation explanation;
  explanation.reason =
      "For its length it says most of what documents on this topic speak of and the other "
      "sentences do not.";
  explanation.candidates.push_back(candidate(own, others));
  for (Candidate& other : best) explanation.candidates.push_back(std::move(other));
  return explanation;
}

}  // namespace cento
