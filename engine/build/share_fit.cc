#include "build/share_fit.h"

#include <algorithm>

#include "evidence/evidence.h"
#include "evidence/share_fitter.h"
#include "text/document_list.h"

namespace cento {
namespace {

constexpr size_t kMinPieceTokens = 500;  // no document is cut shorter than that
constexpr size_t kPieces = 100;          // a longer document than so many make up the stream is cut
constexpr size_t kHoldOutEvery = 10;     // pieces
constexpr size_t kMaxHeldOut = 150'000;  // tokens, about

// The stream in two parts.
struct Split {
  std::vector<TokenId> counted;                    // a stream of its own
  std::vector<std::span<const TokenId>> held_out;  // pieces, with the marks of documents that end
};

Split split(std::span<const TokenId> stream) {
  const size_t longest = std::max(kMinPieceTokens, stream.size() / kPieces);
  const size_t every = std::max(kHoldOutEvery, stream.size() / kMaxHeldOut);
  Split parts;
  parts.counted.reserve(stream.size());
  parts.counted.push_back(kDocumentEnd);
  size_t number = 0;
  for (size_t begin = 1; begin < stream.size(); ++number) {
    const auto rest = stream.subspan(begin, std::min(longest, stream.size() - begin));
    const auto mark = std::find(rest.begin(), rest.end(), kDocumentEnd);
    const auto size = static_cast<size_t>(mark - rest.begin()) + (mark == rest.end() ? 0 : 1);
    if (number % every == every / 2) {
      parts.held_out.push_back(rest.first(size));
    } else {
      parts.counted.insert(parts.counted.end(), rest.begin(), rest.begin() + size);
    }
    begin += size;
  }
  // Where the last document's last piece is held out.
  if (parts.counted.back() != kDocumentEnd) parts.counted.push_back(kDocumentEnd);
  return parts;
}

Shares default_shares(std::span<const EvidenceLevel> without) {
  Shares shares;
  for (ExpertId expert = kUnigram; expert < kExpertCount; ++expert) {
    if (std::find(without.begin(), without.end(), level_of(expert)) == without.end()) continue;
    for (uint32_t bucket = 0; bucket < kShareBuckets; ++bucket) shares.set(expert, bucket, 0);
  }
  return shares;
}

Result<PatternIndex> index_classes(std::span<const TokenId> stream, const TokenClasses& classes,
                                   const Progress& progress) {
  std::vector<Symbol> class_stream;
  class_stream.reserve(stream.size());
  for (const TokenId token : stream) class_stream.push_back(classes.class_of[token]);
  return PatternIndex::build(class_stream, classes.class_count,
                             {.continuation_counts = false, .positions = false}, progress);
}

Result<Shares> fit(const Split& parts, const Vocabulary& vocabulary, const TokenClasses& classes,
                   const Shares& start, const Progress& progress) {
  CENTO_ASSIGN_OR_RETURN(const PatternIndex tokens,
                         PatternIndex::build(parts.counted, vocabulary.size(), {}, progress));
  CENTO_ASSIGN_OR_RETURN(const PatternIndex class_index,
                         index_classes(parts.counted, classes, progress));
  const EvidenceModel model(vocabulary, tokens, &class_index, classes.class_of, start);
  Evidence evidence(model);
  Prediction prediction;
  ShareFitter fitter;
  for (size_t p = 0; p < parts.held_out.size(); ++p) {
    if (!report(progress, "predicting what was held out", p, parts.held_out.size())) {
      return Status::aborted();
    }
    evidence.reset();
    for (const TokenId token : parts.held_out[p]) {
      evidence.predict(evidence.position(), prediction);
      fitter.add(prediction, token);
      evidence.append(token);
    }
  }
  return fitter.fit(start, progress);
}

}  // namespace

Result<std::vector<uint8_t>> fit_shares(std::span<const TokenId> stream,
                                        const Vocabulary& vocabulary, const TokenClasses& classes,
                                        std::span<const EvidenceLevel> without,
                                        const Progress& progress) {
  const Shares start = default_shares(without);
  if (stream.size() < kMinFitTokens) {
    return without.empty() ? std::vector<uint8_t>() : start.save();
  }
  CENTO_ASSIGN_OR_RETURN(const Shares fitted,
                         fit(split(stream), vocabulary, classes, start, progress));
  return fitted.save();
}

}  // namespace cento
