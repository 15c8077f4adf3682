// Whether the discourse tables of a pack tell paragraphs as they were written from their shuffles.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cento/status.h"

namespace cento::cli {

struct OrderOptions {
  std::string folder;               // of the pack
  std::vector<std::string> inputs;  // documents, as for `build`
  uint32_t shuffles = 20;           // of each paragraph, none of them its own order
  uint64_t seed = 1;
};

struct OrderFigures {
  uint64_t paragraphs = 0;  // of at least four sentences
  uint64_t pairs = 0;       // of a paragraph and a shuffle of it
  double accuracy = 0;      // share of pairs in which the paragraph scores higher; ties count half
  double seconds = 0;
};

// Paragraphs are those of find_boundaries: divided by empty lines, headings and the like.
// Errors: those of opening packs and reading documents; kInvalidArgument where no paragraph has
// four sentences.
Result<OrderFigures> eval_order(const OrderOptions& options);

}  // namespace cento::cli
