#include "compose/words.h"

#include <doctest.h>

namespace cento {
namespace {

TEST_CASE(
    "sentences of scripts without spaces stand next to each other, others with a space between") {
  CHECK(space_behind("北京很大。").empty());
  CHECK(space_behind("「北京很大！」").empty());
  CHECK(space_behind("とても大きい").empty());
  CHECK(space_behind("It is large.") == " ");
  CHECK(space_behind("المدينة كبيرة؟") == " ");
  CHECK(space_behind("Er sagte: „Nein.“") == " ");
  CHECK(space_behind("Done 🙂") == " ");
  CHECK(space_behind("") == " ");
}

}  // namespace
}  // namespace cento
