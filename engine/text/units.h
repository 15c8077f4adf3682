// What must never be taken apart: words as windows count them, and the values of promise 1.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace cento {

// Words whose windows are attested (m of promise 1); a seam inside a sentence overlaps by one less.
inline constexpr uint32_t kWindowWords = 4;

enum class UnitKind : uint8_t {
  kWord,         // letters with inner apostrophes, hyphens and underscores, or one CJK character
  kPunctuation,  // one mark or symbol
  // Values: what a statement is true or false of.
  kNumber,  // digits with separators, sign, decimals, currency sign, percent or degree sign and a
            // following unit of measure ("580,367 sq km", "-3.5%", "$1.2 billion")
  kDate,    // "12 December 1963", "December 1963", "1963-12-12", "12:30", "1990s", "2019 est."
  kName,    // capitalised words that do not merely open a sentence, with inner "of", "the", "and",
          // "de", … ("Bank of England"), acronyms, mixed-case words; "and" joins two plain words
          // ("Trinidad and Tobago") or what hangs on an "of" ("Ministry of Health and Sport")
  kQuotation,  // from an opening to its closing quotation mark, at most 300 bytes, one paragraph
  kCode,   // an inline code span, a call such as f(x), a dotted or underscored identifier, a path,
           // an option such as --help
  kUrl,    // a URL or e-mail address
  kField,  // "label: value" on a line of its own (or between semicolons), short label, no sentence
           // inside: from the label's first byte to the value's last
};

inline bool is_value(UnitKind kind) { return kind >= UnitKind::kNumber; }

struct Unit {
  uint32_t begin;  // bytes, half-open, without surrounding white space
  uint32_t end;
  UnitKind kind;
};

// The one function that decides what a unit is; every seam, window and check asks it.
// The finest disjoint cover that windows of `m` words are counted over: every byte that is not
// white space belongs to exactly one unit of the result (ascending). Containers (quotation, field)
// are not in it, see `find_containers`. REQUIRES: `text` is one or more whole sentences or lines.
// Linear.
std::vector<Unit> find_units(std::string_view text);

// Quotations and fields: ranges over whole units that no seam may cut. Ascending, disjoint. Linear.
std::vector<Unit> find_containers(std::string_view text);

}  // namespace cento
