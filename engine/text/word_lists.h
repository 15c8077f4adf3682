// The few lists of words that sentence ends and units need (English, German, Spanish).
#pragma once

#include <cstdint>
#include <string_view>

namespace cento {

enum class WordList : uint8_t {
  kTitle,         // abbreviations before a name: their full stop never ends a sentence ("Mr", "St")
  kInner,         // other abbreviations that never end a sentence ("e.g", "vs", "bzw")
  kBeforeNumber,  // abbreviations only where a number follows ("No", "fig", "Oct")
  kMayEnd,        // abbreviations that may end a sentence ("etc", "Inc", "est")
  kSentenceStarter,  // words that, capitalised, open a sentence rather than a name
  kConnector,        // lower-case words inside names ("of", "the", "de")
  kGoesOn,           // words that no heading or sentence ends with ("of", "the")
  kMonth,            // names of months and their abbreviations
  kGermanOrdinal,    // what follows "7." without a sentence end ("Januar", "Jahrhundert")
  kMeasureModifier,  // before a unit of measure ("sq", "cubic")
  kMeasure,          // units of measure, scales and currencies after a number ("km", "million")
  kCurrencyCode,     // before a number ("USD")
  kEra,              // after a year ("BC")
  kDayPart,          // after a time ("pm")
  kLeansBack,        // small letters: words that open a sentence which leans on the one before it
  kLeansBackPair,    // the same of two words, joined by an underscore ("for_example")
  kClauseOpener,     // small letters: words that make a clause lean on another one ("when", "weil")
  // Small letters: how questions open.
  kAuxiliary,  // of one that is answered by yes or no ("is", "does")
  kAskedBy,    // question words ("who", "how", "wie")
  kAsker,      // who asks or is asked ("i", "you", "wir")
  // Small letters: values that are words.
  kNegation,    // "not", "never", "nicht"
  kNumberWord,  // "two", "hundred"
};

// Whether `word` is on the list, as it is spelled there. Cost: logarithmic in the list.
bool is_listed(WordList list, std::string_view word);
// Whether a folded word asks or holds a sentence together, and says nothing of a topic: it goes on,
// is an auxiliary or a question word. Cost: as above, thrice.
bool is_function_word(std::string_view folded);

}  // namespace cento
