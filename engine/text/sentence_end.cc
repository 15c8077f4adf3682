#include "text/sentence_end.h"

#include "text/unicode.h"

namespace cento {

bool ends_sentence(std::string_view text) {
  while (!text.empty()) {
    const TextChar last = char_before(text, text.size());
    text.remove_suffix(last.length);
    switch (last.code_point) {
      case '.':
      case '?':
      case '!':
      case U'…':
      case U'。':
      case U'！':
      case U'？':
      case U'؟':
      case U'।': return true;
      case ')':
      case ']':
      case '"':
      case '\'':
      case U'”':
      case U'’':
      case U'»':
      case U'」': continue;
      default: return false;
    }
  }
  return false;
}

}  // namespace cento
