// One sentence of the corpus, opened up: its tokens, text, units and where it may be cut.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "levels/corpus.h"
#include "text/units.h"

namespace cento {

// Offsets are bytes in `text()`; token indices count from the sentence's first token.
class SentenceView {
 public:
  // The sentence that the token at `position` is in. Cost: linear in its length.
  SentenceView(const Corpus& corpus, TextPos position);

  TokenRange range() const { return range_; }
  const std::string& text() const { return text_; }
  const std::vector<Symbol>& tokens() const { return tokens_; }
  uint32_t token_count() const { return static_cast<uint32_t>(tokens_.size()); }
  // Where token `i` begins; the end of the text for i == token_count().
  uint32_t offset(uint32_t i) const { return offsets_[i]; }
  const std::vector<Unit>& units() const { return units_; }

  // Whether a seam may stand before token `i`: not strictly inside a unit, a quotation or a field.
  bool may_cut(uint32_t i) const;
  // The first byte of everything that a cut before token `i` would take apart; offset(i) where
  // nothing.
  uint32_t opened_at(uint32_t i) const;
  // Words, numbers and punctuation marks that lie in tokens [begin, end).
  uint32_t count_words(uint32_t begin, uint32_t end) const;
  // Whether tokens [begin, end) hold a value (number, date, name, code, …) or a part of one.
  bool has_value(uint32_t begin, uint32_t end) const;
  // The token at which the last `words` words before token `end` begin, at or after `begin`;
  // `end` itself where there are fewer.
  uint32_t words_back(uint32_t begin, uint32_t end, uint32_t words) const;
  // The last place in (begin, limit] where the text can stop at the end of a clause (after a comma,
  // a semicolon or the like), with at least `min_words` words before it; `begin` where there is
  // none.
  uint32_t last_clause_end(uint32_t begin, uint32_t limit, uint32_t min_words) const;

 private:
  TokenRange range_;
  std::string text_;
  std::vector<Symbol> tokens_;
  std::vector<uint32_t> offsets_;
  std::vector<Unit> units_;
  std::vector<Unit> containers_;
};

}  // namespace cento
