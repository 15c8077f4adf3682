// Rules for URLs, e-mail addresses and code.
#include "text/unit_finder.h"

namespace cento {
namespace {

constexpr uint32_t kLongestSpan = 200;    // bytes of an inline code span
constexpr uint32_t kLongestCall = 120;    // bytes between the parentheses of a call
constexpr uint32_t kMostPathAtoms = 128;  // bounds the work for each start of a path

}  // namespace

uint32_t UnitFinder::url_end(uint32_t i) const {
  if (!is_word(i)) return is_number(i) ? mail_end(i) : i;
  const bool scheme = is_glued_mark(i + 1, ":") && is_glued_mark(i + 2, "//");
  const bool www = text(i) == "www" && is_glued_mark(i + 1, ".") && is_glued(i + 2);
  if (!scheme && !www) return mail_end(i);
  uint32_t end = i + 1;
  uint32_t open = 0;
  for (; is_glued(end) && atoms_[end].kind != PretokenKind::kIdeograph; ++end) {
    const std::string_view mark = text(end);
    constexpr std::string_view kStops = "<>\"`{}|\\^";
    if (atoms_[end].kind == PretokenKind::kPunctuation) {
      if (static_cast<uint8_t>(mark[0]) >= 0x80 || kStops.find(mark[0]) != kStops.npos) break;
      if (mark[0] == '(') ++open;
      if (mark[0] == ')' && open-- == 0) break;
    }
  }
  return without_trailing_marks(i, end);
}

uint32_t UnitFinder::without_trailing_marks(uint32_t i, uint32_t end) const {
  constexpr std::string_view kTrailing = ".,;:!?'*";
  while (end > i + 1 && kTrailing.find(text(end - 1)[0]) != kTrailing.npos) --end;
  return end;
}

uint32_t UnitFinder::mail_end(uint32_t i) const {
  uint32_t at = i + 1;
  constexpr uint32_t kMostParts = 12;
  while (at < i + kMostParts && is_glued(at) &&
         (is_word(at) || is_number(at) || text(at) == "." || text(at) == "_" || text(at) == "-" ||
          text(at) == "+")) {
    ++at;
  }
  if (!is_glued_mark(at, "@") || !is_glued_word(at + 1)) return i;
  uint32_t end = at + 2;
  bool dotted = false;
  while (is_glued(end) && (is_word(end) || is_number(end) ||
                           ((text(end) == "." || text(end) == "-") &&
                            (is_glued_word(end + 1) || is_glued_number(end + 1))))) {
    dotted = dotted || text(end) == ".";
    ++end;
  }
  return dotted ? end : i;
}

uint32_t UnitFinder::marked_code_end(uint32_t i) const {
  if (atoms_[i].kind != PretokenKind::kPunctuation) return i;
  const std::string_view mark = text(i);
  if (mark[0] == '`') return span_end(i);
  if (!is_chunk_start(i)) return i;
  if (mark == "-" || mark == "--") return option_end(i);
  if (mark == "<") return tag_end(i);
  if ((mark == "." || mark == "@" || mark == "$" || mark == "#" || mark == "%") &&
      (is_glued_word(i + 1) || is_glued_mark(i + 1, "_"))) {
    const uint32_t end = identifier_end(i + 1);
    return std::max(end, i + 2);
  }
  return i;
}

uint32_t UnitFinder::span_end(uint32_t i) const {
  for (uint32_t at = i + 1; at < end_ && atoms_[at].end - atoms_[i].begin <= kLongestSpan; ++at) {
    if (text(at) == text(i)) return at + 1;
  }
  return i;
}

uint32_t UnitFinder::option_end(uint32_t i) const {
  if (!is_glued_word(i + 1)) return i;
  uint32_t end = i + 2;
  while (is_glued(end)) {
    const std::string_view mark = text(end);
    const bool joint = (mark == "-" || mark == "_" || mark == "=" || mark == ".") &&
                       (is_glued_word(end + 1) || is_glued_number(end + 1));
    if (!joint && !is_word(end) && !is_number(end)) break;
    end += joint ? 2 : 1;
  }
  return end;
}

uint32_t UnitFinder::tag_end(uint32_t i) const {
  uint32_t at = i + 1;
  if (is_glued_mark(at, "/")) ++at;
  if (!is_glued_word(at)) return i;
  ++at;
  while (is_glued_word(at) || is_glued_number(at) || is_glued_mark(at, "-") ||
         is_glued_mark(at, "_"))
    ++at;
  if (is_glued_mark(at, "/")) ++at;
  return is_glued_mark(at, ">") ? at + 1 : i;
}

uint32_t UnitFinder::path_end(uint32_t i) const {
  if (!is_chunk_start(i)) return i;
  uint32_t end = i;
  uint32_t slashes = 0;
  bool words = false;
  bool telling = text(i) == "/" || text(i) == "~";
  for (; end < std::min(end_, i + kMostPathAtoms) && (end == i || is_glued(end)); ++end) {
    const std::string_view part = text(end);
    if (part == "/" || part == "\\") {
      ++slashes;
      telling = telling || part == "\\";
    } else if (part == "." || part == "..") {
      telling = telling || end == i || is_glued_word(end + 1);
    } else if (part[0] == '_') {
      telling = true;
    } else if (is_word(end)) {
      words = true;
    } else if (!is_number(end) && part != "-" && part != "~" && part != "*") {
      break;
    }
  }
  if (slashes == 0 || !words || (!telling && slashes < 2)) return i;
  end = without_trailing_marks(i, end);
  return end > i + 1 ? end : i;
}

uint32_t UnitFinder::identifier_end(uint32_t i) const {
  if (!is_word(i) && text(i)[0] != '_') return i;
  uint32_t end = i;
  bool code = false;
  if (abbreviation_end(i) > i) return i;
  while (end < end_ && (end == i || is_glued(end))) {
    const std::string_view part = text(end);
    if (part[0] == '_') {
      code = code || is_glued_word(end + 1) || (end > i && is_word(end - 1));
      ++end;
    } else if (is_word(end) || is_number(end)) {
      ++end;
    } else if ((part == "." || part == "::" || part == "\\") &&
               (is_glued_word(end + 1) || (is_glued(end + 1) && text(end + 1)[0] == '_') ||
                (code && is_glued_number(end + 1)))) {
      code = true;
      end += 2;
    } else if (part == "-" && is_glued_mark(end + 1, ">") && is_glued_word(end + 2)) {
      code = true;
      end += 3;
    } else if (part == "(" || (part == "[" && code)) {
      const uint32_t closed = bracket_end(end);
      if (closed == end || is_plural_suffix(end)) break;
      code = true;
      end = closed;
    } else {
      break;
    }
  }
  return code ? end : i;
}

bool UnitFinder::is_plural_suffix(uint32_t i) const {
  return text(i) == "(" && is_glued_word(i + 1) && is_glued_mark(i + 2, ")") &&
         (text(i + 1) == "s" || text(i + 1) == "es");
}

uint32_t UnitFinder::bracket_end(uint32_t i) const {
  int depth = 0;
  for (uint32_t at = i; at < end_ && atoms_[at].end - atoms_[i].begin <= kLongestCall; ++at) {
    if (atoms_[at].kind != PretokenKind::kPunctuation) continue;
    const auto marks = static_cast<int>(text(at).size());
    const char mark = text(at)[0];
    if (mark == '(' || mark == '[') depth += marks;
    if (mark == ')' || mark == ']') depth -= marks;
    if (depth == 0) return at + 1;
    if (depth < 0) return i;
  }
  return i;
}

}  // namespace cento
