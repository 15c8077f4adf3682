// Results as text for people. (For programs there is to_json.)
#pragma once

#include <string>
#include <string_view>

#include "cento/results.h"

namespace cento::cli {

// Several lines, without a line break at the end.
std::string describe(const Answer& completion, std::string_view prompt);
std::string describe(const Suggestions& suggestions, std::string_view text);
std::string describe(const Trace& trace, std::string_view text);
std::string describe(const FragmentExplanation& explanation);
std::string describe(const CheckReport& report, std::string_view text);
std::string describe(const VerifyReport& report);
std::string describe(const SearchResults& results);
std::string describe(const NextTokens& next);
std::string describe(const Located& located);
std::string describe(const Predictions& predictions);
std::string describe(const TokenExplanation& explanation);

// In quotation marks, with line breaks and other control characters made visible.
std::string describe_token(std::string_view token);

}  // namespace cento::cli
