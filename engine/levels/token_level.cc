#include "levels/token_level.h"

#include <algorithm>
#include <bit>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "levels/crystallize.h"
#include "text/pretokenizer.h"
#include "text/tokenizer.h"
#include "text/unicode.h"

namespace cento {
namespace {

constexpr size_t kLongestToken = 255;  // bytes, see Vocabulary::create

struct CountedString {
  std::string_view text;
  uint64_t count = 0;
};

// Counts strings that it does not own, in the order of their first appearance.
class StringCounter {
 public:
  StringCounter() : slots_(1024, kFree) {}

  void add(std::string_view text, uint64_t count = 1) {
    if (2 * (strings_.size() + 1) > slots_.size()) grow();
    uint32_t& slot = slots_[slot_of(text)];
    if (slot == kFree) {
      slot = static_cast<uint32_t>(strings_.size());
      strings_.push_back({text, 0});
    }
    strings_[slot].count += count;
  }
  std::vector<CountedString> take() { return std::move(strings_); }

 private:
  static constexpr uint32_t kFree = ~uint32_t{0};

  size_t slot_of(std::string_view text) const {
    const size_t mask = slots_.size() - 1;
    size_t slot = hash_bytes(text) & mask;
    while (slots_[slot] != kFree && strings_[slots_[slot]].text != text) slot = (slot + 1) & mask;
    return slot;
  }
  void grow() {
    slots_.assign(2 * slots_.size(), kFree);
    for (uint32_t i = 0; i < strings_.size(); ++i) slots_[slot_of(strings_[i].text)] = i;
  }

  std::vector<CountedString> strings_;
  std::vector<uint32_t> slots_;
};

// The pre-tokens of `texts` with their counts, in the order of their first appearance. Those that
// can only be bytes are left out.
Result<std::vector<CountedString>> count_pretokens(std::span<const std::string_view> texts,
                                                   const Progress& progress) {
  StringCounter counter;
  uint64_t total = 0;
  uint64_t done = 0;
  for (const std::string_view text : texts) total += text.size();
  for (const std::string_view text : texts) {
    if (!report(progress, "counting words", done, total)) return Status::aborted();
    Pretokenizer pretokenizer(text);
    for (Pretoken pretoken; pretokenizer.next(pretoken);) {
      if (pretoken.kind == PretokenKind::kByte) continue;
      counter.add(text.substr(pretoken.begin, pretoken.end - pretoken.begin));
    }
    done += text.size();
  }
  return counter.take();
}

constexpr uint32_t kCodePoints = 0x110000;

// Symbols are code points: no token but a byte token splits a character.
std::vector<WeightedSequence> to_characters(const std::vector<CountedString>& pretokens) {
  std::vector<WeightedSequence> sequences;
  sequences.reserve(pretokens.size());
  for (const CountedString& pretoken : pretokens) {
    WeightedSequence& sequence = sequences.emplace_back();
    sequence.count = pretoken.count;
    for (size_t at = 0; at < pretoken.text.size();) {
      const TextChar c = char_at(pretoken.text, at);
      sequence.symbols.push_back(c.code_point);
      at += c.length;
    }
  }
  return sequences;
}

// Characters of several bytes that stand often enough to deserve a token, by code point.
std::vector<std::string> frequent_characters(const std::vector<CountedString>& pretokens,
                                             uint64_t min_count) {
  StringCounter counter;
  for (const CountedString& pretoken : pretokens) {
    for (size_t at = 0; at < pretoken.text.size();) {
      const uint32_t length = char_at(pretoken.text, at).length;
      if (length > 1) counter.add(pretoken.text.substr(at, length), pretoken.count);
      at += length;
    }
  }
  std::vector<std::string> characters;
  for (const CountedString& character : counter.take()) {
    if (character.count >= min_count) characters.emplace_back(character.text);
  }
  std::sort(characters.begin(), characters.end());
  return characters;
}

// The strings that merges make, those too long for a vocabulary left out.
std::vector<std::string> spell_merges(const std::vector<Merge>& merges) {
  std::vector<std::string> spelled;
  spelled.reserve(merges.size());
  const auto append_symbol = [&](uint32_t symbol, std::string& text) {
    if (symbol < kCodePoints) {
      append_utf8(symbol, text);
    } else {
      text += spelled[symbol - kCodePoints];
    }
  };
  for (const Merge& merge : merges) {
    std::string text;
    append_symbol(merge.left, text);
    append_symbol(merge.right, text);
    spelled.push_back(std::move(text));
  }
  std::erase_if(spelled, [](const std::string& text) { return text.size() > kLongestToken; });
  return spelled;
}

// How often the tokenizer uses each token of the vocabulary for the pre-tokens.
std::vector<uint64_t> count_uses(const Vocabulary& vocabulary,
                                 const std::vector<CountedString>& pretokens) {
  const Tokenizer tokenizer(vocabulary);
  std::vector<uint64_t> uses(vocabulary.size());
  std::vector<TokenId> tokens;
  for (const CountedString& pretoken : pretokens) {
    tokens.clear();
    tokenizer.encode(pretoken.text, tokens);
    for (const TokenId token : tokens) uses[token] += pretoken.count;
  }
  return uses;
}

// Bands of falling frequency (of a factor of eight each), strings in order inside a band:
// neighbours share prefixes, which the vocabulary's front coding saves, and small ids stay
// frequent.
void sort_for_packing(std::vector<std::string>& strings, std::vector<uint64_t>& uses) {
  std::vector<uint32_t> order(strings.size());
  for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    const auto band_a = std::bit_width(uses[a]) / 3;
    const auto band_b = std::bit_width(uses[b]) / 3;
    return band_a != band_b ? band_a > band_b : strings[a] < strings[b];
  });
  std::vector<std::string> sorted;
  sorted.reserve(strings.size());
  for (const uint32_t i : order) sorted.push_back(std::move(strings[i]));
  strings = std::move(sorted);
}

}  // namespace

Result<Vocabulary> build_vocabulary(std::span<const std::string_view> texts,
                                    const TokenLevelOptions& options, const Progress& progress) {
  CENTO_ASSIGN_OR_RETURN(const std::vector<CountedString> pretokens,
                         count_pretokens(texts, progress));
  const uint32_t max_merged =
      std::clamp(options.max_vocabulary, kFirstMergedToken, kMaxVocabulary) - kFirstMergedToken;
  std::vector<std::string> strings = frequent_characters(pretokens, options.min_count);
  if (strings.size() > max_merged) strings.resize(max_merged);

  std::vector<WeightedSequence> sequences = to_characters(pretokens);
  CENTO_ASSIGN_OR_RETURN(
      const std::vector<Merge> merges,
      crystallize(sequences,
                  {.first_new_symbol = kCodePoints,
                   .max_new_symbols = max_merged - static_cast<uint32_t>(strings.size()),
                   .min_count = options.min_count},
                  progress));
  for (std::string& text : spell_merges(merges)) strings.push_back(std::move(text));

  // Tokens that others have made idle are dropped; that shifts uses to others, so look again.
  std::vector<uint64_t> uses;
  for (bool dropped = true; dropped;) {
    CENTO_ASSIGN_OR_RETURN(const Vocabulary vocabulary, Vocabulary::create(strings));
    const std::vector<uint64_t> all_uses = count_uses(vocabulary, pretokens);
    std::vector<std::string> kept;
    uses.clear();
    for (size_t i = 0; i < strings.size(); ++i) {
      const uint64_t count = all_uses[kFirstMergedToken + i];
      if (count < options.min_count) continue;
      kept.push_back(std::move(strings[i]));
      uses.push_back(count);
    }
    dropped = kept.size() < strings.size();
    strings = std::move(kept);
  }
  sort_for_packing(strings, uses);
  return Vocabulary::create(strings);
}

}  // namespace cento
