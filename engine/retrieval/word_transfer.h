// How often a word of a question turns up in the sentence that answers it, counted from pairs of
// questions and answers: "what" hardly ever, a name nearly always.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "cento/status.h"

namespace cento {

// Immutable. The default one has no counts: every word gets the chance of its bucket in a table
// that is built in. Threads: const methods at once.
class WordTransfer {
 public:
  WordTransfer() = default;
  static Result<WordTransfer> load(ByteReader& reader);
  void save(ByteWriter& writer) const;

  // `folded` is a word of a question that `sentences` of `all` sentences have. The count of the
  // word itself, shrunk to that of its bucket of frequency (strength 8).
  double chance(std::string_view folded, uint32_t sentences, uint32_t all) const;
  // Whether the word asks ("who", "how"): frequent in questions, rare in answers.
  bool is_question_word(std::string_view folded) const;
  bool is_counted() const;  // whether there is a table
  uint64_t memory_bytes() const;
};

}  // namespace cento
