#include "evidence/expert_names.h"

namespace cento {

std::string_view level_name(EvidenceLevel level) {
  switch (level) {
    case EvidenceLevel::kBase: return "base";
    case EvidenceLevel::kToken: return "token";
    case EvidenceLevel::kUnwrapped: return "unwrapped";
    case EvidenceLevel::kClass: return "class";
    case EvidenceLevel::kSession: return "session";
  }
  return "";
}

std::string_view expert_name(ExpertId expert) {
  switch (expert) {
    case kUniform: return "uniform";
    case kUnigram: return "frequency";
    case kSessionUnigram: return "session frequency";
    case kClassSession: return "session class";
    case kSlowDecay: return "recent tokens";
    case kFastDecay: return "latest tokens";
    default: break;
  }
  if (expert >= kSessionContext) return "session context";
  if (expert >= kTokenContext) return "token context";
  return expert >= kUnwrapped ? "unwrapped context" : "class context";
}

}  // namespace cento
