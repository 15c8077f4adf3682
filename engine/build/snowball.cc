#include "build/snowball.h"

#include <libstemmer.h>

namespace cento {

Snowball::Snowball(std::string_view language)
    : stemmer_(sb_stemmer_new(std::string(language.substr(0, language.find('-'))).c_str(), "UTF_8"),
               sb_stemmer_delete) {}

std::string Snowball::stem(std::string_view word) const {
  if (!stemmer_) return std::string(word);
  const auto* bytes = reinterpret_cast<const sb_symbol*>(word.data());
  const sb_symbol* stem = sb_stemmer_stem(stemmer_.get(), bytes, static_cast<int>(word.size()));
  if (stem == nullptr) return std::string(word);
  return {reinterpret_cast<const char*>(stem),
          static_cast<size_t>(sb_stemmer_length(stemmer_.get()))};
}

}  // namespace cento
