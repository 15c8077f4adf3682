#include "text/lines.h"

#include <algorithm>
#include <array>
#include <span>

#include "text/unicode.h"

namespace cento {
namespace {

constexpr uint32_t kLongestLabel = 48;  // bytes
constexpr uint32_t kMostLabelWords = 6;
constexpr uint32_t kCodeIndent = 4;  // columns

bool is_line_break(char32_t c) {
  return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool is_any_of(char c, std::string_view set) { return set.find(c) != set.npos; }

bool ends_with_any(std::string_view line, std::span<const std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view ending) { return line.ends_with(ending); });
}

bool starts_with_any(std::string_view line, std::span<const std::string_view> starts) {
  return std::any_of(starts.begin(), starts.end(),
                     [&](std::string_view start) { return line.starts_with(start); });
}

bool is_identifier_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.';
}

size_t identifier_length(std::string_view line) {
  size_t length = 0;
  while (length < line.size() && is_identifier_byte(line[length])) ++length;
  return length;
}

// "name(arguments)" or "name(arguments) -> type", perhaps after "class " or the like.
bool is_signature(std::string_view line) {
  constexpr std::array<std::string_view, 6> kKinds = {
      "class ", "exception ", "async ", "classmethod ", "def ", "staticmethod "};
  for (const std::string_view kind : kKinds) {
    if (line.starts_with(kind)) line.remove_prefix(kind.size());
  }
  const size_t name = identifier_length(line);
  if (name == 0 || name >= line.size() || line[name] != '(') return false;
  return line.ends_with(')') || line.find(") -> ") != line.npos || line.find(") → ") != line.npos;
}

// "name = value" where the left side is one identifier.
bool is_assignment(std::string_view line) {
  const size_t name = identifier_length(line);
  return name > 0 && line.substr(name).starts_with(" = ");
}

}  // namespace

std::vector<Line> find_lines(std::string_view text) {
  std::vector<Line> lines;
  uint32_t breaks = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t start = at;
    size_t first = text.size();
    size_t last = at;
    bool broken = false;
    while (at < text.size() && !broken) {
      if (text[at] > ' ' && text[at] < '\x7F') {  // most characters are printable ASCII
        first = std::min(first, at);
        last = ++at;
        continue;
      }
      const TextChar c = char_at(text, at);
      broken = is_line_break(c.code_point) && c.kind == CharClass::kSpace;
      if (c.code_point == '\r' && at + 1 < text.size() && text[at + 1] == '\n') ++at;
      at += c.length;
      if (c.kind == CharClass::kSpace) continue;
      first = std::min(first, at - c.length);
      last = at;
    }
    if (first < last) {
      lines.push_back({static_cast<uint32_t>(first), static_cast<uint32_t>(last),
                       static_cast<uint32_t>(first - start), breaks});
      breaks = 0;
    }
    if (broken) ++breaks;
  }
  return lines;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const size_t begin = text.find_first_not_of(kSpace);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) + 1 - begin);
}

uint32_t field_label_length(std::string_view line) {
  uint32_t words = 1;
  size_t at = 0;
  while (at < line.size() && at <= kLongestLabel) {
    const TextChar c = char_at(line, at);
    if (c.code_point == ':' || c.code_point == 0xFF1A) {
      const size_t after = at + c.length;
      const bool ascii = c.code_point == ':';
      if (at == 0 || after >= line.size() || (ascii && line[after] != ' ')) return 0;
      return static_cast<uint32_t>(at);
    }
    const bool letter = c.kind == CharClass::kLetter || c.kind == CharClass::kMark ||
                        c.kind == CharClass::kIdeograph || c.kind == CharClass::kDigit;
    if (at == 0 && !letter) return 0;
    if (c.code_point == ' ' && ++words > kMostLabelWords) return 0;
    const bool joins = c.length == 1 ? is_any_of(line[at], " -/()'&,+_%$")
                                     : c.code_point == 0x2019 || c.code_point == 0x2013;
    if (!letter && !joins) return 0;
    at += c.length;
  }
  return 0;
}

bool is_list_item(std::string_view line) {
  if (line.empty()) return false;
  constexpr std::array<std::string_view, 10> kBullets = {"- ", "* ", "+ ", "• ", "‣ ",
                                                         "◦ ", "– ", "· ", "▪ ", "— "};
  if (starts_with_any(line, kBullets)) return true;
  // "1. ", "12) ", "(3) ", "a) ", "iv. "
  size_t at = line[0] == '(' ? 1 : 0;
  const size_t mark = at;
  while (at < line.size() && at < mark + 3 && line[at] >= '0' && line[at] <= '9') ++at;
  const bool digits = at > mark;
  if (!digits && at < line.size() && line[at] >= 'a' && line[at] <= 'z') ++at;
  if (at == mark || at + 1 >= line.size() || line[at + 1] != ' ') return false;
  return line[at] == ')' || (digits && line[at] == '.');
}

bool is_code_line(std::string_view line, uint32_t indent) {
  if (line.empty()) return false;
  if (indent >= kCodeIndent) return true;
  constexpr std::array<std::string_view, 13> kStarts = {
      ">>>", "... ", "$ ", "# ", "//", "/*", "<", "{", "}", "#include", "@", "```", "#!"};
  if (starts_with_any(line, kStarts)) return true;
  constexpr std::array<std::string_view, 12> kEnds = {" {", "};", ");", "];", "\";", "';",
                                                      "({", "\\", "):", "=>", "})",  " ="};
  if (ends_with_any(line, kEnds)) return true;
  const bool option = line.size() > 1 && line[0] == '-' && line[1] != ' ' && line[1] != '-';
  const bool long_option =
      line.size() > 2 && line.starts_with("--") && line[2] != '-' && line[2] != ' ';
  return option || long_option || is_signature(line) || is_assignment(line);
}

bool is_title_like(std::string_view line) {
  constexpr uint32_t kSignificant = 4;  // letters
  bool prose = false;
  for (size_t at = 0; at < line.size();) {
    const bool identifier = at > 0 && line[at - 1] == '_';
    const TextChar first = char_at(line, at);
    at += first.length;
    prose = prose || first.kind == CharClass::kIdeograph;
    if (first.kind != CharClass::kLetter) continue;
    uint32_t letters = 1;
    while (at < line.size()) {
      const TextChar c = char_at(line, at);
      if (c.kind != CharClass::kLetter && c.code_point != '\'' && c.code_point != 0x2019) break;
      at += c.length;
      ++letters;
    }
    if (letters >= kSignificant && !is_upper(first.code_point) && !identifier) return false;
  }
  return !prose;
}

uint32_t line_width(std::string_view line) {
  uint32_t width = 0;
  for (size_t at = 0; at < line.size();) {
    if (static_cast<uint8_t>(line[at]) < 128) {
      ++width;
      ++at;
      continue;
    }
    const TextChar c = char_at(line, at);
    width += c.kind == CharClass::kMark ? 0 : c.kind == CharClass::kIdeograph ? 2 : 1;
    at += c.length;
  }
  return width;
}

bool is_lower(char32_t c) {
  if (c < 128) return c >= 'a' && c <= 'z';
  const bool cased = (c >= 0xDF && c <= 0x2AF) || (c >= 0x370 && c <= 0x52F) ||
                     (c >= 0x561 && c <= 0x588) || (c >= 0x1E00 && c <= 0x1FFF);
  return cased && !is_upper(c) && char_class(c) == CharClass::kLetter;
}

}  // namespace cento
