#include "build/stem_rules.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "build/snowball.h"
#include "text/search_words.h"

namespace cento {
namespace {

constexpr size_t kMaxActions = 256;
constexpr size_t kLongestWord = 254;
constexpr uint64_t kExactFrom = 1;

// What makes the stem of a word: never cuts inside a character.
StemAction action_for(std::string_view word, std::string_view stem) {
  size_t same = 0;
  while (same < word.size() && same < stem.size() && word[same] == stem[same]) ++same;
  const auto inside_character = [](std::string_view text, size_t at) {
    return at < text.size() && (text[at] & 0xC0) == 0x80;
  };
  while (inside_character(word, same) || inside_character(stem, same)) --same;
  return {static_cast<uint8_t>(word.size() - same), std::string(stem.substr(same))};
}

// Finds the rules over the tree of the words from behind.
class RuleMaker {
 public:
  RuleMaker(std::vector<StemmedWord> words, uint64_t exact_from) : words_(std::move(words)) {
    std::erase_if(words_, [](const StemmedWord& w) { return w.word.size() > kLongestWord; });
    for (StemmedWord& word : words_) {
      actions_.push_back(action_for(word.word, word.stem));
      std::reverse(word.word.begin(), word.word.end());
      word.word += Stemmer::kWordBegin;
    }
    choose_actions();
    sort_words(exact_from);
  }

  Stemmer make() {
    if (leaves_.empty()) return {};
    grow(0, leaves_.size(), 0);
    place(static_cast<uint32_t>(nodes_.size() - 1), identity_);
    Result<Stemmer> stemmer = Stemmer::create(kept_, rules_);
    return stemmer.is_ok() ? std::move(stemmer).value() : Stemmer();
  }

 private:
  using Actions = std::vector<uint32_t>;  // ascending

  struct Leaf {
    std::string_view reversed;
    uint32_t action;
    bool matters;
  };
  struct Node {
    size_t begin;  // leaves
    size_t end;
    size_t depth;  // bytes of the ending
    bool any;      // every action will do
    Actions best;  // otherwise those with the fewest rules below
    std::vector<uint32_t> children;
  };

  // The most frequent changes, and that of nothing.
  void choose_actions() {
    std::map<StemAction, uint64_t> counts;
    for (const StemAction& action : actions_) ++counts[action];
    counts[StemAction{}] += words_.size();
    std::vector<std::pair<StemAction, uint64_t>> order(counts.begin(), counts.end());
    std::stable_sort(order.begin(), order.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    order.resize(std::min(order.size(), kMaxActions));
    for (const auto& [action, count] : order) {
      if (action == StemAction{}) identity_ = static_cast<uint32_t>(kept_.size());
      kept_.push_back(action);
    }
  }

  void sort_words(uint64_t exact_from) {
    for (size_t i = 0; i < words_.size(); ++i) {
      const auto at = std::find(kept_.begin(), kept_.end(), actions_[i]);
      const bool matters = at != kept_.end() && words_[i].count >= exact_from;
      leaves_.push_back({words_[i].word, static_cast<uint32_t>(at - kept_.begin()), matters});
    }
    std::sort(leaves_.begin(), leaves_.end(),
              [](const Leaf& a, const Leaf& b) { return a.reversed < b.reversed; });
  }

  // Makes the node of the leaves [begin, end), which have their first `depth` bytes in common, and
  // those below it; returns its number.
  uint32_t grow(size_t begin, size_t end, size_t depth) {
    Node node{begin, end, depth, true, {}, {}};
    if (end - begin == 1) {
      // All endings of a lone word say the same.
      node.any = !leaves_[begin].matters;
      if (!node.any) node.best = {leaves_[begin].action};
    } else {
      std::vector<uint32_t> votes(kept_.size());
      for (size_t at = begin; at < end;) {
        size_t next = at + 1;
        while (next < end && leaves_[next].reversed[depth] == leaves_[at].reversed[depth]) ++next;
        const uint32_t child = grow(at, next, depth + 1);
        node.children.push_back(child);
        if (!nodes_[child].any) {
          for (const uint32_t action : nodes_[child].best) ++votes[action];
        }
        at = next;
      }
      // An ending cannot lose more than it has.
      uint32_t most = 1;
      for (uint32_t action = 0; action < votes.size(); ++action) {
        if (kept_[action].cut > depth || votes[action] < most) continue;
        if (votes[action] > most) node.best.clear();
        most = votes[action];
        node.best.push_back(action);
      }
      node.any = node.best.empty();
    }
    nodes_.push_back(std::move(node));
    return static_cast<uint32_t>(nodes_.size() - 1);
  }

  // Adds the rules of a node and below, where `inherited` holds above it.
  void place(uint32_t at, uint32_t inherited) {
    const Node& node = nodes_[at];
    uint32_t action = inherited;
    if (!node.any && !std::binary_search(node.best.begin(), node.best.end(), inherited)) {
      action = most_frequent(node);
      rules_.push_back(rule_for(node, action));
    }
    for (const uint32_t child : node.children) place(child, action);
  }

  uint32_t most_frequent(const Node& node) const {
    std::vector<uint64_t> support(kept_.size());
    for (size_t i = node.begin; i < node.end; ++i) {
      if (leaves_[i].matters) ++support[leaves_[i].action];
    }
    return *std::max_element(node.best.begin(), node.best.end(), [&](uint32_t a, uint32_t b) {
      return support[a] != support[b] ? support[a] < support[b] : a > b;
    });
  }

  // The ending of a lone word goes on until it has what the action takes off.
  StemRule rule_for(const Node& node, uint32_t action) const {
    const std::string_view reversed = leaves_[node.begin].reversed;
    const size_t length = std::max<size_t>(node.depth, kept_[action].cut);
    return {std::string(reversed.substr(0, length)), static_cast<uint8_t>(action)};
  }

  std::vector<StemmedWord> words_;
  std::vector<StemAction> actions_;  // of each word
  std::vector<StemAction> kept_;
  uint32_t identity_ = 0;
  std::vector<Leaf> leaves_;
  std::vector<Node> nodes_;
  std::vector<StemRule> rules_;
};

}  // namespace

Stemmer make_stem_rules(std::vector<StemmedWord> words, uint64_t exact_from) {
  return RuleMaker(std::move(words), exact_from).make();
}

std::vector<StemmedWord> stem_words(std::span<const Document> documents,
                                    std::string_view language) {
  const Snowball snowball(language);
  std::unordered_map<std::string, uint64_t> counts;
  std::vector<SearchWord> found;
  const auto count = [&](std::string_view text) {
    found.clear();
    find_search_words(text, found);
    for (const SearchWord& word : found) {
      if (!word.is_number) ++counts[fold_word(text.substr(word.begin, word.end - word.begin))];
    }
  };
  for (const Document& document : documents) {
    count(document.title);
    count(document.text);
  }
  std::vector<StemmedWord> words;
  for (const auto& [word, times] : counts) {
    // Snowball's buffers are sized in int.
    const bool fits = word.size() <= kLongestWord;
    words.push_back({word, fits ? snowball.stem(word) : word, times});
  }
  std::sort(words.begin(), words.end(),
            [](const StemmedWord& a, const StemmedWord& b) { return a.word < b.word; });
  return words;
}

Stemmer build_stemmer(std::span<const Document> documents, std::string_view language) {
  if (!Snowball(language).knows_language()) return {};
  return make_stem_rules(stem_words(documents, language), kExactFrom);
}

}  // namespace cento
