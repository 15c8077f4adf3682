// The stemmers of the Snowball project (Porter 2001), by language.
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct sb_stemmer;

namespace cento {

// Threads: none. Memory: some kB.
class Snowball {
 public:
  // For a BCP 47 tag ("en", "pt-BR"). Where Snowball has no stemmer for the language, every
  // word is its own stem.
  explicit Snowball(std::string_view language);

  bool knows_language() const { return stemmer_ != nullptr; }
  // The stem of a folded word, of at most 1,000 bytes.
  std::string stem(std::string_view word) const;

 private:
  std::unique_ptr<sb_stemmer, void (*)(sb_stemmer*)> stemmer_;
};

}  // namespace cento
