#include "text/unicode.h"

#include <algorithm>

#include "text/unicode_tables.h"

namespace cento {
CharClass char_class(char32_t code_point) {
  if (code_point < 128) return kAsciiClasses[code_point];
  const uint32_t* end = kCharClassRuns + kCharClassRunCount;
  const uint32_t* after = std::upper_bound(kCharClassRuns, end, (code_point << 3) | 7u);
  return static_cast<CharClass>(after[-1] & 7u);
}

char32_t to_lower(char32_t code_point) {
  if (code_point < 128)
    return code_point >= 'A' && code_point <= 'Z' ? code_point + 32 : code_point;
  const LowerCaseRun* end = kLowerCaseRuns + kLowerCaseRunCount;
  const LowerCaseRun* run =
      std::upper_bound(kLowerCaseRuns, end, code_point,
                       [](char32_t c, const LowerCaseRun& r) { return c < r.first; });
  if (run == kLowerCaseRuns) return code_point;
  --run;
  const uint32_t step = (run->count_and_step & 1u) + 1;
  const uint32_t offset = code_point - run->first;
  if (offset % step != 0 || offset / step >= run->count_and_step / 2u) return code_point;
  return (code_point & ~0xFFFFu) | ((code_point + run->distance) & 0xFFFFu);
}

TextChar char_before(std::string_view text, size_t at) {
  for (size_t length = 1; length <= 4 && length <= at; ++length) {
    const TextChar c = char_at(text, at - length);
    if (c.length == length && (length > 1 || c.code_point < 128)) return c;
  }
  return {0xFFFD, 1, CharClass::kControl};
}

}  // namespace cento
