#include "text/search_words.h"

#include "text/unicode.h"

namespace cento {
namespace {

constexpr char32_t kRightQuote = 0x2019;
constexpr uint32_t kLongestSuffix = 2;  // letters: 't, 's, 're, but not 'eau

bool is_apostrophe(char32_t c) { return c == '\'' || c == kRightQuote; }

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

bool is_kind(std::string_view text, size_t at, CharClass kind) {
  return at < text.size() && char_at(text, at).kind == kind;
}

// The end of the run of characters of a kind, and of marks, that starts at `at`.
size_t run_end(std::string_view text, size_t at, CharClass kind) {
  while (at < text.size()) {
    const auto byte = static_cast<uint8_t>(text[at]);
    if (byte < kAsciiClasses.size()) {  // there is no ASCII mark
      if (kAsciiClasses[byte] != kind) break;
      ++at;
      continue;
    }
    const TextChar c = char_at(text, at);
    if (c.kind != kind && c.kind != CharClass::kMark) break;
    at += c.length;
  }
  return at;
}

// What follows a word or number that ends at an apostrophe.
struct Suffix {
  size_t end;    // of its letters
  bool belongs;  // to the word, as 't does
};

Suffix suffix_at(std::string_view text, size_t at) {
  const auto byte = static_cast<uint8_t>(text[at]);
  if (byte < 0x80 && byte != '\'') return {at, false};
  const TextChar apostrophe = char_at(text, at);
  if (!is_apostrophe(apostrophe.code_point)) return {at, false};
  const size_t begin = at + apostrophe.length;
  size_t end = begin;
  uint32_t letters = 0;
  for (; letters <= kLongestSuffix && is_kind(text, end, CharClass::kLetter); ++letters) {
    end += char_at(text, end).length;
  }
  if (letters == 0 || letters > kLongestSuffix) return {at, false};
  const bool possessive = letters == 1 && (text[begin] == 's' || text[begin] == 'S');
  return {end, !possessive};
}

size_t number_end(std::string_view text, size_t at) {
  for (;;) {
    at = run_end(text, at, CharClass::kDigit);
    const bool separated = at < text.size() && (text[at] == '.' || text[at] == ',') &&
                           is_kind(text, at + 1, CharClass::kDigit);
    if (!separated) return at;
    ++at;
  }
}

// What stands for the letters from U+00DF to U+017F: the letter without its mark; a capital stands
// for two letters, a space for the character itself.
constexpr char32_t kFirstFolded = 0xDF;
constexpr std::string_view kFolded =
    "S"
    "aaaaaaAceeeeiiiidnooooo ouuuuyTy"  // U+00E0
    "aaaaaaccccccccdddd"                // U+0100
    "eeeeeeeeeegggggggghhhh"            // U+0112
    "iiiiiiiiiiJJjjkkklllllllllln"      // U+0128
    "nnnnnnnnoooooo"                    // U+0144
    "OOrrrrrrssssssss"                  // U+0152
    "ttttttuuuuuuuuuuuuwwyyyzzzzzzs";   // U+0162
static_assert(kFolded.size() == 0x17F - kFirstFolded + 1);

// The letters of Arabic that are written one for another.
char32_t fold_arabic(char32_t c) {
  if (c == U'أ' || c == U'إ' || c == U'آ') return U'ا';
  if (c == U'ى') return U'ي';
  return c == U'ة' ? U'ه' : c;
}

// Bytes of the Arabic article at the beginning of a folded word, with the letters that are written
// in front of it (the light stemming of Larkey, Ballesteros & Connell 2002). Two letters must stay.
size_t arabic_article(std::string_view folded) {
  for (const std::string_view article : {"ال", "وال", "بال", "كال", "فال", "لل"}) {
    if (folded.starts_with(article) && folded.size() >= article.size() + 4) return article.size();
  }
  return 0;
}

void append_folded(char32_t c, std::string& out) {
  const char letter =
      c >= kFirstFolded && c - kFirstFolded < kFolded.size() ? kFolded[c - kFirstFolded] : ' ';
  switch (letter) {
    case 'S': out += "ss"; break;
    case 'A': out += "ae"; break;
    case 'O': out += "oe"; break;
    case 'T': out += "th"; break;
    case 'J': out += "ij"; break;
    case ' ': append_utf8(fold_arabic(c), out); break;
    default: out += letter;
  }
}

// Marks that are written or left out as one likes: combining ones, the short vowels of Arabic and
// the stroke that makes its words longer.
bool is_loose_mark(char32_t c) {
  return (c >= 0x300 && c <= 0x36F) || (c >= 0x64B && c <= 0x652) || c == 0x640 || c == 0x670;
}

}  // namespace

void find_search_words(std::string_view text, std::vector<SearchWord>& out) {
  for (size_t at = 0; at < text.size();) {
    const TextChar c = char_at(text, at);
    const size_t begin = at;
    at += c.length;
    size_t after;  // of what is passed over behind the word
    switch (c.kind) {
      case CharClass::kLetter:
        at = run_end(text, at, CharClass::kLetter);
        after = at;
        while (after == at && at < text.size()) {
          const Suffix suffix = suffix_at(text, at);
          after = suffix.end;
          if (!suffix.belongs) break;
          at = after = run_end(text, after, CharClass::kLetter);
        }
        break;
      case CharClass::kDigit:
        at = after = number_end(text, begin);
        if (at < text.size()) {
          if (const Suffix suffix = suffix_at(text, at); !suffix.belongs) after = suffix.end;
        }
        break;
      case CharClass::kIdeograph: at = after = run_end(text, at, CharClass::kMark); break;
      default: continue;
    }
    out.push_back(
        {static_cast<uint32_t>(begin), static_cast<uint32_t>(at), c.kind == CharClass::kDigit});
    at = after;
  }
}

std::string fold_word(std::string_view word) {
  std::string folded;
  folded.reserve(word.size());
  const bool is_number = !word.empty() && is_ascii_digit(word.front());
  for (size_t at = 0; at < word.size();) {
    const TextChar c = char_at(word, at);
    const std::string_view bytes = word.substr(at, c.length);
    at += c.length;
    char32_t lower = to_lower(c.code_point);
    if (lower == 0x3C2) lower = 0x3C3;  // the Greek sigma at the end of a word
    if (lower == kRightQuote) lower = '\'';
    if (c.kind == CharClass::kControl) {
      folded += bytes;
    } else if (!is_loose_mark(lower) && !(is_number && lower == ',')) {
      append_folded(lower, folded);
    }
  }
  if (folded.starts_with('\xD8') || folded.starts_with('\xD9')) {
    folded.erase(0, arabic_article(folded));
  }
  return folded;
}

}  // namespace cento
