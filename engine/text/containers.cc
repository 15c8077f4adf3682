// Quotations and fields: see units.h.
#include <algorithm>
#include <array>
#include <span>

#include "base/sort.h"
#include "text/boundaries.h"
#include "text/lines.h"
#include "text/unicode.h"
#include "text/units.h"

namespace cento {
namespace {

constexpr uint32_t kLongestQuotation = 300;  // bytes
constexpr uint32_t kLongestField = 300;      // bytes

// The marks that may close what `opener` opens, none where it is not an opening mark.
std::array<std::string_view, 2> closers_of(std::string_view opener) {
  struct Pair {
    std::string_view opener;
    std::array<std::string_view, 2> closers;
  };
  constexpr std::array<Pair, 14> kPairs = {{
      {"\"", {"\"", ""}},
      {"'", {"'", ""}},
      {"“", {"”", ""}},
      {"”", {"”", ""}},
      {"„", {"“", "”"}},
      {"‘", {"’", ""}},
      {"‚", {"‘", "’"}},
      {"«", {"»", ""}},
      {"»", {"«", ""}},
      {"‹", {"›", ""}},
      {"「", {"」", ""}},
      {"『", {"』", ""}},
      {"《", {"》", ""}},
      {"＂", {"＂", ""}},
  }};
  for (const Pair& pair : kPairs) {
    if (pair.opener == opener) return pair.closers;
  }
  return {};
}

class ContainerFinder {
 public:
  explicit ContainerFinder(std::string_view text)
      : text_(text), boundaries_(find_boundaries(text)), units_(find_units(text)) {}

  std::vector<Unit> find() {
    find_fields();
    find_quotations();
    // Fields first where both begin at one place; what lies inside another container is dropped.
    stable_sort(std::span(found_), [](const Unit& a, const Unit& b) {
      if (a.begin != b.begin) return a.begin < b.begin;
      return a.end != b.end ? a.end > b.end : a.kind > b.kind;
    });
    std::vector<Unit> disjoint;
    for (const Unit& container : found_) {
      if (disjoint.empty() || container.begin >= disjoint.back().end) disjoint.push_back(container);
    }
    return disjoint;
  }

 private:
  std::string_view text(size_t i) const {
    return text_.substr(units_[i].begin, units_[i].end - units_[i].begin);
  }
  bool is_glued(size_t i) const { return i > 0 && units_[i].begin == units_[i - 1].end; }

  // A mark opens a quotation only where nothing but a blank or another opening mark is before it,
  // and its content is glued to it.
  bool opens(size_t i) const {
    if (i + 1 >= units_.size() || !is_glued(i + 1)) return false;
    if (!is_glued(i)) return true;
    constexpr std::string_view kBefore = "([{=,:;/-";
    const std::string_view before = text(i - 1);
    return text(i).size() > 1 ? units_[i - 1].kind == UnitKind::kPunctuation || is_ideographic(i)
                              : before.size() == 1 && kBefore.find(before[0]) != kBefore.npos;
  }
  // Text in scripts without spaces has none before its quotation marks either.
  bool is_ideographic(size_t i) const {
    return char_before(text_, units_[i].begin).kind == CharClass::kIdeograph;
  }
  // A mark that could be an apostrophe or open another quotation closes only at the end of a word.
  bool closes(size_t i) const {
    if (!is_glued(i)) return false;
    const bool ambiguous =
        text(i).size() == 1 || text(i) == "’" || text(i) == "‘" || text(i) == "“";
    return !ambiguous || i + 1 == units_.size() || !is_glued(i + 1) ||
           units_[i + 1].kind == UnitKind::kPunctuation;
  }

  void find_quotations() {
    size_t paragraph = 0;
    for (size_t i = 0; i < units_.size(); ++i) {
      if (units_[i].kind != UnitKind::kPunctuation) continue;
      const std::array<std::string_view, 2> closers = closers_of(text(i));
      if (closers[0].empty() || !opens(i)) continue;
      while (paragraph < boundaries_.size() &&
             (boundaries_[paragraph].at <= units_[i].begin ||
              boundaries_[paragraph].kind != BoundaryKind::kParagraph)) {
        ++paragraph;
      }
      const uint32_t limit =
          std::min(units_[i].begin + kLongestQuotation, boundaries_[paragraph].at);
      for (size_t at = i + 1; at < units_.size() && units_[at].end <= limit; ++at) {
        const bool closing = text(at) == closers[0] || text(at) == closers[1];
        if (!closing || units_[at].kind != UnitKind::kPunctuation || !closes(at)) continue;
        if (at > i + 1) found_.push_back({units_[i].begin, units_[at].end, UnitKind::kQuotation});
        i = at;
        break;
      }
    }
  }

  // A line that stands between boundaries, or a part of it between semicolons, with a label and a
  // value that is no sentence.
  void find_fields() {
    size_t boundary = 0;
    size_t unit = 0;
    uint32_t start = 0;  // of the text after the last boundary
    for (const Line& line : find_lines(text_)) {
      while (boundary < boundaries_.size() && boundaries_[boundary].at <= line.begin) {
        start = boundaries_[boundary++].at;
      }
      while (unit < units_.size() && units_[unit].begin < line.begin) ++unit;
      const bool begins = is_blank(start, line.begin);
      const bool ends = boundary == boundaries_.size() || boundaries_[boundary].at >= line.end;
      const bool closed =
          boundary == boundaries_.size() || is_blank(line.end, boundaries_[boundary].at);
      if (!begins || !ends || !closed) continue;
      uint32_t part = line.begin;
      int depth = 0;
      for (size_t i = unit; i < units_.size() && units_[i].begin < line.end; ++i) {
        if (units_[i].kind != UnitKind::kPunctuation) continue;
        const std::string_view mark = text(i);
        if (mark[0] == '(') depth += static_cast<int>(mark.size());
        if (mark[0] == ')') depth -= static_cast<int>(mark.size());
        if (depth != 0 || (mark != ";" && mark != "；")) continue;
        add_field(part, units_[i].begin);
        part = i + 1 < units_.size() ? units_[i + 1].begin : line.end;
      }
      if (part < line.end) add_field(part, line.end);
    }
  }
  bool is_blank(uint32_t begin, uint32_t end) const {
    for (size_t at = begin; at < end;) {
      const TextChar c = char_at(text_, at);
      if (c.kind != CharClass::kSpace) return false;
      at += c.length;
    }
    return true;
  }
  void add_field(uint32_t begin, uint32_t end) {
    const std::string_view part = text_.substr(begin, end - begin);
    if (part.size() > kLongestField || field_label_length(part) == 0 || is_sentence(part)) return;
    found_.push_back({begin, end, UnitKind::kField});
  }
  static bool is_sentence(std::string_view value) {
    constexpr std::array<std::string_view, 6> kMarks = {"!", "?", "。", "！", "？", "؟"};
    for (const std::string_view mark : kMarks) {
      if (value.ends_with(mark)) return true;
    }
    return value.ends_with('.') && !value.ends_with("est.");
  }

  std::string_view text_;
  std::vector<Boundary> boundaries_;
  std::vector<Unit> units_;
  std::vector<Unit> found_;
};

}  // namespace

std::vector<Unit> find_containers(std::string_view text) { return ContainerFinder(text).find(); }

}  // namespace cento
