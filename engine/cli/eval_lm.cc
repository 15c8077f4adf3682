#include "cli/eval_lm.h"

#include <algorithm>

#include "cento/engine.h"
#include "cli/documents.h"
#include "cli/pack_files.h"
#include "cli/progress_line.h"
#include "cli/stopwatch.h"

namespace cento::cli {
namespace {

// Sums over the vocabulary are made in so many documents, spread over the input, twice in each.
constexpr size_t kCheckedDocuments = 20;

// Scores once more, so that the sums do not count as time.
Status check_sums(const Engine& engine, const Document& document, uint64_t tokens,
                  LmFigures& figures) {
  const auto every = static_cast<uint32_t>(std::max<uint64_t>(1, tokens / 2));
  CENTO_ASSIGN_OR_RETURN(const Score score, engine.score(document.text, every));
  figures.sums += score.sums;
  figures.max_sum_error = std::max(figures.max_sum_error, score.max_sum_error);
  return Status::ok();
}

}  // namespace

Result<LmFigures> eval_lm(const LmOptions& options) {
  CENTO_ASSIGN_OR_RETURN(const std::vector<Document> documents, read_documents({options.input}));
  CENTO_ASSIGN_OR_RETURN(const MountedPack pack, mount_pack(options.folder));
  const size_t check_every = (documents.size() + kCheckedDocuments - 1) / kCheckedDocuments;
  ProgressLine line;
  const Progress progress = line.function();
  LmFigures figures;
  for (size_t d = 0; d < documents.size(); ++d) {
    if (!report(progress, "predicting", d, documents.size())) return Status::aborted();
    const Stopwatch stopwatch;
    CENTO_ASSIGN_OR_RETURN(const Score score, pack.engine->score(documents[d].text, 0));
    figures.seconds += stopwatch.seconds();
    ++figures.documents;
    figures.bytes += score.bytes;
    figures.words += score.words;
    figures.tokens += score.tokens;
    figures.bits += score.bits;
    if (d % check_every != 0) continue;
    CENTO_RETURN_IF_ERROR(check_sums(*pack.engine, documents[d], score.tokens, figures));
  }
  return figures;
}

}  // namespace cento::cli
