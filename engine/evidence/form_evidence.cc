#include "evidence/form_evidence.h"

#include <algorithm>
#include <vector>

#include "base/log2.h"

namespace cento {
namespace {

constexpr size_t kSeamLeft = 4;  // classes that are looked at
constexpr size_t kSeamRight = 2;
constexpr double kContextStrength = 30;  // a context seen so often weighs as much as all shorter

// log2 of the probability of `symbol` after the contexts of `state`: from the uniform distribution
// up, each context is interpolated with everything below it (Jelinek & Mercer 1980).
double log2_prob(const PatternIndex& index, const ContextState& state, Symbol symbol) {
  double prob = 1.0 / index.alphabet();
  const auto contexts = state.contexts();
  for (size_t i = contexts.size(); i-- > 0;) {  // shortest first
    const double count = contexts[i].range.count();
    const double followed = index.count_follower(contexts[i].range, symbol);
    prob = (kContextStrength * prob + followed) / (kContextStrength + count);
  }
  return log2_fixed(prob);
}

}  // namespace

double FormScorer::seam_bits(std::span<const uint8_t> left, std::span<const uint8_t> right) const {
  if (left.empty()) return 0;
  ContextState across(*classes_);
  for (const uint8_t c : left.last(std::min(left.size(), kSeamLeft))) across.append(c);
  ContextState alone(*classes_);
  double bits = 0;
  for (const uint8_t c : right.first(std::min(right.size(), kSeamRight))) {
    bits += log2_prob(*classes_, across, c) - log2_prob(*classes_, alone, c);
    across.append(c);
    alone.append(c);
  }
  return bits;
}

double FormScorer::sentence_bits(std::span<const uint8_t> classes) const {
  if (classes.empty()) return 0;
  const ContextState nothing(*classes_);
  ContextState context(*classes_);
  double bits = 0;
  for (const uint8_t c : classes) {
    bits += log2_prob(*classes_, context, c) - log2_prob(*classes_, nothing, c);
    context.append(c);
  }
  return bits / static_cast<double>(classes.size());
}

double seam_bits(const EvidenceModel& model, std::span<const TokenId> left,
                 std::span<const TokenId> right) {
  if (!model.has_classes()) return 0;
  const auto classes_of = [&](std::span<const TokenId> tokens) {
    std::vector<uint8_t> classes;
    bool is_wrapped = false;
    for (const TokenId token : tokens) {
      const bool is_wrap = model.is_wrap(token);
      if (!is_wrap) classes.push_back(model.class_of()[is_wrapped ? model.spaced(token) : token]);
      is_wrapped = is_wrap;
    }
    return classes;
  };
  return FormScorer(model.classes()).seam_bits(classes_of(left), classes_of(right));
}

}  // namespace cento
