// A text that is being typed: read once, and then only what was added.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/evidence.h"
#include "text/tokenizer.h"

namespace cento {

// Whether `text` goes on from `before`, which may be long: a word at a time, while the C library of
// WebAssembly compares byte by byte.
bool goes_on_from(std::string_view text, std::string_view before);

// Keeps the evidence at the caret. What stands well before the caret is counted in the session; the
// last words are not yet, for they may still change. Lifetime: the model must outlive it.
// Threads: one at a time.
class TypedText {
 public:
  static constexpr size_t kSliceBytes = 1024;   // of a long text that one step of work may read
  static constexpr uint32_t kSliceCost = 2500;  // look-ups that this takes

  explicit TypedText(const EvidenceModel& model)
      : evidence_(model), tokenizer_(model.vocabulary()), position_(evidence_.position()) {}

  // `text` is all that stands before the caret. What is known then depends on `text` alone, not on
  // the calls before. Cost: linear in what was added since the last call; in the whole text where
  // that one changed further back or lost a word.
  void set(std::string_view text);
  // How often `set` was called: while that stays the same, so does what is known.
  uint64_t times_set() const { return times_set_; }

  // How many bytes of `text` `set` need not read again.
  size_t known(std::string_view text) const { return goes_on_from(text, read_) ? counted_ : 0; }

  Evidence& evidence() { return evidence_; }
  // Where the open word begins.
  const EvidencePosition& position() const { return position_; }
  // The word or number at the caret that may still go on, its leading space included, or a space
  // that may lead one; empty behind anything else.
  const std::string& open_word() const { return open_word_; }

 private:
  void forget();

  Evidence evidence_;
  Tokenizer tokenizer_;
  // The beginning of the text, through the first pre-token that is not counted: while that stands,
  // a token ends before it.
  std::string read_;
  uint64_t times_set_ = 0;
  size_t counted_ = 0;  // bytes that the session holds
  EvidencePosition position_;
  std::string open_word_;
  std::vector<TokenId> tokens_;
};

}  // namespace cento
