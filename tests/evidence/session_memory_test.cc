#include "evidence/session_memory.h"

#include <doctest.h>

#include <cmath>
#include <map>
#include <set>

#include "base/random.h"

namespace cento {
namespace {

constexpr uint32_t kAlphabet = 300;

// The same, counted from the whole history each time.
struct NaiveMemory {
  std::vector<TokenId> history;

  // Places at which `run` stands, and what follows it there.
  struct Count {
    uint32_t count = 0;
    std::map<TokenId, uint32_t> followers;
  };
  Count count(const std::vector<TokenId>& run) const {
    Count count;
    for (size_t at = 0; at + run.size() <= history.size(); ++at) {
      if (!std::equal(run.begin(), run.end(), history.begin() + static_cast<std::ptrdiff_t>(at))) {
        continue;
      }
      ++count.count;
      if (at + run.size() < history.size()) ++count.followers[history[at + run.size()]];
    }
    return count;
  }
  double decayed(TokenId token, double decay) const {
    double weight = 0;
    for (const TokenId other : history) weight = weight * decay + (other == token ? 1 : 0);
    return weight;
  }
  double decayed_total(double decay) const {
    double weight = 0;
    for (size_t i = 0; i < history.size(); ++i) weight = weight * decay + 1;
    return weight;
  }
};

void check_contexts(const SessionMemory& memory, const SessionMemory::Contexts& contexts,
                    const NaiveMemory& naive, const std::vector<TokenId>& text) {
  for (uint32_t length = 1; length <= kMaxSessionContext; ++length) {
    CAPTURE(length);
    const SessionMemory::NodeId id = contexts[length - 1];
    if (length > text.size()) {
      CHECK(id == SessionMemory::kNoNode);
      continue;
    }
    const NaiveMemory::Count expected =
        naive.count({text.end() - static_cast<std::ptrdiff_t>(length), text.end()});
    REQUIRE((id == SessionMemory::kNoNode) == (expected.count == 0));
    if (expected.count == 0) continue;
    const SessionMemory::Node& node = memory.node(id);
    uint32_t followed = 0;
    for (const auto& [token, count] : expected.followers) {
      followed += count;
      const SessionMemory::NodeId child = memory.child(id, token);
      REQUIRE(child != SessionMemory::kNoNode);
      CHECK(memory.node(child).count == count);
    }
    CHECK(node.count == expected.count);
    CHECK(node.followed == followed);
    CHECK(node.distinct == expected.followers.size());
    uint32_t children = 0;
    for (auto child = node.first_child; child != SessionMemory::kNoNode;
         child = memory.node(child).next_sibling) {
      ++children;
    }
    CHECK(children == node.distinct);
  }
}

void check_words(const SessionMemory& memory, const NaiveMemory& naive,
                 const std::vector<uint8_t>& class_of) {
  const double slow_total = naive.decayed_total(0.998);
  const double fast_total = naive.decayed_total(0.98);
  std::vector<double> class_shares(256);
  const std::set<TokenId> tokens(naive.history.begin(), naive.history.end());
  CHECK(memory.words().size() == tokens.size());
  for (const TokenId token : tokens) {
    CAPTURE(token);
    const SessionMemory::Word* word = memory.word(token);
    REQUIRE(word != nullptr);
    CHECK(word->count == naive.count({token}).count);
    const double slow = naive.decayed(token, 0.998) / slow_total;
    CHECK(word->slow / memory.slow_total() == doctest::Approx(slow).epsilon(1e-9));
    CHECK(word->fast / memory.fast_total() ==
          doctest::Approx(naive.decayed(token, 0.98) / fast_total).epsilon(1e-9));
    class_shares[class_of[token]] += slow;
  }
  for (uint32_t c = 0; c < 256; ++c) {
    CHECK(memory.slow_class_total(static_cast<uint8_t>(c)) / memory.slow_total() ==
          doctest::Approx(class_shares[c]).epsilon(1e-9));
  }
  for (uint32_t token = 0; token < kAlphabet; ++token) {
    if (tokens.count(static_cast<TokenId>(token)) == 0) {
      CHECK(memory.word(static_cast<TokenId>(token)) == nullptr);
    }
  }
}

std::vector<uint8_t> some_classes() {
  std::vector<uint8_t> class_of(kAlphabet);
  for (uint32_t token = 0; token < kAlphabet; ++token) {
    class_of[token] = static_cast<uint8_t>(token * 7 % 13);
  }
  return class_of;
}

TEST_CASE("a session's contexts and recent tokens are those of its history") {
  const std::vector<uint8_t> class_of = some_classes();
  SessionMemory memory(kAlphabet, class_of);
  Random random(12);
  for (int session = 0; session < 3; ++session) {
    CAPTURE(session);
    memory.reset();
    NaiveMemory naive;
    for (int i = 0; i < 1500; ++i) {
      // Runs come again: some tokens are those of a while ago.
      const bool repeats = i > 50 && random.below(4) != 0;
      const auto token = repeats ? naive.history[naive.history.size() - 37]
                                 : static_cast<TokenId>(random.below(10) * random.below(30));
      memory.append(token);
      naive.history.push_back(token);
      CHECK(memory.size() == naive.history.size());
      if (i % 97 != 0 && i != 1499) continue;
      CAPTURE(i);
      check_contexts(memory, memory.contexts(), naive, naive.history);
      check_words(memory, naive, class_of);
    }
  }
}

TEST_CASE("weights keep their proportions when their unit is made anew") {
  // The fast unit grows by 1/0.98 a token and is brought down above 1e100: after some 11,400.
  const std::vector<uint8_t> class_of = some_classes();
  SessionMemory memory(kAlphabet, class_of);
  NaiveMemory naive;
  Random random(2);
  for (int i = 0; i < 12'500; ++i) {
    naive.history.push_back(static_cast<TokenId>(random.below(40)));
    memory.append(naive.history.back());
  }
  check_words(memory, naive, class_of);
}

TEST_CASE("looking ahead finds the contexts without counting") {
  SessionMemory memory(kAlphabet, {});
  NaiveMemory naive;
  Random random(4);
  for (int i = 0; i < 400; ++i) {
    naive.history.push_back(static_cast<TokenId>(random.below(4)));
    memory.append(naive.history.back());
  }
  for (int trial = 0; trial < 20; ++trial) {
    SessionMemory::Contexts contexts = memory.contexts();
    std::vector<TokenId> text = naive.history;
    for (int step = 0; step < 10; ++step) {
      text.push_back(static_cast<TokenId>(random.below(5)));  // 4 never stood
      memory.advance(contexts, text.back());
      // A run that reaches into the history's end stands there already.
      check_contexts(memory, contexts, naive, text);
    }
  }
  CHECK(memory.size() == 400);
}

TEST_CASE("a session that is full forgets its older half") {
  const std::vector<uint8_t> class_of = some_classes();
  SessionMemory memory(kAlphabet, class_of, 1000);
  NaiveMemory naive;
  Random random(6);
  for (int i = 0; i < 2700; ++i) {
    if (naive.history.size() == 1000) {
      naive.history.erase(naive.history.begin(), naive.history.begin() + 500);
    }
    naive.history.push_back(static_cast<TokenId>(random.below(25)));
    memory.append(naive.history.back());
    CHECK(memory.size() == naive.history.size());
    if (i % 250 == 1 || i == 1000) {
      CAPTURE(i);
      check_contexts(memory, memory.contexts(), naive, naive.history);
      check_words(memory, naive, class_of);
    }
  }
}

}  // namespace
}  // namespace cento
