#include "text/boundaries.h"

#include <algorithm>

#include "text/lines.h"
#include "text/pretokenizer.h"
#include "text/unicode.h"
#include "text/word_lists.h"

namespace cento {
namespace {

constexpr uint32_t kFullWidth = 50;        // columns from which a line may be wrapped prose
constexpr uint32_t kWrappedWidth = 55;     // the same where the next line opens with a capital
constexpr uint32_t kUnwrappedWidth = 160;  // no one wraps here: such a line is a paragraph
constexpr uint32_t kShortTitle = 40;
constexpr size_t kLongestListNumber = 5;     // bytes: "12" or "1.2.3"
constexpr size_t kLongestAbbreviation = 24;  // bytes

bool is_ascii_mark(char32_t c) { return c == '.' || c == '!' || c == '?' || c == 0x2026; }

// Marks that end a sentence without needing a blank after them.
bool is_plain_mark(char32_t c) {
  switch (c) {
    case 0x3002:  // 。
    case 0xFF01:  // ！
    case 0xFF1F:  // ？
    case 0xFF61:  // ｡
    case 0x061F:  // ؟
    case 0x06D4:  // ۔
    case 0x0964:  // ।
    case 0x0965:  // ॥
    case 0x0589:  // ։
    case 0x1362:  // ።
    case 0x104B:  // ။
    case 0x17D4:  // ។
    case 0x203C:  // ‼
    case 0x2047:  // ⁇
    case 0x2048:  // ⁈
    case 0x2049:  // ⁉
      return true;
    default: return false;
  }
}

bool is_mark(char32_t c) { return is_ascii_mark(c) || is_plain_mark(c); }

bool is_closer(char32_t c) {
  switch (c) {
    case ')':
    case ']':
    case '}':
    case '"':
    case '\'':
    case 0x2019:  // ’
    case 0x201D:  // ”
    case 0x201C:  // “ closes in German
    case 0xBB:    // »
    case 0x203A:  // ›
    case 0x300D:  // 」
    case 0x300F:  // 』
    case 0x300B:  // 》
    case 0x3011:  // 】
    case 0xFF09:  // ）
      return true;
    default: return false;
  }
}

bool is_opener(char32_t c) {
  switch (c) {
    case '(':
    case '[':
    case '{':
    case '"':
    case '\'':
    case '`':
    case 0xA1:    // ¡
    case 0xBF:    // ¿
    case 0xAB:    // «
    case 0xBB:    // » opens in German
    case 0x2018:  // ‘
    case 0x201C:  // “
    case 0x201E:  // „
    case 0x201A:  // ‚
    case 0x2039:  // ‹
    case 0x300C:  // 「
    case 0x300E:  // 『
    case 0x300A:  // 《
      return true;
    default: return false;
  }
}

class BoundaryFinder {
 public:
  BoundaryFinder(std::string_view text, std::span<const Heading> headings)
      : text_(text), headings_(headings), lines_(find_lines(text)) {
    Pretokenizer pretokenizer(text);
    for (Pretoken pretoken; pretokenizer.next(pretoken);) pieces_.push_back(pretoken);
  }

  std::vector<Boundary> find() {
    if (lines_.empty()) {
      if (!text_.empty()) add(static_cast<uint32_t>(text_.size()), BoundaryKind::kParagraph);
      return std::move(boundaries_);
    }
    size_t piece = 0;
    for (size_t i = 0; i < lines_.size(); ++i) {
      const bool last = i + 1 == lines_.size();
      // The line's pre-tokens; white space after it belongs to what follows.
      while (pieces_[piece].end <= lines_[i].begin) ++piece;
      line_first_ = piece;
      while (piece < pieces_.size() && pieces_[piece].begin < lines_[i].end) ++piece;
      find_in_line(line_first_, piece);
      if (!last) find_at_line_end(i, piece);
    }
    add_headings();
    while (!boundaries_.empty() && boundaries_.back().at >= lines_.back().end)
      boundaries_.pop_back();
    add(static_cast<uint32_t>(text_.size()), BoundaryKind::kParagraph);
    return std::move(boundaries_);
  }

 private:
  std::string_view line_text(size_t i) const {
    return text_.substr(lines_[i].begin, lines_[i].end - lines_[i].begin);
  }
  std::string_view piece_text(size_t i) const {
    return text_.substr(pieces_[i].begin, pieces_[i].end - pieces_[i].begin);
  }
  bool has_leading_space(size_t i) const {
    return text_[pieces_[i].begin] == ' ' && pieces_[i].kind != PretokenKind::kSpace;
  }
  bool is_spaced(size_t i) const {
    return has_leading_space(i) || pieces_[i].kind == PretokenKind::kSpace;
  }
  // The first character of a pre-token after its leading space.
  TextChar first_char(size_t i) const {
    return char_at(text_, pieces_[i].begin + (has_leading_space(i) ? 1 : 0));
  }
  std::string_view word(size_t i) const {
    std::string_view text = piece_text(i);
    if (has_leading_space(i)) text.remove_prefix(1);
    return text;
  }

  void add(uint32_t at, BoundaryKind kind) { boundaries_.push_back({at, kind}); }

  bool is_closing(size_t i) const {
    return !is_spaced(i) &&
           (is_closer(first_char(i).code_point) || is_mark(first_char(i).code_point));
  }

  // A footnote mark glued to the end of a sentence: "[12]".
  bool is_footnote(size_t i) const {
    return i + 2 < pieces_.size() && piece_text(i) == "[" &&
           pieces_[i + 1].kind == PretokenKind::kNumber && !has_leading_space(i + 1) &&
           piece_text(i + 2) == "]";
  }

  // The piece after the marks and closers that follow the mark at `i`.
  size_t after_closers(size_t i, bool& closed) const {
    size_t at = i + 1;
    while (at < pieces_.size()) {
      if (is_footnote(at)) {
        at += 3;
      } else if (is_closing(at)) {
        closed = closed || is_closer(first_char(at).code_point);
        ++at;
      } else {
        break;
      }
    }
    return at;
  }

  void find_in_line(size_t first, size_t end) {
    for (size_t i = first; i < end; ++i) {
      if (pieces_[i].kind != PretokenKind::kPunctuation || !is_mark(first_char(i).code_point))
        continue;
      bool closed = false;
      const size_t after = after_closers(i, closed);
      if (after < end && ends_sentence(i, after, closed, false)) {
        add(pieces_[after].begin, BoundaryKind::kSentence);
      }
      i = after - 1;
    }
  }

  // The mark of the line that ends before piece `end`, if only closers come after it.
  bool line_mark(size_t end, size_t& mark, bool& closed) const {
    mark = end;
    for (size_t i = end; i-- > line_first_ && end - i <= 8;) {
      if (pieces_[i].kind == PretokenKind::kNumber && i >= 1 && i + 1 < end) continue;  // footnote
      if (pieces_[i].kind != PretokenKind::kPunctuation) break;
      if (is_mark(first_char(i).code_point)) {
        mark = i;
      } else if (mark != end || (piece_text(i) != "[" && !is_closing(i))) {
        break;
      }
    }
    return mark != end && after_closers(mark, closed) == end;
  }

  void find_at_line_end(size_t i, size_t end) {
    const uint32_t at = end < pieces_.size() ? pieces_[end].begin : lines_[i].end;
    const std::string_view line = line_text(i);
    const std::string_view next = line_text(i + 1);
    const uint32_t width = line_width(line);
    const bool standing_apart = lines_[i + 1].breaks_before > 1 || width > kUnwrappedWidth ||
                                is_list_item(next) || is_code_line(line, lines_[i].indent) ||
                                is_code_line(next, lines_[i + 1].indent);
    const size_t opening = first_word(end);
    const bool next_is_lower = opening < pieces_.size() && is_lower(first_char(opening).code_point);
    if (standing_apart || opens_field(line, next, width, next_is_lower)) {
      add(at, BoundaryKind::kParagraph);
      return;
    }
    size_t mark = 0;
    bool closed = false;
    if (line_mark(end, mark, closed) && ends_sentence(mark, end, closed, true)) {
      add(at, BoundaryKind::kSentence);
    } else if (!is_listed(WordList::kGoesOn, word(end - 1)) &&
               !is_continued(line, width, next_is_lower)) {
      add(at, BoundaryKind::kParagraph);
    }
  }

  // Whether a line break before a "label: value" line sets it apart from what may be wrapped prose.
  static bool opens_field(std::string_view line, std::string_view next, uint32_t width,
                          bool next_is_lower) {
    if (field_label_length(next) == 0) return false;
    return !next_is_lower || width < kFullWidth || field_label_length(line) > 0;
  }

  // Whether a line without a mark at its end goes on in the next one.
  static bool is_continued(std::string_view line, uint32_t width, bool next_is_lower) {
    const char last = line.back();
    if (last == ':' || line.ends_with("：")) return false;
    if (last == ',' || last == '(' || last == '[' || line.ends_with("—")) return true;
    if (next_is_lower) return width >= kShortTitle || !is_title_like(line);
    return width >= kWrappedWidth && !is_title_like(line) && field_label_length(line) == 0;
  }

  // The word from piece `i` on, past white space and opening marks.
  size_t first_word(size_t i) const {
    while (i < pieces_.size() &&
           (pieces_[i].kind == PretokenKind::kSpace || is_opener(first_char(i).code_point))) {
      ++i;
    }
    return i;
  }

  bool is_starter(size_t i) const {
    return i < pieces_.size() && is_listed(WordList::kSentenceStarter, word(i));
  }

  // A name of code such as "os.path", "next()" or "max_size", which begins sentences in lower case.
  bool is_identifier(size_t i) const {
    if (i + 1 >= pieces_.size() || pieces_[i].kind != PretokenKind::kWord || is_spaced(i + 1))
      return false;
    const char32_t joint = first_char(i + 1).code_point;
    if (joint == '_' || joint == '(') return true;
    return joint == '.' && i + 2 < pieces_.size() && pieces_[i + 2].kind == PretokenKind::kWord &&
           !has_leading_space(i + 2);
  }

  // Whether the sentence ends with the mark at `i`, when `next` is the first piece after its
  // closers.
  bool ends_sentence(size_t i, size_t next, bool closed, bool at_line_end) const {
    const char32_t mark = first_char(i).code_point;
    if (is_plain_mark(mark)) return true;
    const bool ideograph = pieces_[next].kind == PretokenKind::kIdeograph;
    if (!is_spaced(next)) return ideograph && (mark == '!' || mark == '?');
    const size_t opening = first_word(next);
    if (opening >= pieces_.size()) return true;
    const TextChar first = first_char(opening);
    const bool lower = is_lower(first.code_point);
    if (first.kind == CharClass::kPunctuation && !at_line_end) {
      return opens_a_sentence(first.code_point);
    }
    if (mark != '.' || word(i).size() > 1) return !lower || (at_line_end && !closed && mark != '.');
    if (has_leading_space(i) || i == line_first_) return false;
    if (is_abbreviation(i, opening, first)) return false;
    return !lower || (at_line_end && !closed) || is_identifier(opening);
  }

  // Symbols that open sentences: variables, prices, anchors.
  static bool opens_a_sentence(char32_t c) {
    return c == '$' || c == '@' || c == '#' || c == '_' || c == '%' || c == '<' || c == 0x20AC;
  }

  // Whether the full stop at `i` belongs to an abbreviation, an initial or an ordinal that goes on
  // with the word at `opening`.
  bool is_abbreviation(size_t i, size_t opening, const TextChar& first) const {
    size_t begin = i;
    bool dotted = false;
    bool short_parts = true;
    bool digits = true;
    while (begin > line_first_ &&
           pieces_[i].begin - pieces_[begin - 1].begin <= kLongestAbbreviation) {
      const Pretoken& piece = pieces_[begin - 1];
      const bool dot = piece_text(begin - 1) == ".";
      if (!dot && piece.kind != PretokenKind::kWord && piece.kind != PretokenKind::kNumber) break;
      --begin;
      dotted = dotted || dot;
      if (!dot) {
        digits = digits && piece.kind == PretokenKind::kNumber;
        short_parts = short_parts && letters(begin) == 1;
      }
      if (has_leading_space(begin)) break;
    }
    if (begin == i) return false;
    const uint32_t from = pieces_[begin].begin + (has_leading_space(begin) ? 1 : 0);
    const std::string_view before = text_.substr(from, pieces_[i].begin - from);
    if (digits) {
      const bool list_number = begin == line_first_ && before.size() <= kLongestListNumber;
      return list_number ||
             (before.size() <= 2 && is_listed(WordList::kGermanOrdinal, word(opening)));
    }
    if (is_listed(WordList::kTitle, before) || is_listed(WordList::kInner, before)) return true;
    const bool number_follows = first.kind == CharClass::kDigit;
    if (is_listed(WordList::kBeforeNumber, before) && number_follows) return true;
    const bool may_end = is_listed(WordList::kMayEnd, before) || (dotted && short_parts);
    if (may_end) return !is_starter(opening);
    // An initial; "I" is a word, and a small letter is a variable or a list mark.
    const TextChar letter = char_at(before, 0);
    return letter.length == before.size() && is_upper(letter.code_point) && before != "I" &&
           !number_follows && !is_starter(opening);
  }

  uint32_t letters(size_t i) const {
    uint32_t count = 0;
    const std::string_view text = word(i);
    for (size_t at = 0; at < text.size(); ++count) at += char_at(text, at).length;
    return count;
  }

  // The edge at or before byte `at`, white space before it included.
  uint32_t edge_before(uint32_t at) const {
    auto piece = std::upper_bound(pieces_.begin(), pieces_.end(), at,
                                  [](uint32_t b, const Pretoken& p) { return b < p.begin; });
    --piece;
    while (piece != pieces_.begin() && (piece - 1)->kind == PretokenKind::kSpace) --piece;
    return piece->begin;
  }
  // The edge at or after byte `at`.
  uint32_t edge_after(uint32_t at) const {
    const auto piece = std::lower_bound(pieces_.begin(), pieces_.end(), at,
                                        [](const Pretoken& p, uint32_t b) { return p.begin < b; });
    return piece == pieces_.end() ? static_cast<uint32_t>(text_.size()) : piece->begin;
  }

  // Headings are boundaries on both sides, and nothing inside them is one.
  void add_headings() {
    if (headings_.empty()) return;
    std::vector<Boundary> merged;
    size_t next = 0;
    const auto keep = [&](Boundary boundary) {
      if (boundary.at == 0 || (!merged.empty() && merged.back().at >= boundary.at)) return;
      merged.push_back(boundary);
    };
    for (const Heading& heading : headings_) {
      if (heading.begin >= heading.end || heading.end > text_.size()) continue;
      const uint32_t begin = edge_before(heading.begin);
      const uint32_t end = edge_after(heading.end);
      while (next < boundaries_.size() && boundaries_[next].at < begin) keep(boundaries_[next++]);
      while (next < boundaries_.size() && boundaries_[next].at <= end) ++next;
      keep({begin, BoundaryKind::kParagraph});
      keep({end, BoundaryKind::kParagraph});
    }
    while (next < boundaries_.size()) keep(boundaries_[next++]);
    boundaries_ = std::move(merged);
  }

  std::string_view text_;
  std::span<const Heading> headings_;
  std::vector<Line> lines_;
  std::vector<Pretoken> pieces_;
  std::vector<Boundary> boundaries_;
  size_t line_first_ = 0;  // first piece of the line at work
};

}  // namespace

std::vector<Boundary> find_boundaries(std::string_view text, std::span<const Heading> headings) {
  return BoundaryFinder(text, headings).find();
}

}  // namespace cento
