#include "text/units.h"

#include <algorithm>

#include "text/atoms.h"
#include "text/unicode.h"
#include "text/word_lists.h"

namespace cento {
namespace {

constexpr uint32_t kLongestSpan = 200;    // bytes of an inline code span
constexpr uint32_t kLongestCall = 120;    // bytes between the parentheses of a call
constexpr uint32_t kMostPathAtoms = 128;  // bounds the work for each start of a path
constexpr uint32_t kMostNameAtoms = 24;
constexpr uint32_t kMostMeasureWords = 4;
constexpr uint32_t kMostConnectors = 3;

bool is_currency(std::string_view mark) {
  return mark == "$" || mark == "€" || mark == "£" || mark == "¥" || mark == "₹" || mark == "₽" ||
         mark == "₩" || mark == "฿" || mark == "₺" || mark == "₪";
}
bool is_sign(std::string_view mark) {
  return mark == "-" || mark == "+" || mark == "−" || mark == "±" || mark == "~" || mark == "≈" ||
         mark == "–";
}
bool is_hyphen(std::string_view mark) { return mark == "-" || mark == "‐" || mark == "‑"; }
bool is_dash(std::string_view mark) { return mark == "–" || is_hyphen(mark) || mark == "—"; }

// How a word is capitalised.
enum class Capitals : uint8_t { kNone, kFirst, kMixed, kAll };

Capitals capitals_of(std::string_view word) {
  uint32_t upper = 0;
  uint32_t letters = 0;
  bool first = false;
  for (size_t at = 0; at < word.size();) {
    const TextChar c = char_at(word, at);
    if (c.code_point == '\'' || c.code_point == 0x2019) break;  // not the ending of "NATO's"
    if (is_upper(c.code_point)) {
      ++upper;
      first = first || letters == 0;
    }
    ++letters;
    at += c.length;
  }
  if (upper == 0) return Capitals::kNone;
  if (upper == 1 && first) return Capitals::kFirst;
  return upper == letters ? Capitals::kAll : Capitals::kMixed;
}

// Finds the unit that begins at an atom. Each `…_end(i)` gives the end of a unit of that kind which
// begins at atom i, or i where there is none. All stay inside the sentence.
class UnitFinder {
 public:
  UnitFinder(std::string_view text, const std::vector<Atom>& atoms, Sentence sentence)
      : text_(text), atoms_(atoms), first_(sentence.first), end_(sentence.end) {}

  void find(std::vector<Unit>& units) const {
    for (uint32_t i = first_; i < end_;) {
      UnitKind kind = UnitKind::kPunctuation;
      const uint32_t end = unit_end(i, kind);
      units.push_back({atoms_[i].begin, atoms_[end - 1].end, kind});
      i = end;
    }
  }

 private:
  std::string_view text(uint32_t i) const {
    return i < end_ ? text_.substr(atoms_[i].begin, atoms_[i].end - atoms_[i].begin) : "";
  }
  bool is_kind(uint32_t i, PretokenKind kind) const { return i < end_ && atoms_[i].kind == kind; }
  bool is_word(uint32_t i) const { return is_kind(i, PretokenKind::kWord); }
  bool is_number(uint32_t i) const { return is_kind(i, PretokenKind::kNumber); }
  bool is_glued(uint32_t i) const { return i < end_ && atoms_[i].glued; }
  bool is_near(uint32_t i) const { return i < end_ && (atoms_[i].glued || atoms_[i].one_space); }
  bool is_spaced_word(uint32_t i) const { return is_word(i) && atoms_[i].one_space; }
  bool is_glued_word(uint32_t i) const { return is_word(i) && atoms_[i].glued; }
  bool is_glued_number(uint32_t i) const { return is_number(i) && atoms_[i].glued; }
  bool is_glued_mark(uint32_t i, std::string_view mark) const {
    return is_glued(i) && text(i) == mark;
  }
  bool is_listed_word(uint32_t i, WordList list) const {
    return is_word(i) && is_listed(list, text(i));
  }
  bool is_ideograph(uint32_t i, std::string_view character) const {
    return is_near(i) && text(i) == character;
  }

  // Digits of a plain number, 0 for anything else.
  uint32_t digits(uint32_t i) const {
    if (!is_number(i)) return 0;
    const std::string_view number = text(i);
    const bool plain =
        std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
    return plain ? static_cast<uint32_t>(number.size()) : 0;
  }
  bool is_year(uint32_t i) const {
    return digits(i) == 4 &&
           (text(i)[0] == '1' || text(i).starts_with("20") || text(i).starts_with("21"));
  }
  bool is_day(uint32_t i) const { return digits(i) == 1 || digits(i) == 2; }

  // Nothing but white space or an opening mark comes directly before atom i.
  bool is_chunk_start(uint32_t i) const {
    if (i == first_ || !is_glued(i)) return true;
    const std::string_view before = text(i - 1);
    return atoms_[i - 1].kind == PretokenKind::kPunctuation && before != "." && before != "_" &&
           before != ")" && before != "]" && before != "/";
  }

  uint32_t unit_end(uint32_t i, UnitKind& kind) const {
    const auto found = [&](uint32_t end, UnitKind found_kind) {
      if (end > i) kind = found_kind;
      return end;
    };
    if (const uint32_t end = found(url_end(i), UnitKind::kUrl); end > i) return end;
    if (const uint32_t end = found(marked_code_end(i), UnitKind::kCode); end > i) return end;
    if (const uint32_t end = found(date_end(i), UnitKind::kDate); end > i) return end;
    if (const uint32_t end = found(number_end(i), UnitKind::kNumber); end > i) return end;
    if (const uint32_t end = found(path_end(i), UnitKind::kCode); end > i) return end;
    if (const uint32_t end = found(identifier_end(i), UnitKind::kCode); end > i) return end;
    if (const uint32_t end = found(name_end(i), UnitKind::kName); end > i) return end;
    if (const uint32_t end = found(word_end(i), UnitKind::kWord); end > i) return end;
    kind = UnitKind::kPunctuation;
    return i + 1;
  }

  // --- URLs and e-mail addresses ---

  uint32_t url_end(uint32_t i) const {
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
  uint32_t without_trailing_marks(uint32_t i, uint32_t end) const {
    constexpr std::string_view kTrailing = ".,;:!?'*";
    while (end > i + 1 && kTrailing.find(text(end - 1)[0]) != kTrailing.npos) --end;
    return end;
  }

  uint32_t mail_end(uint32_t i) const {
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

  // --- Code ---

  uint32_t marked_code_end(uint32_t i) const {
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
  uint32_t span_end(uint32_t i) const {
    for (uint32_t at = i + 1; at < end_ && atoms_[at].end - atoms_[i].begin <= kLongestSpan; ++at) {
      if (text(at) == text(i)) return at + 1;
    }
    return i;
  }
  uint32_t option_end(uint32_t i) const {
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
  uint32_t tag_end(uint32_t i) const {
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

  // Words joined by slashes, with something that only paths have: a slash in front, two slashes, a
  // dot or an underscore.
  uint32_t path_end(uint32_t i) const {
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

  // Names of code: "os.path", "max_size", "std::vector", "f(x)". Returns i for a plain word.
  uint32_t identifier_end(uint32_t i) const {
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
  // "(s)" in "file(s)".
  bool is_plural_suffix(uint32_t i) const {
    return text(i) == "(" && is_glued_word(i + 1) && is_glued_mark(i + 2, ")") &&
           (text(i + 1) == "s" || text(i + 1) == "es");
  }
  // The end of the brackets that open at i, on one line; i where they do not close soon.
  uint32_t bracket_end(uint32_t i) const {
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

  // --- Dates ---

  uint32_t date_end(uint32_t i) const {
    uint32_t end = i;
    if (is_number(i)) {
      for (const uint32_t candidate : {day_month_end(i), numeric_date_end(i), time_end(i),
                                       period_end(i), ideograph_date_end(i)}) {
        end = std::max(end, candidate);
      }
    } else if (is_word(i)) {
      end = std::max(month_first_end(i), era_first_end(i));
    }
    return end;
  }

  // The end of "December", "Dec." or "de diciembre" at i; i where there is none.
  uint32_t month_end(uint32_t i) const {
    if (is_spaced_word(i) && (text(i) == "of" || text(i) == "de")) {
      return is_spaced_word(i + 1) && is_listed_word(i + 1, WordList::kMonth) ? i + 2 : i;
    }
    if (!is_near(i) || !is_listed_word(i, WordList::kMonth)) return i;
    return skip_abbreviation_dot(i + 1);
  }
  // Past the full stop of an abbreviated month, when more of the date follows it.
  uint32_t skip_abbreviation_dot(uint32_t i) const {
    const bool abbreviated = text(i - 1).size() <= 4;
    return abbreviated && is_glued_mark(i, ".") && is_number(i + 1) ? i + 1 : i;
  }
  // Past ", 1963", "1963" or "de 1963".
  uint32_t optional_year_end(uint32_t i) const {
    uint32_t at = i;
    if (is_glued_mark(at, ",")) ++at;
    if (is_spaced_word(at) && (text(at) == "de" || text(at) == "del")) ++at;
    const uint32_t size = digits(at);
    if ((size != 3 && size != 4) || !is_near(at) || is_glued_mark(at + 1, "%")) return i;
    if (is_glued_mark(at + 1, ",") && is_glued_number(at + 2)) return i;
    return era_end(at + 1);
  }
  uint32_t era_end(uint32_t i) const {
    if (!is_spaced_word(i)) return i;
    if (is_listed_word(i, WordList::kEra)) return i + 1;
    const uint32_t end = abbreviation_end(i);
    return end > i && is_listed(WordList::kEra, without_last_dot(i, end)) ? end : i;
  }
  std::string_view without_last_dot(uint32_t i, uint32_t end) const {
    std::string_view whole = text_.substr(atoms_[i].begin, atoms_[end - 1].end - atoms_[i].begin);
    if (whole.ends_with('.')) whole.remove_suffix(1);
    return whole;
  }
  // Past "th" and the like, or the dot of a German ordinal.
  uint32_t ordinal_end(uint32_t i) const {
    if (is_glued_word(i) &&
        (text(i) == "st" || text(i) == "nd" || text(i) == "rd" || text(i) == "th")) {
      return i + 1;
    }
    return is_glued_mark(i, ".") && is_spaced_word(i + 1) ? i + 1 : i;
  }
  uint32_t day_month_end(uint32_t i) const {
    if (!is_day(i)) return i;
    uint32_t at = i + 1;
    if (is_glued(at) && is_dash(text(at)) && is_glued(at + 1) && is_day(at + 1)) at += 2;
    at = ordinal_end(at);
    const uint32_t end = month_end(at);
    return end > at ? optional_year_end(end) : i;
  }
  uint32_t month_first_end(uint32_t i) const {
    // The cheap question first: it is asked of every word.
    const std::string_view next = text(i + 1);
    const bool followed =
        is_number(i + 1) || next == "." || next == "," || next == "de" || next == "del";
    if (!followed || !is_listed_word(i, WordList::kMonth)) return i;
    const uint32_t at = skip_abbreviation_dot(i + 1);
    if (is_near(at) && is_day(at)) {
      uint32_t end = at + 1;
      if (is_glued_mark(end, ",") && is_glued_number(end + 1)) return i;
      if (is_glued_mark(end, "%")) return i;
      if (is_glued(end) && is_dash(text(end)) && is_glued(end + 1) && is_day(end + 1)) end += 2;
      if (is_glued_word(end)) end = ordinal_end(end);
      return optional_year_end(end);
    }
    const uint32_t end = optional_year_end(at);
    return end > at ? end : i;
  }
  uint32_t era_first_end(uint32_t i) const {
    const bool era = text(i) == "AD" || text(i) == "CE" || text(i) == "FY";
    if (!era || !is_near(i + 1) || !is_number(i + 1)) return i;
    return std::max(i + 2, period_end(i + 1));
  }
  // "1963-12-12", "12/12/1963", "12.12.1963", "1963-12"
  uint32_t numeric_date_end(uint32_t i) const {
    if (!is_glued(i + 1) || !is_glued(i + 2) || !is_day(i + 2)) return i;
    const std::string_view joint = text(i + 1);
    if (joint != "/" && joint != "." && !is_hyphen(joint)) return i;
    if (is_glued_mark(i + 3, joint) && is_glued(i + 4)) {
      const bool year_first = is_year(i) && is_day(i + 4);
      const bool year_last = is_day(i) && (is_year(i + 4) || (joint == "/" && digits(i + 4) == 2));
      if (!year_first && !year_last) return i;
      // "T12:30:45Z"
      uint32_t end = i + 5;
      if (is_glued_word(end) && text(end) == "T" && is_glued_number(end + 1))
        end = time_end(end + 1);
      if (is_glued_word(end) && text(end) == "Z") ++end;
      return end;
    }
    return is_year(i) && joint != "." && digits(i + 2) == 2 ? i + 3 : i;
  }
  uint32_t time_end(uint32_t i) const {
    if (!is_day(i)) return i;
    uint32_t end = i + 1;
    while (end < i + 5 && is_glued_mark(end, ":") && is_glued(end + 1) && digits(end + 1) == 2)
      end += 2;
    const bool clock = end > i + 1;
    if (is_near(end) && is_word(end)) {
      if (is_listed_word(end, WordList::kDayPart)) return end + 1;
      const uint32_t part = abbreviation_end(end);
      if (part > end && is_listed(WordList::kDayPart, without_last_dot(end, part))) return part;
    }
    return clock ? end : i;
  }
  // "1990s", "1939–1945", "2018/19", "2019 est.", "44 BC"
  uint32_t period_end(uint32_t i) const {
    uint32_t end = i + 1;
    const uint32_t era = era_end(end);
    if (era > end && digits(i) > 0) return era;
    const bool short_decade = digits(i) == 2 && is_glued_word(end) && text(end) == "s";
    if (!is_year(i)) return short_decade ? end + 1 : i;
    if (is_glued_word(end) && text(end) == "s") return end + 1;
    if ((is_glued_mark(end, "'") || is_glued_mark(end, "’")) && is_glued_word(end + 1) &&
        text(end + 1) == "s") {
      return end + 2;
    }
    const bool joined =
        is_glued(end) && (is_dash(text(end)) || text(end) == "/") && is_glued(end + 1);
    if (joined && (is_year(end + 1) || digits(end + 1) == 2) && !is_glued_mark(end + 2, "-"))
      end += 2;
    if (is_spaced_word(end) && text(end) == "est") {
      ++end;
      if (is_glued_mark(end, ".")) ++end;
    }
    return end > i + 1 ? end : i;
  }
  // "1943 年 1 月 7 日", "20 世纪 90 年代"
  uint32_t ideograph_date_end(uint32_t i) const {
    uint32_t end = i;
    uint32_t at = i;
    while (is_number(at) && (at == i || is_near(at))) {
      uint32_t unit = at + 1;
      if (is_ideograph(unit, "年")) {
        unit += is_ideograph(unit + 1, "代") ? 2 : 1;
      } else if (is_ideograph(unit, "世") &&
                 (is_ideograph(unit + 1, "纪") || is_ideograph(unit + 1, "紀"))) {
        unit += 2;
      } else if (is_ideograph(unit, "月") || is_ideograph(unit, "日") || is_ideograph(unit, "号") ||
                 is_ideograph(unit, "時") || is_ideograph(unit, "时") || is_ideograph(unit, "分")) {
        ++unit;
      } else {
        break;
      }
      end = at = unit;
    }
    return end;
  }

  // --- Numbers ---

  uint32_t number_end(uint32_t i) const {
    if (const uint32_t end = coordinate_end(i); end > i) return end;
    uint32_t at = i;
    if (is_word(at) && is_number(at + 1) && is_near(at + 1) &&
        is_listed_word(at, WordList::kCurrencyCode)) {
      ++at;
    } else if (is_word(at) && text(at).size() <= 3 && capitals_of(text(at)) == Capitals::kAll &&
               is_glued(at + 1) && is_currency(text(at + 1))) {
      ++at;
    } else if (at < end_ && is_sign(text(at)) && is_chunk_start(at) && is_glued(at + 1)) {
      ++at;
    }
    if (at < end_ && is_currency(text(at)) && is_near(at + 1)) ++at;
    if (text(at) == "." && is_glued_number(at + 1) && is_chunk_start(at)) ++at;
    if (!is_number(at)) return i;
    return measure_end(attached_end(digits_end(at)));
  }
  // Digits with their separators, and ranges.
  uint32_t digits_end(uint32_t i) const {
    uint32_t end = i + 1;
    while (true) {
      const std::string_view joint = text(end);
      const bool separator = joint == "," || joint == "." || joint == "'" || joint == "’" ||
                             joint == "/" || joint == ":" || joint == "×" || is_dash(joint);
      if (separator && is_glued(end) && is_glued_number(end + 1)) {
        end += 2;
      } else if (is_thousands_group(end)) {
        ++end;
      } else {
        return end;
      }
    }
  }
  // Three digits after a no-break space: "1 234 567".
  bool is_thousands_group(uint32_t i) const {
    if (digits(i) != 3 || !atoms_[i].one_space) return false;
    const uint32_t from = atoms_[i - 1].end;
    const std::string_view gap = text_.substr(from, atoms_[i].begin - from);
    return gap == "\u00A0" || gap == "\u202F" || gap == "\u2009";
  }
  // What is glued to a number: "10km", "2nd", "64-bit", "3.x", "18+".
  uint32_t attached_end(uint32_t end) const {
    while (is_glued(end)) {
      if (is_word(end) || is_number(end)) {
        ++end;
      } else if ((is_hyphen(text(end)) || text(end) == "." || text(end) == "_") &&
                 is_glued_word(end + 1)) {
        end += 2;
      } else {
        break;
      }
    }
    if (is_glued_mark(end, "+") && !is_glued_word(end + 1) && !is_glued_number(end + 1)) ++end;
    return end;
  }
  // Percent and degree signs, scales, units of measure and currencies after a number.
  uint32_t measure_end(uint32_t end) const {
    if (is_near(end) && (text(end) == "%" || text(end) == "‰" || is_currency(text(end))))
      return end + 1;
    if (is_near(end) && (text(end) == "°" || text(end) == "º")) {
      ++end;
      return is_near(end) && is_word(end) && text(end).size() == 1 ? end + 1 : end;
    }
    if (is_ideograph(end, "万") || is_ideograph(end, "亿") || is_ideograph(end, "億") ||
        is_ideograph(end, "兆")) {
      return end + 1;
    }
    uint32_t at = end;
    for (uint32_t words = 0; words < kMostMeasureWords && is_spaced_word(at); ++words) {
      const bool measure = is_listed_word(at, WordList::kMeasure);
      const bool per = words > 0 && (text(at) == "per" || text(at) == "por" || text(at) == "de");
      const bool percent = words == 0 && (text(at) == "per" || text(at) == "por") &&
                           at + 1 < end_ && (text(at + 1) == "cent" || text(at + 1) == "ciento");
      if (!measure && !per && !percent && !is_listed_word(at, WordList::kMeasureModifier)) break;
      ++at;
      if (!measure) continue;
      if (is_glued_number(at)) ++at;  // "km²"
      if (is_glued_mark(at, "/") && (is_glued_word(at + 1) || is_glued_number(at + 1))) {
        at = is_number(at + 1) ? digits_end(at + 1) : at + 2;
        if (is_glued_number(at)) ++at;
      }
      end = at;
    }
    return end;
  }
  // "1 00 N, 38 00 E": degrees, minutes and seconds, then a direction.
  uint32_t coordinate_end(uint32_t i) const {
    const uint32_t first = half_coordinate_end(i);
    if (first == i) return i;
    if (!is_glued_mark(first, ",")) return first;
    const uint32_t second = half_coordinate_end(first + 1);
    return second > first + 1 ? second : first;
  }
  uint32_t half_coordinate_end(uint32_t i) const {
    uint32_t at = i;
    while (at < i + 3 && digits(at) > 0 && digits(at) <= 3 && (at == i || atoms_[at].one_space))
      ++at;
    if (at < i + 2 || !is_spaced_word(at)) return i;
    return text(at) == "N" || text(at) == "S" || text(at) == "E" || text(at) == "W" ? at + 1 : i;
  }

  // --- Names ---

  // "U.S.", "e.g.", "Ph.D.": short parts, each with its full stop.
  uint32_t abbreviation_end(uint32_t i) const {
    uint32_t at = i;
    uint32_t parts = 0;
    while (is_word(at) && (at == i || is_glued(at)) && is_abbreviation_part(text(at))) {
      ++parts;
      ++at;
      if (!is_glued_mark(at, ".")) break;
      ++at;
    }
    // "foo.S": what follows the last full stop must not be a longer word.
    if (parts < 2 || is_glued_word(at)) return i;
    return at;
  }
  static bool is_abbreviation_part(std::string_view word) {
    const TextChar first = char_at(word, 0);
    return word.size() == first.length || (word.size() <= 3 && is_upper(first.code_point));
  }

  // The end of one part of a name: a capitalised word with its hyphens, "U.S.", "J.", "Dr.".
  uint32_t name_part_end(uint32_t i) const {
    if (!is_word(i)) return i;
    const Capitals capitals = capitals_of(text(i));
    if (const uint32_t end = abbreviation_end(i); end > i)
      return capitals == Capitals::kNone ? i : end;
    uint32_t end = i + 1;
    bool capital = capitals != Capitals::kNone;
    while (is_glued(end)) {
      const std::string_view joint = text(end);
      if (is_number(end)) {
        ++end;
      } else if ((is_hyphen(joint) || joint == "&") &&
                 (is_glued_word(end + 1) || (capital && is_glued_number(end + 1)))) {
        capital = capital || capitals_of(text(end + 1)) != Capitals::kNone;
        end += 2;
      } else {
        break;
      }
    }
    if (!capital) return i;
    const bool initial = end == i + 1 && text(i).size() == char_at(text(i), 0).length;
    if (is_glued_mark(end, ".") && is_spaced_word(end + 1) &&
        capitals_of(text(end + 1)) != Capitals::kNone &&
        (initial || is_listed_word(i, WordList::kTitle))) {
      ++end;
    }
    return end;
  }

  // Only marks come before atom i in its sentence, or an opening quotation mark directly.
  bool opens_sentence(uint32_t i) const {
    for (uint32_t at = i; at-- > first_ && i - at <= 4;) {
      if (atoms_[at].kind != PretokenKind::kPunctuation) return false;
      const std::string_view mark = text(at);
      if (at + 1 == i && is_glued(i) && (mark == "\"" || mark == "“" || mark == "„" || mark == "«"))
        return true;
    }
    return true;
  }

  uint32_t name_end(uint32_t i) const {
    const uint32_t first = name_part_end(i);
    if (first == i) return i;
    const std::string_view opening = text(i);
    const Capitals capitals = capitals_of(opening);
    const bool pronoun = opening == "I" || opening.starts_with("I'") || opening.starts_with("I’");
    if (pronoun) return i;
    const bool opens = opens_sentence(i);
    const bool starter = is_listed_word(i, WordList::kSentenceStarter);
    if (opens && starter) return i;

    uint32_t end = first;
    bool linked = false;  // by "of" or the like
    while (end - i < kMostNameAtoms) {
      uint32_t at = end;
      bool listing = false;  // "and" joins two names unless they are plain or depend on an "of"
      while (at < std::min(end_, end + kMostConnectors) && atoms_[at].one_space &&
             is_listed(WordList::kConnector, text(at))) {
        listing = listing || is_conjunction(text(at));
        ++at;
      }
      if (!is_spaced_word(at) || date_end(at) > at || (listing && !linked && end > i + 1)) break;
      const uint32_t part = name_part_end(at);
      if (part == at || text(at) == "I") break;
      linked = linked || at > end;
      end = part;
    }
    const bool plain = capitals == Capitals::kFirst && first == i + 1;
    if (end == first && plain && (opens || starter)) return i;
    // "PEP 484", "Boeing 747", but not "Muslim 96%" or "Kenya 2019".
    const bool numbered =
        is_number(end) && atoms_[end].one_space && !is_year(end) && date_end(end) == end;
    if (numbered && number_end(end) == version_end(end)) return version_end(end);
    return end;
  }
  static bool is_conjunction(std::string_view word) {
    return word == "and" || word == "und" || word == "y" || word == "e" || word == "&";
  }
  uint32_t version_end(uint32_t i) const {
    uint32_t end = i + 1;
    while (is_glued_mark(end, ".") && is_glued_number(end + 1)) end += 2;
    return end;
  }

  // --- Words ---

  uint32_t word_end(uint32_t i) const {
    if (is_kind(i, PretokenKind::kIdeograph)) return i + 1;
    if (!is_word(i)) return i;
    if (const uint32_t end = abbreviation_end(i); end > i) return end;
    uint32_t end = i + 1;
    while (is_glued(end) &&
           (is_word(end) || is_number(end) ||
            (is_hyphen(text(end)) && (is_glued_word(end + 1) || is_glued_number(end + 1))))) {
      ++end;
    }
    if (is_glued(end) && is_plural_suffix(end)) end += 3;
    return end;
  }

  std::string_view text_;
  const std::vector<Atom>& atoms_;
  uint32_t first_;
  uint32_t end_;
};

}  // namespace

std::vector<Unit> find_units(std::string_view text) {
  const AtomizedText atomized = atomize(text, find_boundaries(text));
  std::vector<Unit> units;
  for (const Sentence sentence : atomized.sentences) {
    UnitFinder(text, atomized.atoms, sentence).find(units);
  }
  return units;
}

}  // namespace cento
