// Section shar: the shares of the mixture, fitted on a part of the text that the counts leave out.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/progress.h"
#include "cento/status.h"
#include "evidence/experts.h"
#include "levels/class_level.h"
#include "text/vocabulary.h"

namespace cento {

// A shorter stream keeps the default shares: its tenth has fewer tokens than the table has shares
// that are asked for, and chance would choose them.
inline constexpr uint32_t kMinFitTokens = 10'000;

// Holds out a tenth of the documents (of large corpora less: some 150,000 tokens), counts the rest
// and finds the shares under which the held-out text is most probable (see ShareFitter). Documents
// of more than a hundredth of the stream are cut into pieces, so that a few large ones do as well.
// `without`: levels whose experts get no share. Gives the section's bytes, none where the default
// shares serve. Deterministic. Cost: two indexes over the stream and some 15 µs a held-out token.
// Memory: 13 bytes a token and 40 MB. Errors: kAborted.
// REQUIRES: `stream` as DocumentList has it; `classes` of its vocabulary.
Result<std::vector<uint8_t>> fit_shares(std::span<const TokenId> stream,
                                        const Vocabulary& vocabulary, const TokenClasses& classes,
                                        std::span<const EvidenceLevel> without,
                                        const Progress& progress = {});

}  // namespace cento
