// How many keystrokes suggestions save someone who types held-out text.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cento/results.h"
#include "cento/status.h"

namespace cento::cli {

struct TypingOptions {
  std::string folder;               // of the pack
  std::vector<std::string> inputs;  // documents, as for `build`
  SuggestOptions suggest{.skip_shown = true, .add_space = true};
  uint64_t max_characters = 0;  // to stop after; 0 is no bound
};

struct TypingFigures {
  uint64_t characters = 0;  // of the documents: code points, line breaks included
  uint64_t keystrokes = 0;  // for characters typed, suggestions accepted, spaces taken away
  uint64_t accepted = 0;    // suggestions
  double savings = 0;       // 1 - keystrokes / characters
  double p50_ms = 0;        // of a call of `suggest`
  double p99_ms = 0;
};

// Types every document from its beginning. Before each keystroke it asks for suggestions; of those
// that agree with the text to come, character by character, it accepts the one that saves most,
// if that is further than the next character. A space at the end of a suggestion that is right but
// for that costs a keystroke to take away. What it has typed past is not shown to it again
// (suggest.skip_shown), as it reads everything that is shown. The session is the document so far.
// Errors: those of opening packs and reading documents; kInvalidArgument where there is no text.
Result<TypingFigures> eval_typing(const TypingOptions& options);

}  // namespace cento::cli
