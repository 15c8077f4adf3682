// The names of groundings, on the command line and in JSON.
#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <string>

#include "cento/results.h"

namespace cento::cli {

inline const std::map<std::string, Grounding> kGroundingNames = {{"quote", Grounding::kQuote},
                                                                 {"sentence", Grounding::kSentence},
                                                                 {"phrase", Grounding::kPhrase}};

// Adds --grounding to a command.
inline void add_grounding_option(CLI::App& command, Grounding& grounding) {
  command
      .add_option("--grounding", grounding,
                  "One source for all, one for each sentence, or splices inside sentences too")
      ->transform(CLI::CheckedTransformer(kGroundingNames).description("quote|sentence|phrase"))
      ->default_str("phrase");
}

}  // namespace cento::cli
