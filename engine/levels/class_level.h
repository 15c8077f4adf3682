// Level 1: token classes, coarsened from the tokens of a corpus.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/progress.h"
#include "cento/status.h"
#include "text/vocabulary.h"

namespace cento {

inline constexpr uint32_t kMaxClasses = 256;
inline constexpr uint8_t kDocumentEndClass = 0;  // of kDocumentEnd alone

struct TokenClasses {
  std::vector<uint8_t> class_of;  // by token
  uint32_t class_count = 0;       // 1 to kMaxClasses; ids fall with frequency after class 0
};

// Classes of the tokens [0, vocabulary_size) from `stream` (see DocumentList). Tokens keep company
// with their neighbours and, at half the weight, with those one token further on; not across the
// end of a document. With fewer tokens than classes each has its own; tokens that do not occur
// (some bytes) join the class with the most members. Deterministic. Cost: 1 s for 2 million tokens
// and a vocabulary of 21,000. Memory beside the result: at most 40 bytes a different pair, 2 bytes
// a token and 4 MB. Errors: kAborted. REQUIRES: 1 <= vocabulary_size <= kMaxVocabulary,
// stream.size() <= 2^30, every token of the stream is below vocabulary_size.
Result<TokenClasses> build_classes(std::span<const TokenId> stream, uint32_t vocabulary_size,
                                   const Progress& progress = {});

}  // namespace cento
