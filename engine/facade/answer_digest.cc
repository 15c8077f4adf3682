// The canonical form of an answer, over which its digest is taken: see verify.h and docs/format.md.
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "cento/verify.h"

namespace cento {
namespace {

// Every number takes eight bytes; texts and lists have their length before them.
class CanonicalForm {
 public:
  void number(uint64_t value) { bytes_.put(value); }
  // As to_json prints it: in units of the last decimal.
  void real(double value, double scale) {
    const bool negative = value < 0;
    const auto scaled = static_cast<uint64_t>((negative ? -value : value) * scale + 0.5);
    bytes_.put(negative ? 0 - scaled : scaled);
  }
  // Bytes that are not UTF-8 as JSON gives them: U+FFFD.
  void text(std::string_view value) {
    const std::string valid = valid_utf8(value);
    number(valid.size());
    bytes_.put_bytes(as_bytes(valid));
  }
  void texts(const std::vector<std::string>& values) {
    number(values.size());
    for (const std::string& value : values) text(value);
  }

  // `Range` has the four offsets of a half-open range.
  template <typename Range>
  void range(const Range& range) {
    number(range.begin_utf16);
    number(range.end_utf16);
    number(range.begin_bytes);
    number(range.end_bytes);
  }

  void fragment(const Fragment& fragment) {
    text(fragment.text);
    number(fragment.tokens);
    const Source& source = fragment.source;
    for (const std::string* member :
         {&source.pack, &source.licence, &source.document_id, &source.title, &source.url}) {
      text(*member);
    }
    texts(source.headings);
    range(source);
    const Why& why = fragment.why;
    for (const uint32_t member :
         {why.level, why.context_tokens, why.context_words, why.count, why.alternatives}) {
      number(member);
    }
    real(why.score, kScoreScale);
  }

  void coverage(const Coverage& coverage) {
    number(coverage.shards);
    number(coverage.shard_count);
    number(coverage.documents);
    number(coverage.document_count);
    number(coverage.tokens);
    number(coverage.token_count);
  }

  void receipt(const Receipt& receipt) {
    text(receipt.engine_version);
    text(receipt.pack);
    number(receipt.shards);
    number(static_cast<uint64_t>(receipt.operation));
    text(receipt.input);
    number(receipt.session.size());
    for (const Turn& turn : receipt.session) {
      text(turn.input);
      text(turn.topic);
    }
    const AnswerOptions& options = receipt.options;
    number(options.max_tokens);
    number(options.max_words);
    number(options.sentences);
    number(options.seed);
    number(static_cast<uint64_t>(options.grounding));
    number(options.max_quote);
    number(static_cast<uint64_t>(options.effort));
  }

  void answer(const Answer& answer) {
    text(answer.text);
    number(answer.refused ? 1 : 0);
    text(answer.reason);
    real(answer.confidence, kConfidenceScale);
    text(answer.kind);
    range(answer.highlight);
    real(answer.highlight.confidence, kConfidenceScale);
    texts(answer.topics);
    number(answer.fragments.size());
    for (const Fragment& each : answer.fragments) fragment(each);
    number(answer.work);
    coverage(answer.coverage);
    receipt(answer.receipt);
  }

  Bytes bytes() const { return bytes_.buffer(); }

 private:
  static constexpr double kScoreScale = 1e3;
  static constexpr double kConfidenceScale = 1e4;

  ByteWriter bytes_;
};

}  // namespace

std::string answer_digest(const Answer& answer) {
  CanonicalForm form;
  form.answer(answer);
  return to_hex(sha256(form.bytes()));
}

}  // namespace cento
