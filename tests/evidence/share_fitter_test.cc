#include "evidence/share_fitter.h"

#include <doctest.h>

#include <cmath>

#include "base/random.h"
#include "evidence_fixture.h"

namespace cento {
namespace {

// What held-out texts say under `shares`, in bits, without a session that adapts them.
double bits_under(const test::EvidenceFixture& fixture, const Shares& shares,
                  ShareFitter* fitter = nullptr, bool with_classes = true) {
  const EvidenceModel model = fixture.model(with_classes, shares);
  Evidence evidence(model);
  Prediction prediction;
  double bits = 0;
  for (const auto& document : fixture.held_out) {
    evidence.reset();
    for (const TokenId token : document) {
      evidence.predict(evidence.position(), prediction);
      bits -= std::log2(prediction.probability(token));
      if (fitter != nullptr) fitter->add(prediction, token);
      evidence.append(token);
    }
  }
  return bits;
}

TEST_CASE("more rounds make the held-out text more probable, never less") {
  for (const bool wrapped : {false, true}) {
    CAPTURE(wrapped);
    const test::EvidenceFixture fixture(test::town_texts(200, wrapped));
    ShareFitter fitter;
    double before = bits_under(fixture, Shares(), &fitter);
    for (const int rounds : {1, 2, 4, 8, 15, 30}) {
      CAPTURE(rounds);
      const auto fitted = fitter.fit(Shares(), {}, rounds);
      REQUIRE(fitted.is_ok());
      const double bits = bits_under(fixture, fitted.value());
      // Shares are kept in a byte each and drawn to their mean a little: the slack.
      if (rounds > 1) CHECK(bits < before * 1.001);
      before = bits;
    }
    CHECK(before < 0.97 * bits_under(fixture, Shares()));
  }
}

TEST_CASE("a planted mixture is found again") {
  // Texts drawn from the mixture itself, with shares far from where the fit begins.
  const test::EvidenceFixture fixture(test::town_texts(60, false));
  Shares planted;
  for (ExpertId expert = kUnigram; expert < kExpertCount; ++expert) {
    const bool speaks =
        expert == kUnigram || expert == kTokenContext || expert == kTokenContext + 1;
    const double share = expert == kUnigram ? 0.9 : expert == kTokenContext ? 0.6 : 0.2;
    for (uint32_t bucket = 0; bucket < kShareBuckets; ++bucket) {
      planted.set(expert, bucket, speaks ? share : 0);
    }
  }
  const EvidenceModel model = fixture.model(true, planted);
  Evidence evidence(model);
  Prediction prediction;
  ShareFitter fitter;
  Random random(77);
  constexpr uint32_t kSteps = 1u << 30;
  for (int i = 0; i < 12'000; ++i) {
    evidence.predict(evidence.position(), prediction);
    double rest = static_cast<double>(random.below(kSteps)) / kSteps;
    uint32_t token = 0;
    for (; token + 1 < fixture.vocabulary.size(); ++token) {
      rest -= prediction.probability(static_cast<TokenId>(token));
      if (rest < 0) break;
    }
    fitter.add(prediction, static_cast<TokenId>(token));
    evidence.append(static_cast<TokenId>(token));
  }
  const auto fitted = fitter.fit(planted, {}, 60);
  REQUIRE(fitted.is_ok());
  // Buckets differ in how often they were asked: their mean, weighed by that, is planted.
  std::array<double, kExpertCount> sums{};
  std::array<double, kExpertCount> asked{};
  evidence.reset();
  for (const TokenId token : fixture.held_out[0]) {
    evidence.predict(evidence.position(), prediction);
    for (const Opinion& opinion : prediction.opinions()) {
      sums[opinion.expert] += fitted.value().lambda(opinion.expert, opinion.bucket);
      ++asked[opinion.expert];
    }
    evidence.append(token);
  }
  CHECK(std::abs(sums[kUnigram] / asked[kUnigram] - 0.9) < 0.1);
  CHECK(std::abs(sums[kTokenContext] / asked[kTokenContext] - 0.6) < 0.1);
  CHECK(std::abs(sums[kTokenContext + 1] / asked[kTokenContext + 1] - 0.2) < 0.1);
}

TEST_CASE("experts that never spoke keep their shares") {
  const test::EvidenceFixture fixture(test::town_texts(40, false));
  Shares start;
  for (uint32_t bucket = 0; bucket < kShareBuckets; ++bucket) {
    start.set(kSessionContext, bucket, 0);
    start.set(kClassContext, bucket, 0.25);
  }
  ShareFitter fitter;
  bits_under(fixture, start, &fitter, false);
  const auto fitted = fitter.fit(start);
  REQUIRE(fitted.is_ok());
  CHECK(fitted.value().is_silent(kSessionContext));
  CHECK(fitted.value().lambda(kClassContext, 3) == start.lambda(kClassContext, 3));
}

TEST_CASE("nothing added leaves the shares as they are, and a fit can be cancelled") {
  const ShareFitter fitter;
  CHECK(fitter.size() == 0);
  CHECK(fitter.fit(Shares()).value().save() == Shares().save());
  const auto cancelled =
      fitter.fit(Shares(), [](std::string_view, uint64_t, uint64_t) { return false; });
  CHECK(cancelled.status().code() == StatusCode::kAborted);
}

}  // namespace
}  // namespace cento
