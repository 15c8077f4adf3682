// What a call takes behind a context of so many tokens.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cento/status.h"

namespace cento::cli {

struct ContextOptions {
  std::string folder;               // of the pack
  std::vector<std::string> inputs;  // documents, as for `build`: what stands before the caret
  uint32_t tokens = 1000;           // of them
  uint32_t calls = 200;             // of each kind
};

// Milliseconds, but for the last.
struct ContextFigures {
  uint64_t bytes = 0;    // of the context
  double read = 0;       // the first call, which reads the context
  double suggest50 = 0;  // at a keystroke: the median, and the 99th percentile
  double suggest99 = 0;
  double ghost50 = 0;  // a completion of 12 tokens
  double ghost99 = 0;
  double complete50 = 0;  // one of 40
  double complete99 = 0;
  double score_us = 0;  // microseconds for each token of the context
};

// Types on behind the context, a character a call. Errors: those of opening packs and reading
// documents; kInvalidArgument where these are shorter than the context.
Result<ContextFigures> eval_context(const ContextOptions& options);

}  // namespace cento::cli
