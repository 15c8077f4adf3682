// What experts and their levels are called where people read of them.
#pragma once

#include <string_view>

#include "evidence/experts.h"

namespace cento {

// "base", "token", "unwrapped", "class" or "session".
std::string_view level_name(EvidenceLevel level);
// "token context", "session context", … Experts that differ in the length of their contexts share
// a name. REQUIRES: expert < kExpertCount.
std::string_view expert_name(ExpertId expert);

}  // namespace cento
