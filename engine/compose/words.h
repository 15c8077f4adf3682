// Words of a text that grows by tokens, as suggestions and short completions see them.
#pragma once

#include <string_view>

namespace cento {

// Whether `next` goes on with the word that `text` ends in.
bool joins_word(std::string_view text, std::string_view next);

// Whether people would want to see and accept it: whole characters, no line breaks.
bool is_presentable(std::string_view text);

// What stands between two sentences of one paragraph: nothing behind the marks of scripts that are
// written without spaces.
std::string_view space_behind(std::string_view sentence);

// Whether a token, behind another one, begins what counts as a word.
bool begins_word(std::string_view token);

}  // namespace cento
