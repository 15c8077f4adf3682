#include "evidence/shares.h"

#include <doctest.h>

#include <cmath>

#include "base/random.h"

namespace cento {
namespace {

bool are_equal(const Shares& a, const Shares& b) {
  for (ExpertId expert = 0; expert < kExpertCount; ++expert) {
    for (uint32_t bucket = 0; bucket < kShareBuckets; ++bucket) {
      if (a.lambda(expert, bucket) != b.lambda(expert, bucket)) return false;
    }
  }
  return true;
}

TEST_CASE("shares are kept to within a hundredth, the small ones finer") {
  Shares shares;
  for (uint32_t i = 0; i < kShareBuckets; ++i) {
    const double wanted = i / 256.0;
    shares.set(kTokenContext, i, wanted);
    CAPTURE(wanted);
    CHECK(std::abs(shares.lambda(kTokenContext, i) - wanted) < 0.005);
  }
  shares.set(kUnigram, 0, 1e-4);
  CHECK(shares.lambda(kUnigram, 0) == doctest::Approx(1e-4).epsilon(0.5));
  shares.set(kUnigram, 0, 0);
  CHECK(shares.lambda(kUnigram, 0) == 0);
  shares.set(kUnigram, 0, 1);
  CHECK(shares.lambda(kUnigram, 0) < 1);  // something is always left to the others
}

TEST_CASE("an expert is silent when none of its shares is left, the uniform one never") {
  Shares shares;
  for (uint32_t bucket = 0; bucket < kShareBuckets; ++bucket) {
    CHECK(!shares.is_silent(kSlowDecay));
    shares.set(kSlowDecay, bucket, 0);
    shares.set(kUniform, bucket, 0);
  }
  CHECK(shares.is_silent(kSlowDecay));
  CHECK(!shares.is_silent(kUniform));
  CHECK(shares.lambda(kUniform, 7) == 1);
}

TEST_CASE("default shares of contexts grow with the count and fall with the variety") {
  const Shares shares;
  for (const ExpertId expert : {kTokenContext, kSessionContext, kClassContext, kUnwrapped}) {
    CHECK(shares.lambda(expert, context_bucket(1000, 10)) >
          shares.lambda(expert, context_bucket(3, 1)));
    CHECK(shares.lambda(expert, context_bucket(100, 2)) >
          shares.lambda(expert, context_bucket(100, 90)));
  }
}

TEST_CASE("a saved table comes back") {
  Random random(21);
  Shares shares;
  for (ExpertId expert = kUnigram; expert < kExpertCount; ++expert) {
    for (uint32_t bucket = 0; bucket < kShareBuckets; ++bucket) {
      shares.set(expert, bucket, random.below(1001) / 1000.0);
    }
  }
  const auto loaded = load_new<Shares>(shares.save());
  REQUIRE(loaded.is_ok());
  CHECK(are_equal(loaded.value(), shares));
}

TEST_CASE("an empty table is the default, a partial one leaves the rest as it is") {
  CHECK(are_equal(load_new<Shares>(Bytes()).value(), Shares()));
  Shares expected;
  std::vector<uint8_t> table = {kTokenContext};
  for (uint32_t bucket = 0; bucket < kShareBuckets; ++bucket) {
    expected.set(kTokenContext, bucket, 0);
    table.push_back(0);
  }
  CHECK(are_equal(load_new<Shares>(table).value(), expected));
}

TEST_CASE("experts that this version does not know are skipped") {
  std::vector<uint8_t> table = Shares().save();
  for (const uint32_t unknown : {uint32_t{kExpertCount}, 200u, 255u}) {
    table.push_back(static_cast<uint8_t>(unknown));
    table.insert(table.end(), kShareBuckets, 77);
  }
  const auto loaded = load_new<Shares>(table);
  REQUIRE(loaded.is_ok());
  CHECK(are_equal(loaded.value(), Shares()));
}

TEST_CASE("a damaged table is refused at the expert where the damage is") {
  const std::vector<uint8_t> whole = Shares().save();
  constexpr size_t kRow = 1 + kShareBuckets;
  for (const size_t length : {size_t{1}, kRow - 1, kRow + 1, whole.size() - 1}) {
    CAPTURE(length);
    const auto loaded = load_new<Shares>(std::span(whole).first(length));
    REQUIRE(!loaded.is_ok());
    CHECK(loaded.status().code() == StatusCode::kIntegrity);
    CHECK(loaded.status().offset() == length / kRow * kRow);
  }
  for (const auto& [row, expert] : {std::pair{3, 3}, {3, 0}, {7, 2}}) {
    std::vector<uint8_t> table = whole;  // experts twice, or out of order
    table[static_cast<size_t>(row) * kRow] = static_cast<uint8_t>(expert);
    const auto loaded = load_new<Shares>(table);
    REQUIRE(!loaded.is_ok());
    CHECK(loaded.status().code() == StatusCode::kIntegrity);
    CHECK(loaded.status().offset() == static_cast<size_t>(row) * kRow);
  }
}

}  // namespace
}  // namespace cento
