#include "evidence/evidence.h"

#include <doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/random.h"
#include "evidence_fixture.h"

namespace cento {
namespace {

using test::EvidenceFixture;
using Candidate = Prediction::Candidate;

const EvidenceFixture& towns() {
  static const auto* const fixture = new EvidenceFixture(test::town_texts(80, false));
  return *fixture;
}
const EvidenceFixture& wrapped_towns() {
  static const auto* const fixture = new EvidenceFixture(test::town_texts(80, true));
  return *fixture;
}

double sum_of(const Prediction& prediction, uint32_t vocabulary_size) {
  double sum = 0;
  for (uint32_t token = 0; token < vocabulary_size; ++token) {
    const double p = prediction.probability(static_cast<TokenId>(token));
    if (!(p > 0 && p < 1)) return -1;
    sum += p;
  }
  return sum;
}

// All of `tokens`, most probable first.
std::vector<Candidate> scan(const Prediction& prediction, const std::vector<TokenId>& tokens) {
  std::vector<Candidate> all;
  for (const TokenId token : tokens) all.push_back({token, prediction.probability(token)});
  std::sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
    return a.probability != b.probability ? a.probability > b.probability : a.token < b.token;
  });
  return all;
}

void check_begins(const std::vector<Candidate>& all, const std::vector<Candidate>& best, size_t k) {
  REQUIRE(best.size() == std::min(k, all.size()));
  for (size_t i = 0; i < best.size(); ++i) {
    CAPTURE(i);
    CHECK(best[i].token == all[i].token);
    CHECK(best[i].probability == all[i].probability);
  }
}

std::vector<TokenId> every_token(uint32_t vocabulary_size) {
  std::vector<TokenId> tokens(vocabulary_size);
  for (uint32_t token = 0; token < vocabulary_size; ++token) {
    tokens[token] = static_cast<TokenId>(token);
  }
  return tokens;
}

// Reads held-out texts, and calls `check` at seeded positions; `every` is their mean distance.
template <typename Check>
void visit(const EvidenceFixture& fixture, bool with_classes, uint32_t every, const Check& check) {
  const EvidenceModel model = fixture.model(with_classes);
  Evidence evidence(model);
  Random random(17);
  uint32_t checks = 0;
  for (const auto& document : fixture.held_out) {
    evidence.reset();
    for (size_t i = 0; i < document.size(); ++i) {
      if (i == 0 || random.below(every) == 0) {
        CAPTURE(i);
        CAPTURE(with_classes);
        check(evidence);
        ++checks;
      }
      evidence.observe(document[i]);
    }
  }
  CHECK(checks > 20);
}

TEST_CASE("the probabilities of all tokens sum to 1 at any position") {
  for (const EvidenceFixture* fixture : {&towns(), &wrapped_towns()}) {
    for (const bool with_classes : {false, true}) {
      uint32_t line_starts = 0;
      visit(*fixture, with_classes, 20, [&](Evidence& evidence) {
        Prediction prediction;
        evidence.predict(evidence.position(), prediction);
        CHECK(std::abs(sum_of(prediction, fixture->vocabulary.size()) - 1) < 1e-9);
        const bool is_first = evidence.memory().size() == 0;
        if (evidence.position().is_line_start && !is_first) ++line_starts;
      });
      CAPTURE(line_starts);
      CHECK((line_starts > 0) == (fixture == &wrapped_towns()));
    }
  }
}

TEST_CASE("they sum to 1 after looking ahead, and looking ahead changes nothing") {
  const EvidenceFixture& fixture = wrapped_towns();
  Random random(3);
  visit(fixture, true, 60, [&](Evidence& evidence) {
    Prediction before;
    evidence.predict(evidence.position(), before);
    const double probability = before.probability(1);
    EvidencePosition ahead = evidence.position();
    for (int step = 0; step < 4; ++step) {
      evidence.advance(ahead,
                       fixture.stream[random.below(static_cast<uint32_t>(fixture.stream.size()))]);
    }
    Prediction prediction;
    evidence.predict(ahead, prediction);
    CHECK(std::abs(sum_of(prediction, fixture.vocabulary.size()) - 1) < 1e-9);
    evidence.predict(evidence.position(), before);
    CHECK(before.probability(1) == probability);
  });
}

TEST_CASE("the best tokens are those of a full scan") {
  for (const EvidenceFixture* fixture : {&towns(), &wrapped_towns()}) {
    const std::vector<TokenId> every = every_token(fixture->vocabulary.size());
    for (const bool with_classes : {false, true}) {
      Random random(8);
      visit(*fixture, with_classes, 25, [&](Evidence& evidence) {
        Prediction prediction;
        evidence.predict(evidence.position(), prediction);
        const std::vector<Candidate> all = scan(prediction, every);
        std::vector<Candidate> best;
        for (const uint32_t k : {0u, 1u, 3u, 40u, 5000u}) {
          CAPTURE(k);
          prediction.top(k, best);
          check_begins(all, best, k);
        }
        // Of these, the more probable than one of them.
        for (const size_t rank : {size_t{0}, size_t{2}, all.size() / 2, all.size() - 1}) {
          CAPTURE(rank);
          const double least = all[rank].probability;
          const auto k = static_cast<uint32_t>(all.size());
          prediction.top(k, best, Prediction::kAllFollowers, least);
          uint32_t more = 0;
          while (all[more].probability > least) ++more;
          check_begins(all, best, more);
        }
      });
    }
  }
}

TEST_CASE("the best of some tokens are those of a scan of these") {
  const EvidenceFixture& fixture = wrapped_towns();
  Random random(31);
  visit(fixture, true, 25, [&](Evidence& evidence) {
    Prediction prediction;
    evidence.predict(evidence.position(), prediction);
    std::vector<TokenId> allowed;
    for (uint32_t token = random.below(9); token < fixture.vocabulary.size();
         token += 1 + random.below(9)) {
      allowed.push_back(static_cast<TokenId>(token));
    }
    std::vector<Candidate> best;
    prediction.top_among(allowed, 5, best);
    check_begins(scan(prediction, allowed), best, 5);
    prediction.top_among({}, 5, best);
    CHECK(best.empty());
  });
}

TEST_CASE("what the experts contribute makes up the whole") {
  const EvidenceFixture& fixture = wrapped_towns();
  visit(fixture, true, 30, [&](Evidence& evidence) {
    Prediction prediction;
    evidence.predict(evidence.position(), prediction);
    std::vector<Testimony> testimonies;
    for (const TokenId token : {TokenId{kDocumentEnd}, fixture.stream[9], TokenId{300}}) {
      prediction.explain(token, testimonies);
      double contributions = 0;
      double chained = 0;  // as the experts are interpolated, weakest first
      double weights = 0;
      for (const Testimony& testimony : testimonies) {
        contributions += testimony.contribution;
        chained += testimony.opinion->lambda * (testimony.probability - chained);
        weights += testimony.opinion->weight;
      }
      CHECK(std::abs(contributions - 1) < 1e-9);
      CHECK(std::abs(weights - 1) < 1e-9);
      CHECK(std::abs(chained / prediction.probability(token) - 1) < 1e-9);
    }
  });
}

TEST_CASE("after a line break the next word is found as if there were none") {
  // "alpha beta gamma" stands 30 times on one line and never with a break.
  std::vector<std::string> texts;
  for (int i = 0; i < 30; ++i) {
    texts.push_back("alpha beta gamma delta.\nThe epsilon zeta is " + std::to_string(i) + ".\n");
  }
  const EvidenceFixture fixture(texts);
  const EvidenceModel model = fixture.model();
  const auto gamma = fixture.vocabulary.find("gamma");
  if (!gamma) return;  // no token of its own without a space
  Evidence evidence(model);
  std::vector<TokenId> tokens;
  Tokenizer(fixture.vocabulary).encode("alpha beta\n", tokens);
  for (const TokenId token : tokens) evidence.append(token);
  Prediction prediction;
  evidence.predict(evidence.position(), prediction);
  std::vector<Testimony> testimonies;
  prediction.explain(*gamma, testimonies);
  double unwrapped = 0;
  for (const Testimony& testimony : testimonies) {
    if (level_of(testimony.opinion->expert) == EvidenceLevel::kUnwrapped) {
      unwrapped += testimony.contribution;
    }
  }
  CHECK(unwrapped > 0.5);
}

TEST_CASE("a session makes its own words probable, and a reset forgets them") {
  const EvidenceFixture& fixture = towns();
  const EvidenceModel model = fixture.model();
  Evidence evidence(model);
  const std::vector<TokenId> rare = {'Q', 'z', 'Q', 'x'};  // bytes are tokens 1 + byte or so
  const double first = evidence.observe(rare[0]);
  for (int round = 0; round < 20; ++round) {
    for (const TokenId token : rare) evidence.observe(token);
  }
  Prediction prediction;
  evidence.predict(evidence.position(), prediction);
  CHECK(prediction.probability(rare[0]) > 0.5);
  evidence.reset();
  CHECK(evidence.observe(rare[0]) == first);
}

TEST_CASE("levels without a share have no say") {
  const EvidenceFixture& fixture = wrapped_towns();
  Shares shares;
  for (ExpertId expert = 1; expert < kExpertCount; ++expert) {
    if (level_of(expert) == EvidenceLevel::kToken) continue;
    for (uint32_t bucket = 0; bucket < kShareBuckets; ++bucket) shares.set(expert, bucket, 0);
  }
  const EvidenceModel model = fixture.model(true, shares);
  Evidence evidence(model);
  Prediction prediction;
  for (const TokenId token : fixture.held_out[0]) {
    evidence.predict(evidence.position(), prediction);
    for (const Opinion& opinion : prediction.opinions()) {
      const bool speaks =
          opinion.expert == kUniform || level_of(opinion.expert) == EvidenceLevel::kToken;
      CHECK(speaks);
    }
    CHECK(std::abs(sum_of(prediction, fixture.vocabulary.size()) - 1) < 1e-9);
    evidence.observe(token);
  }
}

// Lines of invented words, the same whatever compiler built this: one draw a statement.
std::vector<std::string> drawn_texts() {
  Random random(40);
  std::vector<std::string> texts;
  for (int document = 0; document < 40; ++document) {
    std::string text;
    uint32_t word = random.below(30);
    for (int i = 0; i < 150; ++i) {
      const uint32_t step = random.below(4);
      word = (word * 3 + step) % 30;
      text += static_cast<char>('a' + word % 7);
      text += static_cast<char>('k' + word / 7);
      const uint32_t gap = random.below(9);
      text += gap == 0 ? ".\n" : gap == 1 ? "\n  " : " ";
    }
    texts.push_back(text);
  }
  return texts;
}

TEST_CASE("a scored text has the same bits on every platform") {
  const EvidenceFixture fixture(drawn_texts());
  const EvidenceModel model = fixture.model();
  Evidence evidence(model);
  uint64_t hash = 0xCBF29CE484222325u;
  for (const auto& document : fixture.held_out) {
    evidence.reset();
    for (const TokenId token : document) {
      const double probability = evidence.observe(token);
      uint64_t bits;
      std::memcpy(&bits, &probability, sizeof bits);
      hash = (hash ^ bits) * 0x100000001B3u;
    }
  }
  CHECK(hash == 0x8C0783F5186B69D1u);
}

}  // namespace
}  // namespace cento
