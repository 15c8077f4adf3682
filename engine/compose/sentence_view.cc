#include "compose/sentence_view.h"

#include <algorithm>
#include <string_view>

namespace cento {

SentenceView::SentenceView(const Corpus& corpus, TextPos position)
    : range_(corpus.sentence_at(position)) {
  corpus.extract(range_, tokens_);
  offsets_.reserve(tokens_.size() + 1);
  for (const Symbol token : tokens_) {
    offsets_.push_back(static_cast<uint32_t>(text_.size()));
    text_ += corpus.vocabulary().text(token);
  }
  offsets_.push_back(static_cast<uint32_t>(text_.size()));
  units_ = find_units(text_);
  containers_ = find_containers(text_);
}

uint32_t SentenceView::opened_at(uint32_t i) const {
  const uint32_t at = offset(i);
  uint32_t opened = at;
  for (const std::vector<Unit>* list : {&units_, &containers_}) {
    for (const Unit& unit : *list) {
      if (unit.begin < at && at < unit.end) opened = std::min(opened, unit.begin);
    }
  }
  return opened;
}

bool SentenceView::may_cut(uint32_t i) const { return opened_at(i) == offset(i); }

uint32_t SentenceView::count_words(uint32_t begin, uint32_t end) const {
  uint32_t words = 0;
  for (const Unit& unit : units_) {
    if (unit.begin >= offset(begin) && unit.end <= offset(end)) ++words;
  }
  return words;
}

bool SentenceView::has_value(uint32_t begin, uint32_t end) const {
  return std::any_of(units_.begin(), units_.end(), [&](const Unit& unit) {
    return is_value(unit.kind) && unit.end > offset(begin) && unit.begin < offset(end);
  });
}

uint32_t SentenceView::words_back(uint32_t begin, uint32_t end, uint32_t words) const {
  const uint32_t limit = offset(end);
  for (size_t i = units_.size(); i-- > 0;) {
    if (units_[i].end > limit || --words > 0) continue;
    // The token that the word begins in; its leading space belongs to it.
    const auto after = std::upper_bound(offsets_.begin(), offsets_.end(), units_[i].begin);
    const auto token = static_cast<uint32_t>(after - offsets_.begin()) - 1;
    return token >= begin ? token : end;
  }
  return end;
}

uint32_t SentenceView::last_clause_end(uint32_t begin, uint32_t limit, uint32_t min_words) const {
  constexpr std::string_view kClauseMarks = ",;:";
  for (uint32_t i = std::min(limit, token_count()); i > begin; --i) {
    const char last = text_[offset(i) - 1];
    if (kClauseMarks.find(last) == std::string_view::npos || !may_cut(i)) continue;
    // The text stops before the mark: "…, and" ends as "…".
    const uint32_t end = i - 1;
    if (end > begin && may_cut(end) && count_words(begin, end) >= min_words) return end;
  }
  return begin;
}

}  // namespace cento
