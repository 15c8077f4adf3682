#include "compose/evidence_answers.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/log2.h"
#include "base/sort.h"
#include "evidence/expert_names.h"
#include "text/tokenizer.h"

namespace cento {
namespace {

std::vector<TokenId> encode(const EvidenceModel& model, std::string_view text) {
  std::vector<TokenId> tokens;
  Tokenizer(model.vocabulary()).encode(text, tokens);
  return tokens;
}

// Evidence that has read `text`.
Evidence read(const EvidenceModel& model, std::string_view text) {
  Evidence evidence(model);
  for (const TokenId token : encode(model, text)) evidence.observe(token);
  return evidence;
}

// The tokens of a context that is one of tokens; empty for others.
std::string context_text(const Evidence& evidence, const Opinion& opinion) {
  const PatternIndex& index = evidence.model().tokens();
  std::vector<TokenId> tokens;
  if (opinion.expert >= kSessionContext) {
    for (auto id = opinion.node; id != SessionMemory::kNoNode;
         id = evidence.memory().node(id).parent) {
      tokens.push_back(evidence.memory().node(id).token);
    }
    std::reverse(tokens.begin(), tokens.end());
  } else if (opinion.expert >= kUnwrapped) {
    // The context as it stands in the pack, which is how it was read.
    index.extract(index.locate(opinion.range.begin) - opinion.length, opinion.length, tokens);
  }
  std::string text;
  Tokenizer(evidence.model().vocabulary()).decode(tokens, text);
  return text;
}

uint64_t count_words(std::string_view text) {
  constexpr std::string_view kWhiteSpace = " \t\r\n";
  uint64_t words = 0;
  bool is_inside = false;
  for (const char c : text) {
    const bool is_space = kWhiteSpace.find(c) != std::string_view::npos;
    if (!is_space && !is_inside) ++words;
    is_inside = !is_space;
  }
  return words;
}

// How far the probabilities of all tokens are from 1 together.
double sum_error(const Prediction& prediction, uint32_t vocabulary_size) {
  double sum = 0;
  for (uint32_t token = 0; token < vocabulary_size; ++token) {
    sum += prediction.probability(static_cast<TokenId>(token));
  }
  return sum > 1 ? sum - 1 : 1 - sum;
}

}  // namespace

Predictions predict_next(const EvidenceModel& model, std::string_view text, uint32_t limit) {
  Evidence evidence = read(model, text);
  Prediction prediction;
  evidence.predict(evidence.position(), prediction);
  std::vector<Prediction::Candidate> best;
  prediction.top(std::min(limit, model.vocabulary_size()), best);
  Predictions predictions;
  for (const auto& [token, probability] : best) {
    predictions.tokens.push_back({std::string(model.vocabulary().text(token)), token, probability});
  }
  return predictions;
}

Result<TokenExplanation> explain_next(const EvidenceModel& model, std::string_view text,
                                      std::string_view next) {
  const std::vector<TokenId> tokens = encode(model, next);
  if (tokens.empty()) {
    return Status::invalid_argument("There is nothing to explain: the next text is empty.");
  }
  const TokenId token = tokens.front();
  Evidence evidence = read(model, text);
  Prediction prediction;
  evidence.predict(evidence.position(), prediction);
  std::vector<Testimony> testimonies;
  prediction.explain(token, testimonies);

  TokenExplanation explanation;
  explanation.token = model.vocabulary().text(token);
  explanation.probability = prediction.probability(token);
  explanation.bits = -log2_fixed(explanation.probability);
  explanation.levels = level_shares(testimonies);
  for (const Testimony& testimony : testimonies) {
    const Opinion& opinion = *testimony.opinion;
    explanation.experts.push_back({.expert = std::string(expert_name(opinion.expert)),
                                   .level = std::string(level_name(level_of(opinion.expert))),
                                   .context = context_text(evidence, opinion),
                                   .context_length = opinion.length,
                                   .count = opinion.count,
                                   .distinct = opinion.distinct,
                                   .followers = testimony.count,
                                   .lambda = opinion.lambda,
                                   .probability = testimony.probability,
                                   .contribution = testimony.contribution});
  }
  return explanation;
}

Score score_text(const EvidenceModel& model, std::string_view text, uint32_t check_every) {
  std::vector<TokenId> tokens = encode(model, text);
  tokens.push_back(kDocumentEnd);
  Evidence evidence(model);
  Prediction prediction;
  Score score;
  score.tokens = tokens.size();
  score.bytes = text.size();
  score.words = count_words(text);
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (check_every > 0 && (i + 1) % check_every == 0) {
      evidence.predict(evidence.position(), prediction);
      ++score.sums;
      score.max_sum_error =
          std::max(score.max_sum_error, sum_error(prediction, model.vocabulary_size()));
    }
    score.bits -= log2_fixed(evidence.observe(tokens[i]));
  }
  return score;
}

std::vector<LevelShare> level_shares(std::span<const Testimony> testimonies) {
  std::array<double, kEvidenceLevels> sums{};
  for (const Testimony& testimony : testimonies) {
    sums[static_cast<size_t>(level_of(testimony.opinion->expert))] += testimony.contribution;
  }
  std::vector<LevelShare> shares;
  for (uint32_t level = 0; level < kEvidenceLevels; ++level) {
    if (sums[level] == 0) continue;
    shares.push_back({std::string(level_name(static_cast<EvidenceLevel>(level))), sums[level]});
  }
  stable_sort(std::span(shares),
              [](const LevelShare& a, const LevelShare& b) { return a.share > b.share; });
  return shares;
}

}  // namespace cento
