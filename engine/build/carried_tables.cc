#include "build/carried_tables.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "retrieval/span_features.h"
#include "text/search_words.h"
#include "text/unicode.h"

namespace cento {
namespace {

// The parts of a text between marks.
std::vector<std::string_view> split(std::string_view text, std::string_view mark) {
  std::vector<std::string_view> parts;
  for (;;) {
    const size_t end = text.find(mark);
    parts.push_back(text.substr(0, end));
    if (end == text.npos) return parts;
    text.remove_prefix(end + mark.size());
  }
}

std::vector<std::string> search_words(std::string_view text) {
  std::vector<SearchWord> found;
  find_search_words(text, found);
  std::vector<std::string> words;
  words.reserve(found.size());
  for (const SearchWord& word : found) {
    words.emplace_back(text.substr(word.begin, word.end - word.begin));
  }
  return words;
}

void add(std::string word, std::vector<std::string>& out) {
  if (std::find(out.begin(), out.end(), word) == out.end()) out.push_back(std::move(word));
}

uint64_t number(std::string_view text) {
  uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// Rows of a table with their counts, in the order of their names.
using Counts = std::array<uint64_t, 2>;
using Rows = std::map<std::string, Counts>;

void add(const std::string& row, Counts counts, Rows& rows) {
  Counts& sum = rows[row];
  sum[0] += counts[0];
  sum[1] += counts[1];
}

std::string write(std::string_view head, const Rows& rows) {
  std::string text(head);
  for (const auto& [row, counts] : rows) {
    text.append(row).append("\t").append(std::to_string(counts[0]));
    text.append("\t").append(std::to_string(counts[1])).append("\n");
  }
  return text;
}

}  // namespace

CarriedTables::CarriedTables(std::string_view words, std::string_view language)
    : stemmer_(language) {
  const Snowball english_stemmer("en");
  const auto is_character = [](const std::string& word) {
    return char_at(word, 0).kind == CharClass::kIdeograph;
  };
  for (const std::string_view line : split(words, "\n")) {
    const size_t equal = line.find('=');
    if (equal == line.npos) continue;
    const std::string english(line.substr(0, equal));
    for (const std::string_view text : split(line.substr(equal + 1), ", ")) {
      const Words phrase = search_words(text);
      if (phrase.empty()) continue;
      has_spaces_ = has_spaces_ && !is_character(phrase[0]);
      words_[english].push_back(phrase);
      stems_[english_stemmer.stem(english)].push_back(phrase);
    }
  }
}

const std::vector<CarriedTables::Words>* CarriedTables::find(std::string_view english) const {
  const auto found = words_.find(english);
  return found == words_.end() ? nullptr : &found->second;
}

std::string CarriedTables::word_table(std::string_view english) const {
  std::string kept;
  Rows rows;
  for (const std::string_view line : split(english, "\n")) {
    const std::vector<std::string_view> fields = split(line, "\t");
    // The head, the sum and the buckets come first.
    if (kept.empty() || line.starts_with("*\t") || line.starts_with("1/2^")) {
      kept.append(line).append("\n");
    } else if (const auto* phrases = find(fields[0]); phrases != nullptr && fields.size() == 3) {
      std::vector<std::string> words;
      for (const Words& phrase : *phrases) {
        for (const std::string& word : phrase) add(fold_word(word), words);
      }
      for (const std::string& word : words) {
        add(word, {number(fields[1]), number(fields[2])}, rows);
      }
    }
  }
  return write(kept, rows);
}

std::vector<std::string> CarriedTables::keys(std::string_view english) const {
  std::vector<std::string> keys;
  if (english.empty()) return {""};
  const std::vector<std::string_view> parts = split(english, " ");
  if (const auto* phrases = find(english)) {
    for (const Words& phrase : *phrases) {
      const bool is_pair = phrase.size() > 1 && parts.size() > 1;
      const std::string first = fold_word(phrase[0]);
      add(is_pair ? first + ' ' + fold_word(phrase[1]) : first, keys);
      // An asking word that is two words ("什么") is asked for by both.
      if (parts.size() == 1 && phrase.size() > 1) add(first + ' ' + fold_word(phrase[1]), keys);
    }
    return keys;
  }
  const auto* asking = find(parts[0]);
  if (asking == nullptr || parts.size() < 2) return {};
  const bool has_focus = parts.size() == 3;
  const auto* words = has_focus ? nullptr : find(parts[1]);
  if (has_focus) {
    const auto found = stems_.find(parts[2]);
    if (found != stems_.end()) words = &found->second;
  }
  if (words == nullptr) return {};
  for (const Words& phrase : *asking) {
    for (const Words& word : *words) {
      const std::string folded = fold_word(word[0]);
      if (has_focus) {
        add(fold_word(phrase[0]) + " > " + stemmer_.stem(folded), keys);
      } else if (phrase.size() == 1 && word.size() == 1) {
        add(fold_word(phrase[0]) + ' ' + folded, keys);
      }
    }
  }
  return keys;
}

std::vector<std::string> CarriedTables::symbols(std::string_view english) const {
  std::vector<std::string> symbols;
  if (const auto* phrases = find(english)) {
    for (const Words& phrase : *phrases) {
      if (phrase.size() == 1) add(phrase[0], symbols);
    }
    return symbols;
  }
  // Marks, and the letters that stand for sorts of words, are the same in most languages.
  const bool is_word = english != "l" && english[0] >= 'a' && english[0] <= 'z';
  if (!is_word) symbols.emplace_back(english);
  return symbols;
}

std::vector<std::string> CarriedTables::pairs(std::string_view english) const {
  const size_t space = english.find(' ');
  std::vector<std::string> pairs;
  for (const std::string& first : symbols(english.substr(0, space))) {
    for (const std::string& second : symbols(english.substr(space + 1))) {
      // Many small rows would say little.
      if (first.size() > 1 && second.size() > 1) continue;
      add(first + ' ' + second, pairs);
    }
  }
  return pairs;
}

std::vector<std::string> CarriedTables::shapes(std::string_view english) const {
  std::vector<std::string> shapes;
  for (const std::string& small : symbols("l")) {
    std::string shape;
    for (char sort : english) {
      if (sort == 'l') sort = small[0];
      if (shape.empty() || shape.back() != sort) shape += sort;
    }
    add(shape, shapes);
  }
  return shapes;
}

std::string CarriedTables::span_table(std::string_view english) const {
  const size_t head = english.find('\n') + 1;
  Rows rows;
  for (const std::string_view line : split(english.substr(head), "\n")) {
    const std::vector<std::string_view> fields = split(line, "\t");
    if (fields.size() != 5) continue;
    const Counts counts = {number(fields[3]), number(fields[4])};
    const std::string feature(fields[0]);
    if (feature == "word") {
      const auto* phrases = find(fields[2]);
      if (phrases == nullptr) continue;
      for (const Words& phrase : *phrases) {
        for (size_t i = 0; i < phrase.size(); ++i) {
          const bool asks = (counts[0] & kAskingWord) != 0;
          // Sorts are bits: what a word is in one place it is in all.
          rows[feature + "\t\t" + fold_word(phrase[i])][0] |=
              i > 0 && asks ? uint64_t{kAuxiliaryWord} : counts[0];
        }
      }
      continue;
    }
    // A run of characters is no run of words: how often it is right is not known.
    if (feature == "span-trials" && !has_spaces_) continue;
    std::vector<std::string> values = {std::string(fields[2])};
    if (feature == "left" || feature == "right") values = pairs(fields[2]);
    if (feature == "shape") values = shapes(fields[2]);
    for (const std::string& key : keys(fields[1])) {
      for (const std::string& value : values) {
        add(feature + '\t' + key + '\t' + value, counts, rows);
      }
    }
  }
  return write(english.substr(0, head), rows);
}

}  // namespace cento
