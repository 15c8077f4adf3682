// Reads an answer back from the JSON that to_json made of it.
#pragma once

#include <string_view>

#include "cento/results.h"
#include "cento/status.h"

namespace cento::cli {

// Errors: kInvalidArgument, which names the key that is missing or of another type.
Result<Answer> parse_answer(std::string_view json);

}  // namespace cento::cli
