#include "build/answer_text.h"

#include <algorithm>
#include <vector>

#include "base/utf8.h"
#include "text/unicode.h"

namespace cento {
namespace {

bool is_ascii_punctuation(std::string_view text, size_t at, const TextChar& character) {
  return character.length == 1 && static_cast<uint8_t>(text[at]) > ' ' &&
         character.kind == CharClass::kPunctuation;
}

// Marks of scripts without spaces: CJK punctuation and full-width forms.
bool is_wide_punctuation(const TextChar& character) {
  return character.kind == CharClass::kPunctuation &&
         ((character.code_point >= 0x3000 && character.code_point <= 0x303F) ||
          (character.code_point >= 0xFF00 && character.code_point <= 0xFF65));
}

std::vector<std::string_view> split_words(std::string_view normal) {
  std::vector<std::string_view> words;
  for (size_t begin = 0; begin < normal.size();) {
    const size_t end = std::min(normal.find(' ', begin), normal.size());
    words.push_back(normal.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

double f1(std::vector<std::string_view> a, std::vector<std::string_view> b) {
  if (a.empty() || b.empty()) return a.empty() && b.empty() ? 1 : 0;
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  std::vector<std::string_view> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  // 2pr / (p + r), with p = both / a and r = both / b.
  return 2.0 * static_cast<double>(both.size()) / static_cast<double>(a.size() + b.size());
}

}  // namespace

std::string normalize_answer(std::string_view text) {
  std::string plain;
  for (size_t at = 0; at < text.size();) {
    const TextChar character = char_at(text, at);
    if (character.kind == CharClass::kSpace || is_wide_punctuation(character)) {
      plain += ' ';
    } else if (character.kind == CharClass::kIdeograph) {
      // Without spaces each character is a word, as in the evaluation of MLQA (Lewis et al. 2020).
      plain.append(" ").append(text.substr(at, character.length)).append(" ");
    } else if (character.kind == CharClass::kControl) {
      plain += text.substr(at, character.length);
    } else if (!is_ascii_punctuation(text, at, character)) {
      append_utf8(to_lower(character.code_point), plain);
    }
    at += character.length;
  }
  std::string normal;
  for (const std::string_view word : split_words(plain)) {
    if (word.empty() || word == "a" || word == "an" || word == "the") continue;
    if (!normal.empty()) normal += ' ';
    normal += word;
  }
  return normal;
}

bool contains_answer(std::string_view text, std::span<const std::string> answers) {
  const std::string padded = ' ' + std::string(text) + ' ';
  return std::any_of(answers.begin(), answers.end(), [&](const std::string& answer) {
    return !answer.empty() && padded.find(' ' + answer + ' ') != std::string::npos;
  });
}

double answer_f1(std::string_view text, std::span<const std::string> answers) {
  double best = 0;
  for (const std::string& answer : answers) {
    best = std::max(best, f1(split_words(text), split_words(answer)));
  }
  return best;
}

}  // namespace cento
