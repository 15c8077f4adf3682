// The names of groundings, on the command line and in JSON, and of efforts on the command line.
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

// Adds --effort to a command.
inline void add_effort_option(CLI::App& command, Effort& effort) {
  static const std::map<std::string, Effort> kNames = {
      {"fast", Effort::kFast}, {"balanced", Effort::kBalanced}, {"deep", Effort::kDeep}};
  command.add_option("--effort", effort, "How widely is looked")
      ->transform(CLI::CheckedTransformer(kNames).description("fast|balanced|deep"))
      ->default_str("balanced");
}

}  // namespace cento::cli
