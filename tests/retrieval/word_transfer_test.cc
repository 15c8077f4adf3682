#include "retrieval/word_transfer.h"

#include <doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/random.h"

using namespace cento;

namespace {

WordTransfer random_transfer(uint64_t seed) {
  Random random(seed);
  WordTransfer::Buckets buckets;
  const auto count = [&](uint32_t most) {
    const uint32_t asked = random.below(most);
    return TransferCount{asked, random.below(asked + 1)};
  };
  for (TransferCount& bucket : buckets) bucket = count(100'000);
  std::vector<TransferWord> words;
  for (uint32_t i = random.below(40); i > 0; --i) {
    std::string word;
    for (uint32_t length = 1 + random.below(12); length > 0; --length) {
      word += static_cast<char>('a' + random.below(26));
    }
    words.push_back({word, count(50'000)});
  }
  const auto by_word = [](const TransferWord& a, const TransferWord& b) {
    return a.folded < b.folded;
  };
  std::sort(words.begin(), words.end(), by_word);
  const auto same = [](const TransferWord& a, const TransferWord& b) {
    return a.folded == b.folded;
  };
  words.erase(std::unique(words.begin(), words.end(), same), words.end());
  return WordTransfer(1 + random.below(10'000), buckets, words);
}

std::vector<uint8_t> saved(const WordTransfer& transfer) {
  ByteWriter writer;
  transfer.save(writer);
  return writer.take();
}

Result<WordTransfer> loaded(const std::vector<uint8_t>& bytes) {
  ByteReader reader(bytes);
  return load_new<WordTransfer>(reader);
}

WordTransfer small_transfer() {
  WordTransfer::Buckets buckets{};
  buckets[1] = {998, 98};
  return WordTransfer(1000, buckets, {{"many", {92, 0}}, {"tower", {8, 6}}, {"what", {500, 20}}});
}

}  // namespace

TEST_CASE("A table of question words is read as it was written") {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    const WordTransfer transfer = random_transfer(seed);
    const Result<WordTransfer> again = loaded(saved(transfer));
    REQUIRE(again.is_ok());
    CHECK(again.value().questions() == transfer.questions());
    CHECK(again.value().buckets() == transfer.buckets());
    CHECK(again.value().words() == transfer.words());
  }
}

TEST_CASE("Hostile bytes give an error or a table whose chances are chances") {
  size_t refused = 0;
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    std::vector<uint8_t> bytes = saved(random_transfer(seed));
    if (random.below(3) == 0) bytes.resize(random.below(static_cast<uint32_t>(bytes.size())));
    for (uint32_t changes = random.below(4); changes > 0 && !bytes.empty(); --changes) {
      const uint32_t at = random.below(static_cast<uint32_t>(bytes.size()));
      bytes[at] = static_cast<uint8_t>(random.below(256));
    }
    const Result<WordTransfer> transfer = loaded(bytes);
    if (!transfer.is_ok()) {
      ++refused;
      CHECK(transfer.status().code() == StatusCode::kIntegrity);
      continue;
    }
    for (const TransferWord& word : transfer.value().words()) {
      const double chance = transfer.value().chance(word.folded, 3, 1000);
      CHECK(chance > 0);
      CHECK(chance < 1);
    }
  }
  CHECK(refused > 50);
}

TEST_CASE("Bytes behind a table, no questions, words out of order are refused") {
  std::vector<uint8_t> bytes = saved(small_transfer());
  bytes.push_back(0);
  CHECK_FALSE(loaded(bytes).is_ok());
  bytes = saved(small_transfer());
  std::fill(bytes.begin(), bytes.begin() + 4, uint8_t{0});
  CHECK_FALSE(loaded(bytes).is_ok());
  bytes = saved(small_transfer());
  bytes[bytes.size() - 4] = 'a';  // "what" becomes "ahat"
  CHECK_FALSE(loaded(bytes).is_ok());
}

TEST_CASE("A word's chance is its own count, shrunk to that of words as frequent") {
  const WordTransfer transfer = small_transfer();
  // A quarter of the sentences: bucket 2, which was never asked for and is even.
  CHECK(transfer.chance("unseen", 250, 1000) == doctest::Approx(0.5));
  // Half of them: (98 + 1) / (998 + 2).
  CHECK(transfer.chance("unseen", 500, 1000) == doctest::Approx(0.099));
  CHECK(transfer.chance("many", 500, 1000) == doctest::Approx(8 * 0.099 / 100));
  CHECK(transfer.chance("tower", 250, 1000) == doctest::Approx((6 + 4.0) / 16));
  CHECK(WordTransfer().chance("tower", 250, 1000) == doctest::Approx(0.5));
}

TEST_CASE("Buckets halve") {
  CHECK(WordTransfer::bucket_of(1000, 1000) == 0);
  CHECK(WordTransfer::bucket_of(501, 1000) == 0);
  CHECK(WordTransfer::bucket_of(500, 1000) == 1);
  CHECK(WordTransfer::bucket_of(1, 1000) == 9);
  CHECK(WordTransfer::bucket_of(0, 1000) == 9);
  CHECK(WordTransfer::bucket_of(1, 0xFFFFFFFF) == WordTransfer::kBuckets - 1);
}

TEST_CASE("What asks is frequent in questions and rare in answers") {
  const WordTransfer transfer = small_transfer();
  CHECK(transfer.is_question_word("what"));
  CHECK(transfer.is_question_word("many"));
  CHECK_FALSE(transfer.is_question_word("tower"));
  CHECK_FALSE(transfer.is_question_word("whatever"));
  CHECK_FALSE(WordTransfer().is_question_word("what"));
}

TEST_CASE("Counts above two bytes keep their proportion") {
  const WordTransfer transfer(200'000, {}, {{"the", {180'000, 90'000}}});
  CHECK(transfer.words()[0].count.asked == 65'535);
  CHECK(transfer.words()[0].count.found == 32'767);
}
