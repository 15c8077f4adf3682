// One line on a terminal that says how far long work has come.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/progress.h"

namespace cento::cli {

// Draws on standard error, only where that is a terminal, and clears the line at its end.
// Lifetime: must outlive the functions that it gives.
class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // To hand to the engine; empty where nobody looks. Never cancels.
  Progress function();

 private:
  void draw(std::string_view phase, uint64_t done, uint64_t total);

  const bool visible_;
  std::string drawn_;
};

}  // namespace cento::cli
