#include "text/stemmer.h"

#include <algorithm>

namespace cento {
namespace {

constexpr size_t kLongestEnding = 255;
constexpr size_t kMaxActions = 256;

size_t shared_length(std::string_view a, std::string_view b) {
  size_t length = 0;
  while (length < a.size() && length < b.size() && a[length] == b[length]) ++length;
  return length;
}

// A string that a zero byte ends.
std::string take_string(ByteReader& reader) {
  std::string text;
  while (const auto byte = reader.take<uint8_t>()) text += static_cast<char>(byte);
  return text;
}

void put_string(std::string_view text, ByteWriter& writer) {
  writer.put_bytes(as_bytes(text));
  writer.put(uint8_t{0});
}

}  // namespace

Result<Stemmer> Stemmer::create(std::span<const StemAction> actions,
                                std::span<const StemRule> rules) {
  const auto refuse = [] {
    return Status::invalid_argument("The rules of a stemmer contradict each other or its limits.");
  };
  if (actions.size() > kMaxActions || rules.size() > kMaxRules) return refuse();
  Stemmer stemmer;
  size_t bytes = 0;
  for (const StemRule& rule : rules) bytes += rule.reversed.size();
  if (bytes > kMaxEndingBytes) return refuse();
  stemmer.actions_.assign(actions.begin(), actions.end());
  stemmer.endings_.reserve(bytes);
  stemmer.ends_.reserve(rules.size() + 1);
  stemmer.action_of_.reserve(rules.size());
  std::string_view previous;
  for (const StemRule& rule : rules) {
    const std::string_view ending = rule.reversed;
    if (ending <= previous || ending.size() > kLongestEnding || rule.action >= actions.size() ||
        ending.find('\0') != std::string_view::npos) {
      return refuse();
    }
    const size_t letters = ending.size() - (ending.back() == kWordBegin ? 1 : 0);
    if (actions[rule.action].cut > letters) return refuse();
    stemmer.endings_ += ending;
    stemmer.ends_.push_back(static_cast<uint32_t>(stemmer.endings_.size()));
    stemmer.action_of_.push_back(rule.action);
    previous = ending;
  }
  return stemmer;
}

Status Stemmer::load(ByteReader& reader) {
  const size_t begin = reader.offset();
  const auto action_count = reader.take<uint16_t>();
  std::vector<StemAction> actions(std::min<size_t>(action_count, kMaxActions));
  for (StemAction& action : actions) action.cut = reader.take<uint8_t>();
  for (StemAction& action : actions) action.put = take_string(reader);
  const size_t rules_begin = reader.offset();
  const auto rule_count = reader.take<uint32_t>();
  if (action_count > kMaxActions || rule_count > kMaxRules) {
    return Status::integrity("A stemmer has more rules or actions than it may have.", rules_begin);
  }
  const std::vector<uint8_t> action_of = reader.take_array<uint8_t>(rule_count);
  const std::vector<uint8_t> shared = reader.take_array<uint8_t>(rule_count);
  CENTO_RETURN_IF_ERROR(reader.status());
  std::vector<StemRule> rules(rule_count);
  std::string_view previous;
  uint32_t bytes = 0;
  for (size_t i = 0; i < rules.size(); ++i) {
    bytes += shared[i];  // which cost the section nothing
    if (shared[i] > previous.size() || bytes > kMaxEndingBytes) {
      return Status::integrity("An ending shares more than it may with the one before it.",
                               reader.offset());
    }
    rules[i].reversed = std::string(previous.substr(0, shared[i])) + take_string(reader);
    rules[i].action = action_of[i];
    previous = rules[i].reversed;
  }
  CENTO_RETURN_IF_ERROR(reader.status());
  if (reader.remaining() > 0) {
    return Status::integrity("A section is longer than what it holds.", reader.offset());
  }
  Result<Stemmer> stemmer = create(actions, rules);
  if (!stemmer.is_ok()) {
    return Status::integrity("The rules of the stemmer contradict each other or its limits.",
                             begin);
  }
  *this = std::move(stemmer).value();
  return Status::ok();
}

void Stemmer::save(ByteWriter& writer) const {
  writer.put(static_cast<uint16_t>(actions_.size()));
  for (const StemAction& action : actions_) writer.put(action.cut);
  for (const StemAction& action : actions_) put_string(action.put, writer);
  writer.put(rule_count());
  writer.put_array(std::span(action_of_));
  ByteWriter strings;
  std::string_view previous;
  for (uint32_t i = 0; i < rule_count(); ++i) {
    const size_t shared = shared_length(previous, ending(i));
    writer.put(static_cast<uint8_t>(shared));
    put_string(ending(i).substr(shared), strings);
    previous = ending(i);
  }
  writer.put_bytes(strings.buffer());
}

std::string Stemmer::stem(std::string_view folded) const {
  // The rules whose endings begin as the word does from behind are neighbours; with each byte
  // there are fewer, and the one that is no longer than what was read stands first.
  uint32_t first = 0;
  uint32_t end = rule_count();
  uint32_t best = end;
  for (size_t depth = 0; depth <= folded.size() && first < end; ++depth) {
    const char byte = depth < folded.size() ? folded[folded.size() - 1 - depth] : kWordBegin;
    const auto search = [&](uint32_t from, bool behind) {
      uint32_t count = end - from;
      while (count > 0) {
        const uint32_t half = count / 2;
        const auto other = static_cast<uint8_t>(ending(from + half)[depth]);
        const bool before =
            behind ? other <= static_cast<uint8_t>(byte) : other < static_cast<uint8_t>(byte);
        if (before) from += half + 1;
        count = before ? count - half - 1 : half;
      }
      return from;
    };
    first = search(first, false);
    end = search(first, true);
    if (first < end && ending(first).size() == depth + 1) best = first++;
  }
  std::string stem(folded);
  if (best < rule_count()) {
    const StemAction& action = actions_[action_of_[best]];
    stem.resize(stem.size() - action.cut);
    stem += action.put;
  }
  return stem;
}

uint64_t Stemmer::memory_bytes() const {
  uint64_t bytes = actions_.capacity() * sizeof(StemAction) + endings_.capacity() +
                   ends_.capacity() * sizeof(uint32_t) + action_of_.capacity();
  for (const StemAction& action : actions_) bytes += action.put.capacity();
  return bytes;
}

}  // namespace cento
