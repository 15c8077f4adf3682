#include "cli/eval_typing.h"

#include <algorithm>

#include "base/utf8.h"
#include "cli/documents.h"
#include "cli/eval_attested.h"
#include "cli/pack_files.h"
#include "cli/progress_line.h"
#include "cli/report.h"
#include "cli/stopwatch.h"

namespace cento::cli {
namespace {

// What one step brings: where the caret stands then, and what it costs.
struct Step {
  size_t caret;
  uint64_t keystrokes;
};

// The best of the suggestions that agree with `text`, if any saves more than typing a character.
Step best_step(std::string_view text, size_t caret, const Suggestions& suggestions) {
  const size_t typed = caret + decode_utf8(text, caret).length;
  Step best{typed, 1};
  uint64_t most = 0;
  for (const Suggestion& suggestion : suggestions.suggestions) {
    const size_t begin = caret - static_cast<size_t>(suggestion.replaces_bytes);
    std::string_view inserted = suggestion.text;
    Step step{0, 1};
    if (!text.substr(begin).starts_with(inserted) && inserted.ends_with(' ')) {
      inserted.remove_suffix(1);
      step.keystrokes = 2;
    }
    step.caret = begin + inserted.size();
    if (step.caret <= caret || !text.substr(begin).starts_with(inserted)) continue;
    const uint64_t characters = count_characters(text.substr(caret, step.caret - caret));
    if (characters <= step.keystrokes + most) continue;
    most = characters - step.keystrokes;
    best = step;
  }
  return best;
}

}  // namespace

Result<TypingFigures> eval_typing(const TypingOptions& options) {
  CENTO_ASSIGN_OR_RETURN(const MountedPack pack, mount_pack(options.folder));
  CENTO_ASSIGN_OR_RETURN(const std::vector<Document> documents, read_documents(options.inputs));
  uint64_t total = 0;
  for (const Document& document : documents) total += count_characters(document.text);
  if (options.max_characters > 0) total = std::min(total, options.max_characters);
  if (total == 0) return Status::invalid_argument("The documents have no text to type.");

  TypingFigures figures;
  std::vector<double> milliseconds;
  uint64_t steps = 0;
  ProgressLine line;
  const Progress progress = line.function();
  for (const Document& document : documents) {
    const std::string_view text = document.text;
    for (size_t caret = 0; caret < text.size() && figures.characters < total;) {
      if (steps % 256 == 0) report(progress, "typing", figures.characters, total);
      const Stopwatch stopwatch;
      CENTO_ASSIGN_OR_RETURN(const Suggestions suggestions,
                             pack.engine->suggest(text.substr(0, caret), options.suggest));
      milliseconds.push_back(stopwatch.seconds() * 1e3);
      const Step step = best_step(text, caret, suggestions);
      const uint64_t characters = count_characters(text.substr(caret, step.caret - caret));
      figures.accepted += characters > 1 ? 1 : 0;
      figures.characters += characters;
      figures.keystrokes += step.keystrokes;
      ++steps;
      caret = step.caret;
    }
  }
  figures.savings =
      1 - static_cast<double>(figures.keystrokes) / static_cast<double>(figures.characters);
  figures.p50_ms = quantile(milliseconds, 0.5);
  figures.p99_ms = quantile(milliseconds, 0.99);
  return figures;
}

}  // namespace cento::cli
