// Stems by counted rules: for each ending that matters, what to take off and what to put on.
//
// The rules come with the pack. Its builder asks the language's Snowball stemmer for the stem of
// each word of the documents and keeps the fewest rules that give all of them again (ripple-down
// rules over endings, as LemmaGen has them: Juršič et al. 2010); so the browser needs no stemmer
// of any language, and words that the documents lack are stemmed like those that end as they do.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "cento/status.h"

namespace cento {

// What a rule does to a word: takes bytes off its end and puts others on.
struct StemAction {
  uint8_t cut = 0;
  std::string put;
  bool operator==(const StemAction&) const = default;
  // By hand: libc++ 14 compares no strings with <=>.
  bool operator<(const StemAction& other) const {
    return cut != other.cut ? cut < other.cut : put < other.put;
  }
};

struct StemRule {
  // An ending from behind: "sei" for "ies". With kWordBegin as its last byte it is a whole word.
  std::string reversed;
  uint8_t action = 0;  // index of a StemAction
};

// Immutable; owns its rules. Threads: const methods at once.
class Stemmer {
 public:
  static constexpr char kWordBegin = '^';  // as folded words do not have it
  static constexpr uint32_t kMaxRules = 1u << 18;
  static constexpr uint32_t kMaxEndingBytes = 1u << 22;  // of all rules together

  Stemmer() = default;  // every word is its own stem
  // Rules in the byte order of `reversed`. Errors: kInvalidArgument where they are not in strictly
  // ascending order, an ending is empty or of more than 255 bytes or has a zero byte, an action is
  // not there or takes off more than the ending has (the mark of a word's beginning not counted),
  // or there are too many.
  static Result<Stemmer> create(std::span<const StemAction> actions,
                                std::span<const StemRule> rules);
  // Section stem of a pack (docs/format.md), up to the reader's end. Errors: kIntegrity with the
  // byte offset.
  Status load(ByteReader& reader);
  void save(ByteWriter& writer) const;

  // `folded` as fold_word gives it. The longest ending that fits decides.
  // Cost: some steps for each byte of that ending.
  std::string stem(std::string_view folded) const;
  uint32_t rule_count() const { return static_cast<uint32_t>(action_of_.size()); }
  uint64_t memory_bytes() const;

 private:
  std::string_view ending(uint32_t rule) const {
    return std::string_view(endings_).substr(ends_[rule], ends_[rule + 1] - ends_[rule]);
  }

  std::vector<StemAction> actions_;
  std::string endings_;               // of all rules, one behind the other
  std::vector<uint32_t> ends_ = {0};  // where the ending of rule i begins; its end is the next
  std::vector<uint8_t> action_of_;    // of each rule
};

}  // namespace cento
