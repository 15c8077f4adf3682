#include "build/vocabulary_growth.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "text/pretokenizer.h"
#include "text/tokenizer.h"

namespace cento {
namespace {

constexpr uint32_t kMinCount = 4;      // as for the tokens of a full build
constexpr size_t kLongestToken = 255;  // bytes, see Vocabulary::create

// Words that are not tokens, those first that save most.
std::vector<std::string> candidates(const Vocabulary& base,
                                    std::span<const std::string_view> added) {
  std::map<std::string_view, uint32_t> counts;
  for (const std::string_view text : added) {
    Pretokenizer pretokenizer(text);
    for (Pretoken pretoken; pretokenizer.next(pretoken);) {
      const std::string_view word = text.substr(pretoken.begin, pretoken.end - pretoken.begin);
      if (pretoken.kind == PretokenKind::kByte || word.size() < 2 || word.size() > kLongestToken ||
          base.find(word)) {
        continue;
      }
      ++counts[word];
    }
  }
  struct Candidate {
    std::string_view word;
    uint64_t saved;  // tokens
  };
  const Tokenizer tokenizer(base);
  std::vector<Candidate> found;
  std::vector<TokenId> tokens;
  for (const auto& [word, count] : counts) {
    if (count < kMinCount) continue;
    tokens.clear();
    tokenizer.encode(word, tokens);
    if (tokens.size() > 1) found.push_back({word, uint64_t{count} * (tokens.size() - 1)});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Candidate& a, const Candidate& b) { return a.saved > b.saved; });
  std::vector<std::string> words;
  words.reserve(found.size());
  for (const Candidate& candidate : found) words.emplace_back(candidate.word);
  return words;
}

// The tokens from `first_new` on that the documents would be spelled with.
std::set<TokenId> used_in(const Vocabulary& vocabulary, uint32_t first_new,
                          std::span<const SpelledText> kept) {
  const Tokenizer tokenizer(vocabulary);
  std::set<TokenId> used;
  std::vector<TokenId> tokens;
  for (const SpelledText& document : kept) {
    tokens.clear();
    tokenizer.encode(document.text, tokens);
    if (std::equal(tokens.begin(), tokens.end(), document.tokens.begin(), document.tokens.end())) {
      continue;
    }
    for (const TokenId token : tokens) {
      if (token >= first_new) used.insert(token);
    }
  }
  return used;
}

}  // namespace

Result<Vocabulary> append(const Vocabulary& base, std::span<const std::string> strings) {
  std::vector<std::string> merged;
  for (uint32_t id = kFirstMergedToken; id < base.size(); ++id) {
    merged.emplace_back(base.text(static_cast<TokenId>(id)));
  }
  merged.insert(merged.end(), strings.begin(), strings.end());
  return Vocabulary::create(merged);
}

std::vector<std::string> appended_tokens(const Vocabulary& base,
                                         std::span<const std::string_view> added,
                                         std::span<const SpelledText> kept, uint32_t most) {
  std::vector<std::string> strings = candidates(base, added);
  if (strings.size() > most) strings.resize(most);
  // Two runs of the vocabulary's section: words after a space and others.
  std::sort(strings.begin(), strings.end(), [](const std::string& a, const std::string& b) {
    const bool a_is_spaced = a.front() == ' ';
    const bool b_is_spaced = b.front() == ' ';
    return a_is_spaced != b_is_spaced ? a_is_spaced : a < b;
  });
  while (!strings.empty()) {
    const Result<Vocabulary> grown = append(base, strings);
    if (!grown.is_ok()) return {};
    const std::set<TokenId> used = used_in(grown.value(), base.size(), kept);
    if (used.empty()) break;
    std::vector<std::string> harmless;
    for (size_t i = 0; i < strings.size(); ++i) {
      if (!used.contains(static_cast<TokenId>(base.size() + i))) harmless.push_back(strings[i]);
    }
    strings = std::move(harmless);
  }
  return strings;
}

void append_classes(std::span<const TokenId> stream, std::span<const std::vector<TokenId>> added,
                    uint32_t vocabulary_size, std::vector<uint8_t>& class_of) {
  const auto first_new = static_cast<uint32_t>(class_of.size());
  std::array<uint32_t, kMaxClasses> members{};
  for (const uint8_t c : class_of) ++members[c];
  const auto largest =
      static_cast<uint8_t>(std::max_element(members.begin(), members.end()) - members.begin());

  // Which new tokens stand between two classes, and how often each class does.
  std::map<uint32_t, std::vector<uint32_t>> tokens_between;
  const auto between = [&](TokenId left, TokenId right) {
    return uint32_t{class_of[left]} * kMaxClasses + class_of[right];
  };
  for (const std::vector<TokenId>& document : added) {
    for (size_t i = 0; i < document.size(); ++i) {
      if (document[i] < first_new) continue;
      const TokenId left = i == 0 ? kDocumentEnd : document[i - 1];
      const TokenId right = i + 1 == document.size() ? kDocumentEnd : document[i + 1];
      if (left < first_new && right < first_new) {
        tokens_between[between(left, right)].push_back(document[i] - first_new);
      }
    }
  }
  std::vector<std::array<uint64_t, kMaxClasses>> votes(vocabulary_size - first_new);
  for (size_t i = 1; i + 1 < stream.size(); ++i) {
    const auto found = tokens_between.find(between(stream[i - 1], stream[i + 1]));
    if (found == tokens_between.end() || stream[i] == kDocumentEnd) continue;
    for (const uint32_t token : found->second) ++votes[token][class_of[stream[i]]];
  }
  for (const std::array<uint64_t, kMaxClasses>& vote : votes) {
    const auto best = std::max_element(vote.begin(), vote.end());
    class_of.push_back(*best == 0 ? largest : static_cast<uint8_t>(best - vote.begin()));
  }
}

}  // namespace cento
