#include "cli/progress_line.h"

#include <algorithm>
#include <cstdio>

#ifdef __EMSCRIPTEN__
#include <emscripten.h>
#else
#include <unistd.h>
#endif

namespace cento::cli {
namespace {

bool stderr_is_terminal() {
#ifdef __EMSCRIPTEN__
  // Emscripten's isatty takes every standard stream for a terminal.
  return EM_ASM_INT({ return process.stderr.isTTY ? 1 : 0; }) != 0;
#else
  return isatty(STDERR_FILENO) != 0;
#endif
}

}  // namespace

ProgressLine::ProgressLine() : visible_(stderr_is_terminal()) {}

ProgressLine::~ProgressLine() {
  if (!drawn_.empty()) std::fputs("\r\x1b[K", stderr);
}

Progress ProgressLine::function() {
  if (!visible_) return {};
  return [this](std::string_view phase, uint64_t done, uint64_t total) {
    draw(phase, done, total);
    return true;
  };
}

void ProgressLine::draw(std::string_view phase, uint64_t done, uint64_t total) {
  std::string line(phase);
  if (total > 0)
    line.append(" ").append(std::to_string(std::min(done, total) * 100 / total)).append("%");
  if (line == drawn_) return;
  std::fprintf(stderr, "\r\x1b[K%s", line.c_str());
  drawn_ = std::move(line);
}

}  // namespace cento::cli
