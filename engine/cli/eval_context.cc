#include "cli/eval_context.h"

#include <algorithm>
#include <string_view>

#include "cli/documents.h"
#include "cli/pack_files.h"
#include "cli/report.h"
#include "cli/stopwatch.h"

namespace cento::cli {
namespace {

constexpr size_t kTokenBytes = 64;  // at most, about, that are read to find so many tokens

}  // namespace

Result<ContextFigures> eval_context(const ContextOptions& options) {
  CENTO_ASSIGN_OR_RETURN(const MountedPack pack, mount_pack(options.folder));
  CENTO_ASSIGN_OR_RETURN(const std::vector<Document> documents, read_documents(options.inputs));
  Engine& engine = *pack.engine;
  std::string text;
  for (const Document& document : documents) {
    if (text.size() > options.tokens * kTokenBytes) break;
    text += document.text + "\n\n";
  }
  constexpr size_t kMostBytes = 1 << 20;
  text.resize(std::min(text.size(), kMostBytes));
  CENTO_ASSIGN_OR_RETURN(std::vector<uint32_t> tokens, engine.encode(text));
  if (tokens.size() < size_t{options.tokens} + options.calls) {
    return Status::invalid_argument("There are only " + std::to_string(tokens.size()) +
                                    " tokens of text: give more, or ask for fewer.");
  }
  tokens.resize(options.tokens);
  CENTO_ASSIGN_OR_RETURN(const std::string context, engine.decode(tokens));

  ContextFigures figures;
  figures.bytes = context.size();
  const auto typed = [&](uint32_t call) {
    return std::string_view(text).substr(0, context.size() + call);
  };
  {
    const Stopwatch stopwatch;
    CENTO_RETURN_IF_ERROR(engine.suggest(typed(0), {}).status());
    figures.read = stopwatch.seconds() * 1e3;
  }
  std::vector<double> times;
  for (uint32_t call = 0; call < options.calls; ++call) {
    const Stopwatch stopwatch;
    CENTO_RETURN_IF_ERROR(engine.suggest(typed(call), {}).status());
    times.push_back(stopwatch.seconds() * 1e3);
  }
  figures.suggest50 = quantile(times, 0.5);
  figures.suggest99 = quantile(times, 0.99);
  for (const uint32_t most : {12u, 40u}) {
    const AnswerOptions asked{.max_tokens = most, .grounding = Grounding::kPhrase};
    CENTO_RETURN_IF_ERROR(engine.answer(Operation::kComplete, typed(0), asked).status());
    times.clear();
    for (uint32_t call = 0; call < options.calls; ++call) {
      const Stopwatch stopwatch;
      CENTO_RETURN_IF_ERROR(engine.answer(Operation::kComplete, typed(call), asked).status());
      times.push_back(stopwatch.seconds() * 1e3);
    }
    (most == 12 ? figures.ghost50 : figures.complete50) = quantile(times, 0.5);
    (most == 12 ? figures.ghost99 : figures.complete99) = quantile(times, 0.99);
  }
  const Stopwatch stopwatch;
  CENTO_RETURN_IF_ERROR(engine.score(context, 0).status());
  figures.score_us = stopwatch.seconds() * 1e6 / options.tokens;
  return figures;
}

}  // namespace cento::cli
