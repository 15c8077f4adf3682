// eval lm: how well a pack predicts documents that are not in it.
#pragma once

#include <cstdint>
#include <string>

#include "cento/status.h"

namespace cento::cli {

struct LmOptions {
  std::string folder;
  std::string input;  // as read_documents takes it
};

struct LmFigures {
  uint64_t documents = 0;
  uint64_t bytes = 0;
  uint64_t words = 0;        // separated by white space
  uint64_t tokens = 0;       // ends of documents included
  double bits = 0;           // -log2 of the probability of all of them, ends included
  double seconds = 0;        // that predicting them took
  uint64_t sums = 0;         // positions at which all probabilities were summed
  double max_sum_error = 0;  // the largest distance of such a sum from 1
};

// Each document is a text of its own: the session begins anew.
Result<LmFigures> eval_lm(const LmOptions& options);

}  // namespace cento::cli
