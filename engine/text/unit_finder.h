// How units are found: one rule a kind of unit, over the atoms of a sentence. Internal to units.cc,
// unit_code.cc and unit_values.cc.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "text/atoms.h"
#include "text/units.h"
#include "text/word_lists.h"

namespace cento {

inline bool is_hyphen(std::string_view mark) { return mark == "-" || mark == "‐" || mark == "‑"; }
inline bool is_dash(std::string_view mark) { return mark == "–" || is_hyphen(mark) || mark == "—"; }

// How a word is capitalised, the ending of a possessive left out.
enum class Capitals : uint8_t { kNone, kFirst, kMixed, kAll };
Capitals capitals_of(std::string_view word);

// Finds the unit that begins at an atom. Each `…_end(i)` gives the end of a unit of that kind which
// begins at atom i, or i where there is none. All stay inside the sentence.
class UnitFinder {
 public:
  UnitFinder(std::string_view text, const std::vector<Atom>& atoms, Sentence sentence)
      : text_(text), atoms_(atoms), first_(sentence.first), end_(sentence.end) {}

  void find(std::vector<Unit>& units) const;

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

  uint32_t unit_end(uint32_t i, UnitKind& kind) const;

  // URLs and e-mail addresses.
  uint32_t url_end(uint32_t i) const;
  uint32_t without_trailing_marks(uint32_t i, uint32_t end) const;
  uint32_t mail_end(uint32_t i) const;

  // Code.
  uint32_t marked_code_end(uint32_t i) const;
  uint32_t span_end(uint32_t i) const;
  uint32_t option_end(uint32_t i) const;
  uint32_t tag_end(uint32_t i) const;
  // Words joined by slashes, with something that only paths have: a slash in front, two slashes, a
  // dot or an underscore.
  uint32_t path_end(uint32_t i) const;
  // Names of code: "os.path", "max_size", "std::vector", "f(x)". Returns i for a plain word.
  uint32_t identifier_end(uint32_t i) const;
  // "(s)" in "file(s)".
  bool is_plural_suffix(uint32_t i) const;
  // The end of the brackets that open at i, on one line; i where they do not close soon.
  uint32_t bracket_end(uint32_t i) const;

  // Dates.
  uint32_t date_end(uint32_t i) const;
  // The end of "December", "Dec." or "de diciembre" at i; i where there is none.
  uint32_t month_end(uint32_t i) const;
  // Past the full stop of an abbreviated month, when more of the date follows it.
  uint32_t skip_abbreviation_dot(uint32_t i) const;
  // Past ", 1963", "1963" or "de 1963".
  uint32_t optional_year_end(uint32_t i) const;
  uint32_t era_end(uint32_t i) const;
  std::string_view without_last_dot(uint32_t i, uint32_t end) const;
  // Past "th" and the like, or the dot of a German ordinal.
  uint32_t ordinal_end(uint32_t i) const;
  uint32_t day_month_end(uint32_t i) const;
  uint32_t month_first_end(uint32_t i) const;
  uint32_t era_first_end(uint32_t i) const;
  // "1963-12-12", "12/12/1963", "12.12.1963", "1963-12"
  uint32_t numeric_date_end(uint32_t i) const;
  uint32_t time_end(uint32_t i) const;
  // "1990s", "1939–1945", "2018/19", "2019 est.", "44 BC"
  uint32_t period_end(uint32_t i) const;
  // "1943 年 1 月 7 日", "20 世纪 90 年代"
  uint32_t ideograph_date_end(uint32_t i) const;

  // Numbers.
  uint32_t number_end(uint32_t i) const;
  // Digits with their separators, and ranges.
  uint32_t digits_end(uint32_t i) const;
  // Three digits after a no-break space: "1 234 567".
  bool is_thousands_group(uint32_t i) const;
  // What is glued to a number: "10km", "2nd", "64-bit", "3.x", "18+".
  uint32_t attached_end(uint32_t end) const;
  // Percent and degree signs, scales, units of measure and currencies after a number.
  uint32_t measure_end(uint32_t end) const;
  // "1 00 N, 38 00 E": degrees, minutes and seconds, then a direction.
  uint32_t coordinate_end(uint32_t i) const;
  uint32_t half_coordinate_end(uint32_t i) const;

  // Names.
  // "U.S.", "e.g.", "Ph.D.": short parts, each with its full stop.
  uint32_t abbreviation_end(uint32_t i) const;
  static bool is_abbreviation_part(std::string_view word);
  // The end of one part of a name: a capitalised word with its hyphens, "U.S.", "J.", "Dr.".
  uint32_t name_part_end(uint32_t i) const;
  // Only marks come before atom i in its sentence, or an opening quotation mark directly.
  bool opens_sentence(uint32_t i) const;
  uint32_t name_end(uint32_t i) const;
  static bool is_conjunction(std::string_view word);
  uint32_t version_end(uint32_t i) const;

  // Words.
  uint32_t word_end(uint32_t i) const;

  std::string_view text_;
  const std::vector<Atom>& atoms_;
  uint32_t first_;
  uint32_t end_;
};

}  // namespace cento
