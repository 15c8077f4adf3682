// Reads what web/src/worker/answer_bytes.ts wrote: requests, receipts and answers that JavaScript
// hands to the engine.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "cento/results.h"

namespace cento {

// The members of each, in the order of docs/format.md ("Answers and their digest"); numbers, and
// the lengths before texts and lists, in eight bytes. Where the bytes end too early, the rest is
// empty. Lifetime: does not own the bytes. Memory: linear in the bytes.
class AnswerReader {
 public:
  explicit AnswerReader(Bytes bytes) : in_(bytes) {}

  // The canonical form (docs/format.md) and the digest.
  Answer answer() {
    Answer answer;
    answer.text = text();
    answer.refused = number() != 0;
    answer.reason = text();
    answer.confidence = real(1e4);
    answer.kind = text();
    range(answer.highlight);
    answer.highlight.confidence = real(1e4);
    answer.topics = texts();
    for (uint64_t left = number(); left > 0 && in_.is_ok(); --left) {
      answer.fragments.push_back(fragment());
    }
    answer.work = number();
    Coverage& coverage = answer.coverage;
    coverage.shards = small();
    coverage.shard_count = small();
    coverage.documents = small();
    coverage.document_count = small();
    coverage.tokens = number();
    coverage.token_count = number();
    answer.receipt = receipt();
    return answer;
  }

  Receipt receipt() {
    std::string engine_version = text();
    std::string pack = text();
    const auto shards = small();
    Receipt receipt = request();
    receipt.engine_version = std::move(engine_version);
    receipt.pack = std::move(pack);
    receipt.shards = shards;
    receipt.digest = text();
    return receipt;
  }

  // What is asked: a receipt's operation, input, session and options.
  Receipt request() {
    Receipt receipt;
    receipt.operation = static_cast<Operation>(number());
    receipt.input = text();
    for (uint64_t left = number(); left > 0 && in_.is_ok(); --left) {
      receipt.session.emplace_back();
      receipt.session.back().input = text();
      receipt.session.back().topic = text();
    }
    AnswerOptions& options = receipt.options;
    options.max_tokens = small();
    options.max_words = small();
    options.sentences = small();
    options.seed = number();
    options.grounding = static_cast<Grounding>(number());
    options.max_quote = small();
    options.effort = static_cast<Effort>(number());
    return receipt;
  }

  std::pair<std::string, SearchOptions> search() {
    std::string query = text();
    SearchOptions options;
    options.limit = small();
    options.within = texts();
    return {std::move(query), std::move(options)};
  }

 private:
  Fragment fragment() {
    Fragment fragment;
    fragment.text = text();
    fragment.tokens = small();
    Source& source = fragment.source;
    source.pack = text();
    source.licence = text();
    source.document_id = text();
    source.title = text();
    source.url = text();
    source.headings = texts();
    range(source);
    Why& why = fragment.why;
    why.level = small();
    why.context_tokens = small();
    why.context_words = small();
    why.count = small();
    why.alternatives = small();
    why.score = real(1e3);
    return fragment;
  }
  template <typename Range>
  void range(Range& range) {
    range.begin_utf16 = number();
    range.end_utf16 = number();
    range.begin_bytes = number();
    range.end_bytes = number();
  }
  std::vector<std::string> texts() {
    std::vector<std::string> texts;
    for (uint64_t left = number(); left > 0 && in_.is_ok(); --left) texts.push_back(text());
    return texts;
  }
  double real(double scale) { return static_cast<double>(in_.take<int64_t>()) / scale; }
  uint64_t number() { return in_.take<uint64_t>(); }
  uint32_t small() { return static_cast<uint32_t>(number()); }
  std::string text() { return std::string(as_text(in_.take_bytes(number()))); }

  ByteReader in_;
};

}  // namespace cento
