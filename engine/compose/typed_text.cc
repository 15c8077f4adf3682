#include "compose/typed_text.h"

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

}  // namespace

void TypedText::set(std::string_view text) {
  if (!text.starts_with(counted_)) {
    evidence_.reset();
    counted_.clear();
  }
  const std::string_view rest = text.substr(counted_.size());

  // Places where what stands before can be counted, the open ones last.
  std::vector<size_t> starts;
  Pretokenizer pretokenizer(rest);
  Pretoken pretoken{};
  size_t last_begin = rest.size();
  bool is_open = false;
  while (pretokenizer.next(pretoken)) {
    if (is_fresh_start(pretoken.kind, rest[pretoken.begin])) starts.push_back(pretoken.begin);
    last_begin = pretoken.begin;
    is_open = pretoken.kind == PretokenKind::kWord || pretoken.kind == PretokenKind::kNumber;
    if (pretoken.kind == PretokenKind::kSpace && rest[pretoken.end - 1] == ' ') {
      last_begin = pretoken.end - 1;  // this space may lead the next word
      is_open = true;
    }
  }
  const size_t counted =
      starts.size() > kOpenPretokens ? starts[starts.size() - 1 - kOpenPretokens] : 0;
  append(rest.substr(0, counted));

  const size_t open = is_open ? last_begin : rest.size();
  position_ = evidence_.position();
  tokens_.clear();
  tokenizer_.encode(rest.substr(counted, open - counted), tokens_);
  for (const TokenId token : tokens_) evidence_.advance(position_, token);
  open_word_ = rest.substr(open);
}

void TypedText::append(std::string_view text) {
  tokens_.clear();
  tokenizer_.encode(text, tokens_);
  for (const TokenId token : tokens_) evidence_.observe(token);
  counted_ += text;
}

}  // namespace cento
