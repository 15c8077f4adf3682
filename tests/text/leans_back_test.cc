#include "text/leans_back.h"

#include <doctest.h>

namespace cento {

TEST_CASE("sentences that open with a pronoun or a connective lean back") {
  for (const char* text :
       {"It was founded in 1901.", " However, the town grew.", "\n\nThey left.", "\"This is so.",
        "In addition, there are three.", "For example, the coast.", "The latter is larger.",
        "Außerdem ist es kalt.", "Sin embargo, llueve.", "and so it went."}) {
    CAPTURE(text);
    CHECK(leans_back(text));
  }
  for (const char* text :
       {"Kenya lies in East Africa.", "In 1963 Kenya became independent.", "The island is small.",
        "12 people live here.", "For years the coast was closed.", "Die Stadt ist alt.", "", "...",
        "Ithaca is an island.", "肯尼亚位于非洲。", "next() gives the rest.", "max_size is 4.",
        "os.path joins them."}) {
    CAPTURE(text);
    CHECK_FALSE(leans_back(text));
  }
}

}  // namespace cento
