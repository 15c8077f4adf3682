// Sentences that cannot stand without the one before them.
#pragma once

#include <string_view>

namespace cento {

// Whether a sentence opens with a pronoun or a connective ("It", "However", "In this"): it may come
// only after its own predecessor. Knows English, German and Spanish words, and a few of French.
// A sentence that opens in lower case leans back, too. Constant cost.
bool leans_back(std::string_view sentence);

}  // namespace cento
