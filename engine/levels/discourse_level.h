// Level 3: which sentence follows which, and how paragraphs open and close, counted over the
// paragraphs of a corpus.
//
// Sentences become kinds by coarsening the sorts of their first words. Beside the kinds stand
// features of sentences and of pairs of them (given and new: Halliday 1967; the entity grid:
// Barzilay & Lapata 2008). For each value of a feature the table says how much more often it stands
// in paragraphs as they are written than in all their orders: a log-likelihood ratio of two counts.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/progress.h"
#include "cento/status.h"
#include "levels/discourse_features.h"
#include "text/document.h"

namespace cento {

// Scores are sixteenths of a bit, at most 127 either way; 0 where nothing is known.
struct DiscourseTables {
  static constexpr int32_t kStepsPerBit = 16;

  FrequentWords words;
  SentenceKinds kinds{};
  std::vector<int8_t> near_scores;   // by cell: it opens the paragraph; b directly follows a
  std::vector<int8_t> order_scores;  // by cell: it comes early; a comes before b
  uint32_t paragraphs = 0;           // that were counted

  DiscourseTables() : near_scores(kDiscourseCells), order_scores(kDiscourseCells) {}

  // As they travel in a pack (docs/format.md). `load` reads to the end of `reader`.
  // Errors of load: kIntegrity.
  void save(ByteWriter& writer) const;
  Status load(ByteReader& reader);

  uint64_t memory_bytes() const;  // outside the object itself

  // Everything in them but scores of 0, as a JSON object. For people; no contract.
  std::string to_json() const;
};

// Counts the paragraphs of `documents` that have 2 to 16 sentences; of more than 8,192 such
// paragraphs, evenly spaced ones. Deterministic. Cost: 1 s for 8,192 paragraphs of ordinary length.
// Errors: kAborted.
Result<DiscourseTables> build_discourse(std::span<const Document> documents,
                                        const Progress& progress = {});

}  // namespace cento
