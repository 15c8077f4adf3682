// Answers straight from the evidence: what comes next, why, and how well a text is predicted.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "cento/results.h"
#include "cento/status.h"
#include "evidence/evidence.h"

namespace cento {

// All take `text` as a document of its own, read from its beginning. Cost: some 10 µs a token.
Predictions predict_next(const EvidenceModel& model, std::string_view text, uint32_t limit);
// Of the first token of `next`. Errors: kInvalidArgument (`next` is empty).
Result<TokenExplanation> explain_next(const EvidenceModel& model, std::string_view text,
                                      std::string_view next);
// `check_every` as in Engine::score. Cost besides: a millisecond for each 1,000 tokens of the
// vocabulary and sum.
Score score_text(const EvidenceModel& model, std::string_view text, uint32_t check_every);

// How much of a token's probability comes from each level that spoke for it, strongest first.
std::vector<LevelShare> level_shares(std::span<const Testimony> testimonies);

}  // namespace cento
