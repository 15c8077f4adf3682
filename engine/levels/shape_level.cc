#include "levels/shape_level.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/bytes.h"
#include "base/sort.h"
#include "levels/crystallize.h"
#include "text/sentence_end.h"
#include "text/tokenizer.h"
#include "text/unicode.h"

namespace cento {
namespace {

constexpr size_t kParsedAtOnce = 128;  // classes
constexpr uint32_t kMinTokens = 4;     // of a sentence
constexpr uint64_t kMinMergeCount = 4;
constexpr size_t kLongestEnd = 24;  // bytes in which a sentence's end mark and brackets stand

bool is_word(std::string_view token) {
  const size_t at = token.size() > 1 && token[0] == ' ' ? 1 : 0;
  const CharClass kind = char_at(token, at).kind;
  return kind == CharClass::kLetter || kind == CharClass::kIdeograph;
}

// Calls use(classes) for each sentence of prose.
template <typename Use>
void for_each_sentence(std::span<const TokenId> stream, std::span<const uint32_t> starts,
                       const Vocabulary& vocabulary, std::span<const uint8_t> class_of, Use use) {
  std::vector<uint8_t> classes;
  for (size_t i = 0; i < starts.size(); ++i) {
    const size_t end = i + 1 < starts.size() ? starts[i + 1] : stream.size();
    const auto tokens = stream.subspan(starts[i], end - starts[i]);
    if (sentence_classes(tokens, vocabulary, class_of, classes)) use(classes);
  }
}

// Orders merges by their pair.
uint64_t pair_key(ShapeId left, ShapeId right, size_t merge) {
  return uint64_t{left} << 32 | uint64_t{right} << 16 | merge;
}

}  // namespace

Result<Shapes> Shapes::create(uint32_t class_count, std::vector<ShapeMerge> merges) {
  if (class_count > kMaxClasses || class_count + merges.size() > kMaxShapes) {
    return Status::invalid_argument("There are too many shapes.");
  }
  std::vector<uint32_t> lengths(class_count, 1);
  std::vector<uint64_t> pairs;
  pairs.reserve(merges.size());
  for (const ShapeMerge& merge : merges) {
    if (merge.left >= lengths.size() || merge.right >= lengths.size() ||
        lengths[merge.left] + lengths[merge.right] > kMaxShapeLength) {
      return Status::invalid_argument("A shape is made of what is not there, or too long.");
    }
    lengths.push_back(lengths[merge.left] + lengths[merge.right]);
    pairs.push_back(pair_key(merge.left, merge.right, 0));
  }
  sort_numbers(pairs);
  if (std::adjacent_find(pairs.begin(), pairs.end()) != pairs.end()) {
    return Status::invalid_argument("Two shapes are the same.");
  }
  Shapes shapes;
  shapes.class_count_ = class_count;
  shapes.merges_ = std::move(merges);
  return shapes;
}

ShapeParser::ShapeParser(const Shapes& shapes) : class_count_(shapes.class_count()) {
  for (const ShapeMerge& merge : shapes.merges()) {
    by_pair_.push_back(pair_key(merge.left, merge.right, by_pair_.size()));
  }
  sort_numbers(by_pair_);
}

uint32_t ShapeParser::merge_of(ShapeId left, ShapeId right) const {
  const uint64_t key = pair_key(left, right, 0);
  const auto found = std::lower_bound(by_pair_.begin(), by_pair_.end(), key);
  const bool is_there = found != by_pair_.end() && (*found & ~uint64_t{0xFFFF}) == key;
  return static_cast<uint32_t>(is_there ? *found & 0xFFFF : by_pair_.size());
}

void ShapeParser::parse(std::span<const uint8_t> classes, std::vector<ShapeId>& out) const {
  const auto none = static_cast<uint32_t>(by_pair_.size());
  for (; !classes.empty(); classes = classes.subspan(std::min(classes.size(), kParsedAtOnce))) {
    ShapeId shapes[kParsedAtOnce];
    uint32_t merges[kParsedAtOnce];  // of each shape with the one behind it
    size_t length = std::min(classes.size(), kParsedAtOnce);
    std::copy_n(classes.begin(), length, shapes);
    for (size_t i = 0; i + 1 < length; ++i) merges[i] = merge_of(shapes[i], shapes[i + 1]);
    // A merge makes no pair that an earlier one would take: the first one, leftmost, is next.
    while (length > 1) {
      const size_t at = static_cast<size_t>(std::min_element(merges, merges + length - 1) - merges);
      if (merges[at] == none) break;
      shapes[at] = static_cast<ShapeId>(class_count_ + merges[at]);
      --length;
      std::copy(shapes + at + 2, shapes + length + 1, shapes + at + 1);
      std::copy(merges + at + 1, merges + length, merges + at);
      if (at > 0) merges[at - 1] = merge_of(shapes[at - 1], shapes[at]);
      if (at + 1 < length) merges[at] = merge_of(shapes[at], shapes[at + 1]);
    }
    out.insert(out.end(), shapes, shapes + length);
  }
}

bool sentence_classes(std::span<const TokenId> tokens, const Vocabulary& vocabulary,
                      std::span<const uint8_t> class_of, std::vector<uint8_t>& classes) {
  classes.clear();
  std::string end;  // the last bytes
  uint32_t words = 0;
  const auto add = [&](TokenId token) {
    const std::string_view text = vocabulary.text(token);
    words += is_word(text) ? 1 : 0;
    classes.push_back(class_of[token]);
    if (end.size() > 4 * kLongestEnd) end.erase(0, end.size() - kLongestEnd);
    end += text;
  };
  const auto is_space = [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; };
  bool after_break = false;
  for (size_t i = 0; i < tokens.size(); ++i) {
    std::string_view text = vocabulary.text(tokens[i]);
    if (std::all_of(text.begin(), text.end(), is_space)) {
      after_break |= text.find('\n') != text.npos;
      continue;
    }
    if (!after_break || classes.empty() || is_space(text[0])) {
      add(tokens[i]);
    } else {
      // The word may be cut into other tokens when a space leads it.
      std::string word = " ";
      word += text;
      for (; i + 1 < tokens.size(); ++i) {
        text = vocabulary.text(tokens[i + 1]);
        if (text.empty() || is_space(text[0])) break;
        word += text;
      }
      std::vector<TokenId> spaced;
      Tokenizer(vocabulary).encode(word, spaced);
      for (const TokenId token : spaced) add(token);
    }
    after_break = false;
  }
  if (classes.size() < kMinTokens || 2 * words < classes.size() || !ends_sentence(end)) {
    classes.clear();
  }
  return !classes.empty();
}

Result<Shapes> build_shapes(std::span<const TokenId> stream,
                            std::span<const uint32_t> sentence_starts, const Vocabulary& vocabulary,
                            const TokenClasses& classes, const Progress& progress) {
  std::vector<std::vector<uint8_t>> sentences;
  for_each_sentence(stream, sentence_starts, vocabulary, classes.class_of,
                    [&](const std::vector<uint8_t>& sentence) { sentences.push_back(sentence); });
  std::sort(sentences.begin(), sentences.end(),
            [](const std::vector<uint8_t>& a, const std::vector<uint8_t>& b) {
              return as_text(a) < as_text(b);
            });
  sentences.erase(std::unique(sentences.begin(), sentences.end()), sentences.end());
  std::vector<WeightedSequence> sequences;
  for (const std::vector<uint8_t>& sentence : sentences) {
    // In the pieces that `parse` sees.
    for (size_t at = 0; at < sentence.size(); at += kParsedAtOnce) {
      const auto piece =
          std::span(sentence).subspan(at).first(std::min(kParsedAtOnce, sentence.size() - at));
      sequences.push_back({{piece.begin(), piece.end()}, 1});
    }
  }
  CENTO_ASSIGN_OR_RETURN(const std::vector<Merge> merges,
                         crystallize(sequences,
                                     {.first_new_symbol = classes.class_count,
                                      .max_new_symbols = kMaxShapes - classes.class_count,
                                      .min_count = kMinMergeCount},
                                     progress));
  // Merges that would make a shape too long are left out, with all that rests on them.
  std::vector<uint32_t> lengths(classes.class_count, 1);
  std::vector<uint32_t> renumbered(classes.class_count + merges.size());
  for (uint32_t c = 0; c < classes.class_count; ++c) renumbered[c] = c;
  std::vector<ShapeMerge> kept;
  for (size_t i = 0; i < merges.size(); ++i) {
    const uint32_t left = renumbered[merges[i].left];
    const uint32_t right = renumbered[merges[i].right];
    uint32_t& symbol = renumbered[classes.class_count + i];
    symbol = kMaxShapes;
    if (left == kMaxShapes || right == kMaxShapes) continue;
    if (lengths[left] + lengths[right] > kMaxShapeLength) continue;
    symbol = static_cast<uint32_t>(lengths.size());
    lengths.push_back(lengths[left] + lengths[right]);
    kept.push_back({static_cast<ShapeId>(left), static_cast<ShapeId>(right)});
  }
  return Shapes::create(classes.class_count, std::move(kept));
}

}  // namespace cento
