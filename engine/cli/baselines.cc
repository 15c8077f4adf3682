#include "cli/baselines.h"

#include <algorithm>

#include "base/log2.h"

namespace cento::cli {
namespace {

constexpr size_t kPromptBytes = 4096;  // of the prompt's end, which is more than contexts reach
constexpr uint32_t kMaxTokens = 24;
constexpr uint32_t kFollowers = 32;  // of each context that are looked at
constexpr uint32_t kOrder = 5;
constexpr double kDiscount = 0.75;

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

uint32_t count_words(std::string_view text) {
  uint32_t words = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (!is_space(text[i]) && (i == 0 || is_space(text[i - 1]))) ++words;
  }
  return words;
}

class Model {
 public:
  Model(Baseline baseline, const PatternIndex& index) : baseline_(baseline), index_(index) {}

  // The best follower that `fits`, and its probability; probability 0 where there is none.
  template <typename Fits>
  std::pair<TokenId, double> best(const ContextState& state, const Fits& fits) {
    std::pair<TokenId, double> best{kDocumentEnd, 0};
    for (const ContextState::Context& context : state.contexts()) {
      if (baseline_ == Baseline::kOrder5 && context.length >= kOrder) continue;
      index_.followers(context.range, kFollowers, followers_);
      for (const Follower& follower : followers_) {
        if (!fits(follower.symbol)) continue;
        // One more place keeps a context that stands once from being sure.
        const double p = baseline_ == Baseline::kOrder5
                             ? probability(state, follower.symbol)
                             : follower.count / (context.range.count() + 1.0);
        if (p > best.second) best = {follower.symbol, p};
      }
      if (baseline_ == Baseline::kLongestContext && best.second > 0) break;
    }
    return best;
  }

 private:
  double probability(const ContextState& state, TokenId token) const {
    double p = 1.0 / index_.alphabet();
    const auto contexts = state.contexts();
    for (size_t i = contexts.size(); i-- > 0;) {  // shortest first
      const auto [length, range] = contexts[i];
      if (length >= kOrder) break;
      const double distinct = index_.distinct_followers(range, length);
      const double count = index_.count_follower(range, token);
      p = (std::max(count - kDiscount, 0.0) + kDiscount * distinct * p) / range.count();
    }
    return p;
  }

  Baseline baseline_;
  const PatternIndex& index_;
  std::vector<Follower> followers_;
};

}  // namespace

Continuation continue_greedily(Baseline baseline, const PatternIndex& index,
                               const Vocabulary& vocabulary, std::string_view prompt,
                               uint32_t words) {
  // A space at the end leads the next word.
  const bool leads = prompt.ends_with(' ');
  if (leads) prompt.remove_suffix(1);
  size_t from = prompt.size() - std::min(prompt.size(), kPromptBytes);
  if (from > 0) from = std::min(prompt.find(' ', from), prompt.size());
  std::vector<TokenId> tokens;
  Tokenizer(vocabulary).encode(prompt.substr(from), tokens);
  ContextState state(index);
  if (from == 0) state.append(kDocumentEnd);
  for (const TokenId token : tokens) state.append(token);

  Model model(baseline, index);
  Continuation made;
  for (uint32_t i = 0; i < kMaxTokens; ++i) {
    const auto fits = [&](TokenId token) {
      const std::string_view text = vocabulary.text(token);
      return token != kDocumentEnd && (i > 0 || !leads || (text.size() > 1 && text[0] == ' '));
    };
    const auto [token, p] = model.best(state, fits);
    if (p == 0) break;
    const std::string_view text = vocabulary.text(token);
    if (is_space(text[0]) && count_words(made.text) >= words) break;  // the last word is whole
    made.text += text;
    made.confidence += log2_fixed(p);
    state.append(token);
  }
  if (leads && !made.text.empty()) made.text.erase(0, 1);
  return made;
}

}  // namespace cento::cli
