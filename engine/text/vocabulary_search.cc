#include "text/vocabulary_search.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "base/utf8.h"
#include "text/unicode.h"
#include "text/unicode_tables.h"

namespace cento {
namespace {

constexpr uint32_t kLongestToken = 255;  // bytes, so also characters
constexpr uint32_t kLongestTyped = kLongestToken + Tolerance::kMaxEdits;

// A distance counts edits and, below them, letters whose case differs: it is smallest for the
// fewest edits and then for the fewest such letters, of which a token has at most kLongestToken.
using Distance = uint32_t;
constexpr Distance kEdit = kLongestToken + 1;

// No row depends on so many bytes; see NearWalk::Row::depends_on.
constexpr uint32_t kUnshared = 256;

struct Character {
  char32_t code_point;
  char32_t folded;
  uint32_t length;  // bytes
  bool valid;
};

Character character_at(std::string_view text, size_t at) {
  const DecodedCodePoint c = decode_utf8(text, at);
  // Bytes that are not valid differ from each other and from U+FFFD.
  const char32_t code_point = c.valid ? c.code_point : 0x110000 + static_cast<uint8_t>(text[at]);
  return {code_point, fold_case(code_point), c.length, c.valid};
}

// How much it takes to replace one character by the other.
Distance difference(const Character& a, const Character& b) {
  if (a.folded != b.folded) return kEdit;
  return a.code_point != b.code_point;
}

// The rows of the dynamic programming along one path of the trie that the sorted strings form.
class NearWalk {
 public:
  NearWalk(std::string_view typed, Tolerance tolerance)
      : edits_(std::min(tolerance.edits, Tolerance::kMaxEdits)), limit_((edits_ + 1) * kEdit) {
    for (size_t at = 0; at < typed.size(); at += typed_[typed_size_++].length) {
      too_long_ = typed_size_ == kLongestTyped;
      if (too_long_) return;
      typed_[typed_size_] = character_at(typed, at);
    }
    exact_ = std::min(tolerance.exact_characters, typed_size_);
    rows_[0].end = rows_[0].depends_on = 0;
    rows_[0].best = limit_;
    fill_row();
  }

  // Whether it is longer than any token and the edits together, so that nothing is near and nothing
  // else may be called.
  bool too_long() const { return too_long_; }
  // Goes back to what the first `bytes` bytes determine.
  void back_to(uint32_t bytes) {
    while (rows_[depth_].depends_on > bytes) --depth_;
  }
  // Goes down along `text` until a longer beginning cannot be nearer than the best.
  // REQUIRES: the rows are of beginnings of `text`.
  void follow(std::string_view text) {
    while (!settled() && rows_[depth_].end < text.size()) {
      const Row& before = rows_[depth_++];
      Row& row = rows_[depth_];
      row.last = character_at(text, before.end);
      row.end = before.end + row.last.length;
      row.depends_on = row.last.valid ? row.end : kUnshared;
      row.best = before.best;
      fill_row();
    }
  }
  // Whether all texts that share the first depends_on() bytes have the same best().
  bool settled() const { return rows_[depth_].lowest >= best(); }
  uint32_t depends_on() const { return rows_[depth_].depends_on; }
  // The least distance of a beginning of the text from `typed`; the limit where all are too far.
  Distance best() const { return rows_[depth_].best; }
  bool found() const { return best() < limit_; }

 private:
  // Row i has the distances of the first i characters of a text from those beginnings of `typed`
  // that differ in length by at most edits_, as others are out of reach: cell b is for the
  // beginning of i + b - edits_ characters.
  struct Row {
    Character last;  // the i-th character; none in row 0
    uint32_t end;    // byte where it ends
    // The row is the same for all texts that share so many bytes. Whether a byte is invalid may
    // depend on those that follow, so a row that ends with one is shared with no other text (until
    // a valid character follows, which settles it).
    uint32_t depends_on;
    Distance lowest;  // of the cells
    Distance best;    // of this and all shorter beginnings, from the whole of `typed`
    std::array<Distance, 2 * Tolerance::kMaxEdits + 1> cells;
  };

  // Fills the cells of the deepest row, sets its `lowest` and lowers its `best`.
  void fill_row() {
    Row& row = rows_[depth_];
    const bool free = depth_ > exact_;  // the first characters take no edits
    row.lowest = limit_;
    for (uint32_t b = 0; b <= 2 * edits_; ++b) {
      Distance least = limit_;
      const uint32_t length = depth_ + b - edits_;
      if (length <= typed_size_) {  // also where the difference wraps around
        if (depth_ == 0 && length == 0) least = 0;
        if (depth_ > 0 && length > 0) {
          const Distance replace = difference(row.last, typed_[length - 1]);
          if (free || replace < kEdit) {
            least = std::min(least, rows_[depth_ - 1].cells[b] + replace);
          }
        }
        if (free && b < 2 * edits_) {
          least = std::min(least, rows_[depth_ - 1].cells[b + 1] + kEdit);
        }
        if (depth_ >= exact_ && b > 0) least = std::min(least, row.cells[b - 1] + kEdit);
        if (depth_ >= exact_ + 2 && length >= 2) {
          const Distance swap = difference(row.last, typed_[length - 2]) +
                                difference(rows_[depth_ - 1].last, typed_[length - 1]);
          if (swap < kEdit) least = std::min(least, rows_[depth_ - 2].cells[b] + kEdit + swap);
        }
        row.lowest = std::min(row.lowest, least);
        if (length == typed_size_) row.best = std::min(row.best, least);
      }
      row.cells[b] = least;
    }
  }

  uint32_t edits_;
  Distance limit_;  // a distance out of reach
  uint32_t exact_ = 0;
  uint32_t depth_ = 0;  // of the deepest row
  uint32_t typed_size_ = 0;
  bool too_long_ = false;
  std::array<Character, kLongestTyped> typed_;
  std::array<Row, kLongestToken + 1> rows_;
};

bool is_lower(char32_t code_point) { return to_upper(code_point) != code_point; }

std::string_view without_leading_space(std::string_view text) {
  while (!text.empty()) {
    const TextChar c = char_at(text, 0);
    if (c.kind != CharClass::kSpace) break;
    text.remove_prefix(c.length);
  }
  return text;
}

bool is_one_word(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const TextChar c = char_at(text, at);
    if (c.kind != CharClass::kLetter && c.kind != CharClass::kMark && c.kind != CharClass::kDigit) {
      return false;
    }
    at += c.length;
  }
  return true;
}

bool is_all_capitals(std::string_view text) {
  uint32_t capitals = 0;
  for (size_t at = 0; at < text.size();) {
    const TextChar c = char_at(text, at);
    if (is_lower(c.code_point)) return false;
    capitals += is_upper(c.code_point);
    at += c.length;
  }
  return capitals >= 2;
}

}  // namespace

VocabularySearch::VocabularySearch(const Vocabulary& vocabulary)
    : vocabulary_(&vocabulary), ids_(vocabulary.size() - 1), shared_(ids_.size()) {
  std::iota(ids_.begin(), ids_.end(), kFirstByteToken);
  const size_t size = ids_.size();
  const auto below = [&](TokenId a, TokenId b) { return vocabulary.text(a) < vocabulary.text(b); };
  // A merge sort of its own: std::sort would be half a kilobyte more to download.
  std::vector<TokenId> merged(size);
  for (size_t width = 1; width < size; width *= 2) {
    size_t left = 0;
    size_t right = 0;
    size_t middle = 0;  // of the two runs that `left` and `right` walk through
    size_t end = 0;
    for (size_t i = 0; i < size; ++i) {
      if (i == end) {
        left = i;
        right = middle = std::min(i + width, size);
        end = std::min(middle + width, size);
      }
      const bool take_right = left == middle || (right < end && below(ids_[right], ids_[left]));
      merged[i] = ids_[take_right ? right++ : left++];
    }
    ids_.swap(merged);
  }
  for (size_t i = 1; i < size; ++i) {
    const std::string_view before = vocabulary.text(ids_[i - 1]);
    const std::string_view text = vocabulary.text(ids_[i]);
    // The strings differ, so the first ends or differs within the second.
    size_t shared = 0;
    while (shared < before.size() && before[shared] == text[shared]) ++shared;
    shared_[i] = static_cast<uint8_t>(shared);
  }
}

std::span<const TokenId> VocabularySearch::with_prefix(std::string_view bytes) const {
  // The first one from `begin` on whose beginning is not below `bytes`, or, `after`, is above.
  const auto search = [&](size_t begin, bool after) {
    size_t end = ids_.size();
    while (begin < end) {
      const size_t middle = begin + (end - begin) / 2;
      const int order = vocabulary_->text(ids_[middle]).substr(0, bytes.size()).compare(bytes);
      if (order < 0 || (after && order == 0)) {
        begin = middle + 1;
      } else {
        end = middle;
      }
    }
    return begin;
  };
  const size_t begin = search(0, false);
  return {ids_.data() + begin, search(begin, true) - begin};
}

void VocabularySearch::near(std::string_view typed, Tolerance tolerance,
                            std::vector<NearToken>& out) const {
  NearWalk walk(typed, tolerance);
  if (walk.too_long()) return;
  for (size_t i = 0; i < ids_.size();) {
    walk.back_to(shared_[i]);
    walk.follow(vocabulary_->text(ids_[i]));
    NearToken near{0, static_cast<uint8_t>(walk.best() / kEdit),
                   static_cast<uint8_t>(walk.best() % kEdit)};
    // Where the whole of the token had to be read, others that it begins may be nearer.
    const uint32_t same = walk.settled() ? walk.depends_on() : kUnshared;
    do {
      near.token = ids_[i++];
      if (walk.found()) out.push_back(near);
    } while (i < ids_.size() && shared_[i] >= same);
  }
}

char32_t fold_case(char32_t code_point) {
  constexpr char32_t kFinalSigma = 0x3C2;
  return code_point == kFinalSigma ? kFinalSigma + 1 : to_lower(code_point);
}

char32_t to_upper(char32_t code_point) {
  if (code_point < 128) {
    return code_point >= 'a' && code_point <= 'z' ? code_point - 32 : code_point;
  }
  if (is_upper(code_point)) return code_point;
  const char32_t folded = fold_case(code_point);
  for (uint32_t i = 0; i < kLowerCaseRunCount; ++i) {
    const char32_t upper = (folded & ~0xFFFFu) | ((folded - kLowerCaseRuns[i].distance) & 0xFFFFu);
    if (upper != folded && to_lower(upper) == folded) return upper;
  }
  return code_point;
}

std::string match_case(std::string_view candidate, std::string_view typed) {
  const std::string_view word = without_leading_space(candidate);
  typed = without_leading_space(typed);
  if (typed.empty() || word.starts_with(typed)) return std::string(candidate);

  uint32_t to_raise = 0;  // characters
  if (is_all_capitals(typed)) {
    if (is_one_word(word)) to_raise = static_cast<uint32_t>(word.size());
  } else if (is_upper(char_at(typed, 0).code_point)) {
    to_raise = 1;
  }
  std::string text(candidate.substr(0, candidate.size() - word.size()));
  size_t at = 0;
  for (; at < word.size() && to_raise > 0; --to_raise) {
    const TextChar c = char_at(word, at);
    const char32_t upper = to_upper(c.code_point);
    if (upper == c.code_point) {
      text += word.substr(at, c.length);
    } else {
      append_utf8(upper, text);
    }
    at += c.length;
  }
  text += word.substr(at);
  return text;
}

}  // namespace cento
