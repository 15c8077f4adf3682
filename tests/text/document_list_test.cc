#include "text/document_list.h"

#include <doctest.h>

namespace cento {
namespace {

TEST_CASE("a list gives back what was added, however its strings are shared") {
  DocumentList list;
  list.append({"a", "site/a", "Guide", {{0, 5, 1, "guide"}}, 1, 4, 20});
  list.append({"b#1", "site/b#1", "Guide", {}, 6, 0, 0});
  list.append({"", "", "", {}, 7, 2, 9});
  list.append({"site/d", "d", "Guide to d", {{1, 3, 1, ""}}, 10, 3, 12});
  list.extend_last({"", "", "", {{14, 15, 2, "more"}}, 0, 5, 30});
  list.shrink_to_fit();
  REQUIRE(list.size() == 4);
  const DocumentInfo first = list[0];
  CHECK(first.id == "a");
  CHECK(first.url == "site/a");
  CHECK(first.title == "Guide");
  REQUIRE(first.headings.size() == 1);
  CHECK(first.headings[0] == Heading{0, 5, 1, "guide"});
  CHECK(list[1].id == "b#1");
  CHECK(list[1].url == "site/b#1");
  CHECK(list[1].title == "Guide");
  CHECK(list[1].headings.empty());
  CHECK(list[2].id.empty());
  CHECK(list[2].url.empty());
  CHECK(list[2].title.empty());
  const DocumentInfo last = list[3];
  CHECK(last.id == "site/d");
  CHECK(last.url == "d");
  CHECK(last.title == "Guide to d");
  REQUIRE(last.headings.size() == 2);
  CHECK(last.headings[1] == Heading{14, 15, 2, "more"});
  CHECK(last.first_token == 10);
  CHECK(last.token_count == 8);
  CHECK(last.text_bytes == 42);
  CHECK(list.document_at(0) == 0);
  CHECK(list.document_at(5) == 0);
  CHECK(list.document_at(6) == 1);
  CHECK(list.document_at(99) == 3);
}

}  // namespace
}  // namespace cento
