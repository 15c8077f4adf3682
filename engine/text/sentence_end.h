// How sentences end.
#pragma once

#include <string_view>

namespace cento {

// Whether a text ends as sentences do: with a full stop, a question or exclamation mark or the like
// (CJK, Arabic, Devanagari … marks too), closing quotes and brackets aside. Cost: constant.
bool ends_sentence(std::string_view text);

}  // namespace cento
