#include "cli/eval_order.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/random.h"
#include "cli/documents.h"
#include "cli/pack_files.h"
#include "cli/stopwatch.h"
#include "evidence/discourse_evidence.h"
#include "levels/discourse_features.h"
#include "pack/pack_reader.h"

namespace cento::cli {
namespace {

constexpr size_t kLeastSentences = 4;

// An order of [0, count) other than the ascending one. REQUIRES: count > 1.
std::vector<uint32_t> shuffled(uint32_t count, Random& random) {
  std::vector<uint32_t> order(count);
  do {
    std::iota(order.begin(), order.end(), 0u);
    for (uint32_t i = count - 1; i > 0; --i) std::swap(order[i], order[random.below(i + 1)]);
  } while (std::is_sorted(order.begin(), order.end()));
  return order;
}

}  // namespace

Result<OrderFigures> eval_order(const OrderOptions& options) {
  CENTO_ASSIGN_OR_RETURN(const PackFiles files, PackFiles::open(options.folder));
  PackReader pack;
  CENTO_RETURN_IF_ERROR(files.feed(pack));
  CENTO_ASSIGN_OR_RETURN(const std::vector<Document> documents, read_documents(options.inputs));

  OrderFigures figures;
  double right = 0;
  Random random(options.seed);
  const Stopwatch stopwatch;
  for (const Document& document : documents) {
    for (const auto& sentences : split_paragraphs(document.text, document.headings)) {
      if (sentences.size() < kLeastSentences) continue;
      ++figures.paragraphs;
      const DiscourseEvidence evidence(pack.discourse(), document.title, sentences);
      std::vector<uint32_t> order(sentences.size());
      std::iota(order.begin(), order.end(), 0u);
      const double written = evidence.order_bits(order);
      for (uint32_t shuffle = 0; shuffle < options.shuffles; ++shuffle) {
        const double other = evidence.order_bits(shuffled(evidence.size(), random));
        right += written > other ? 1 : written == other ? 0.5 : 0;
        ++figures.pairs;
      }
    }
  }
  if (figures.paragraphs == 0) {
    return Status::invalid_argument("No paragraph of the documents has four sentences.");
  }
  figures.accuracy = right / static_cast<double>(figures.pairs);
  figures.seconds = stopwatch.seconds();
  return figures;
}

}  // namespace cento::cli
