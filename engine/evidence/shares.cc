#include "evidence/shares.h"

#include <algorithm>

namespace cento {
namespace {

constexpr double kDefaultShare = 0.1;  // of experts that have no context

// A byte q stands for x²/(x² + (1-x)²) with x = q/256: fine steps near both ends, exactly 0 for 0.
struct LambdaTable {
  std::array<double, 256> values{};
  constexpr LambdaTable() {
    for (size_t q = 0; q < values.size(); ++q) {
      const double x = static_cast<double>(q) / 256;
      values[q] = x * x / (x * x + (1 - x) * (1 - x));
    }
  }
};
constexpr LambdaTable kLambdas;

// The code whose value is nearest, the lower of two.
uint8_t nearest_code(double lambda) {
  const auto last = kLambdas.values.end() - 1;
  const size_t code = static_cast<size_t>(std::lower_bound(kLambdas.values.begin(), last, lambda) -
                                          kLambdas.values.begin());
  const bool is_lower_nearer =
      code > 0 && lambda - kLambdas.values[code - 1] <= kLambdas.values[code] - lambda;
  return static_cast<uint8_t>(is_lower_nearer ? code - 1 : code);
}

}  // namespace

Shares::Shares() {
  for (ExpertId expert = 0; expert < kExpertCount; ++expert) {
    const bool has_context = expert >= kUnwrapped ||
                             (expert >= kClassContext && expert < kClassSession) ||
                             expert == kSessionUnigram;
    for (uint32_t bucket = 0; bucket < kShareBuckets; ++bucket) {
      double lambda = expert == kUnigram ? 0.9 : kDefaultShare;
      if (has_context) {
        const double count = uint32_t{1} << (bucket / 8 % 16);  // about twice the context's count
        const double variety = (bucket % 8 + 0.5) / 8;
        lambda = count / (count + 4) * (1 - 0.8 * variety);
        if (level_of(expert) == EvidenceLevel::kSession) lambda *= 0.5;
      }
      set(expert, bucket, lambda);
    }
  }
}

double Shares::lambda(ExpertId expert, uint32_t bucket) const {
  return expert == kUniform ? 1 : kLambdas.values[codes_[expert][bucket]];
}

void Shares::set(ExpertId expert, uint32_t bucket, double lambda) {
  codes_[expert][bucket] = nearest_code(lambda);
}

bool Shares::is_silent(ExpertId expert) const {
  for (const uint8_t code : codes_[expert]) {
    if (code != 0) return false;
  }
  return expert != kUniform;
}

std::vector<uint8_t> Shares::save() const {
  ByteWriter writer;
  for (ExpertId expert = kUnigram; expert < kExpertCount; ++expert) {
    writer.put(expert);
    writer.put_bytes(codes_[expert]);
  }
  return writer.take();
}

Status Shares::load(Bytes table) {
  ByteReader reader(table);
  int last = -1;
  while (reader.remaining() > 0) {
    const size_t offset = reader.offset();
    const auto expert = reader.take<uint8_t>();
    const Bytes codes = reader.take_bytes(kShareBuckets);
    if (!reader.is_ok() || expert <= last) {
      return Status::integrity("The table of shares is damaged.", offset);
    }
    last = expert;
    if (expert < kExpertCount) std::copy(codes.begin(), codes.end(), codes_[expert].begin());
  }
  return Status::ok();
}

}  // namespace cento
