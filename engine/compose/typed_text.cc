#include "compose/typed_text.h"

#include <cstring>

#include "text/pretokenizer.h"

namespace cento {
namespace {

// The cut before a pre-token depends on what stands around it; so many pre-tokens before the caret
// are left open.
constexpr size_t kOpenPretokens = 2;

// Whether the pre-tokens from here on are the same with and without the text before them.
bool is_fresh_start(PretokenKind kind, char first) {
  return kind == PretokenKind::kIdeograph || kind == PretokenKind::kSpace || first == ' ';
}

struct Scan {
  std::vector<Pretoken> starts;  // those before which the text can be counted, in order
  size_t open;                   // where the open word begins
};

Scan scan_from(std::string_view rest) {
  Scan scan{{}, rest.size()};
  Pretokenizer pretokenizer(rest);
  Pretoken pretoken{};
  while (pretokenizer.next(pretoken)) {
    if (is_fresh_start(pretoken.kind, rest[pretoken.begin])) scan.starts.push_back(pretoken);
    const bool goes_on =
        pretoken.kind == PretokenKind::kWord || pretoken.kind == PretokenKind::kNumber;
    scan.open = goes_on ? pretoken.begin : pretoken.end;
  }
  // A space at the end may lead the next word.
  if (scan.open == rest.size() && rest.ends_with(' ')) --scan.open;
  return scan;
}

}  // namespace

bool goes_on_from(std::string_view text, std::string_view before) {
  if (text.size() < before.size()) return false;
  size_t at = 0;
  for (uint64_t a = 0, b = 0; at + sizeof a <= before.size(); at += sizeof a) {
    std::memcpy(&a, text.data() + at, sizeof a);
    std::memcpy(&b, before.data() + at, sizeof b);
    if (a != b) return false;
  }
  return text.substr(at).starts_with(before.substr(at));
}

void TypedText::set(std::string_view text) {
  ++times_set_;
  if (!goes_on_from(text, read_)) forget();
  Scan scan = scan_from(text.substr(counted_));
  // Less is open than in a text that is read at once: the end was taken away.
  if (counted_ > 0 && scan.starts.size() <= kOpenPretokens) {
    forget();
    scan = scan_from(text);
  }
  if (scan.starts.size() > kOpenPretokens) {
    const Pretoken& first_open = scan.starts[scan.starts.size() - 1 - kOpenPretokens];
    tokens_.clear();
    tokenizer_.encode(text.substr(counted_, first_open.begin), tokens_);
    for (const TokenId token : tokens_) evidence_.observe(token);
    read_ = text.substr(0, counted_ + first_open.end);
    scan.open -= first_open.begin;
    counted_ += first_open.begin;
  }

  position_ = evidence_.position();
  tokens_.clear();
  tokenizer_.encode(text.substr(counted_, scan.open), tokens_);
  for (const TokenId token : tokens_) evidence_.advance(position_, token);
  open_word_ = text.substr(counted_ + scan.open);
}

void TypedText::forget() {
  evidence_.reset();
  read_.clear();
  counted_ = 0;
}

}  // namespace cento
