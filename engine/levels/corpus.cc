#include "levels/corpus.h"

#include <algorithm>

#include "base/utf8.h"
#include "text/headings.h"

namespace cento {

TokenRange Corpus::document_tokens(DocId document) const {
  const DocumentInfo& info = documents()[document];
  const TextPos end = std::min(info.first_token + info.token_count, index().size() - 1);
  return {info.first_token, std::max(info.first_token, end)};
}

TokenRange Corpus::sentences(uint32_t first, uint32_t end, TextPos position) const {
  const TokenRange document = document_tokens(document_at(position));
  const SparseBitVector& starts = expression_->sentence_starts;
  TokenRange range = document;
  if (first < starts.ones()) range.begin = std::max(range.begin, starts.select1(first));
  if (end < starts.ones()) range.end = std::min(range.end, starts.select1(end));
  return {std::min(range.begin, position), std::max(range.end, position + 1)};
}

TokenRange Corpus::sentence_at(TextPos position) const {
  const uint32_t next = expression_->sentence_starts.rank1(position + 1);
  return sentences(next == 0 ? 0 : next - 1, next, position);
}

TokenRange Corpus::paragraph_at(TextPos position) const {
  const RankBitVector& starts = expression_->paragraph_starts;
  const uint32_t next = starts.rank1(expression_->sentence_starts.rank1(position + 1));
  const auto sentence_of = [&](uint32_t paragraph) {
    return paragraph < starts.ones() ? starts.select(true, paragraph) : starts.size();
  };
  return sentences(sentence_of(next == 0 ? 0 : next - 1), sentence_of(next), position);
}

std::string Corpus::text(TokenRange range) const {
  std::vector<Symbol> tokens;
  extract(range, tokens);
  std::string text;
  tokenizer_.decode(tokens, text);
  return text;
}

std::string Corpus::heading_text(DocId document, const Heading& heading) const {
  const TokenRange tokens = document_tokens(document);
  if (tokens.size() == 0) return {};
  auto [token, at] = expression_->offsets.sample_before(heading.begin, OffsetUnit::kBytes,
                                                        tokens.begin, tokens.end);
  // From there to the heading's end.
  std::string run;
  PatternIndex::Reader reader(index(), token);
  for (; token < tokens.end && at.bytes + run.size() < heading.end && !reader.at_end(); ++token) {
    run += vocabulary_->text(reader.next());
  }
  const size_t skip = static_cast<size_t>(heading.begin - at.bytes);
  return skip < run.size() ? run.substr(skip, heading.end - heading.begin) : std::string();
}

TextOffset Corpus::offset_of(TextPos position, DocId document) const {
  const TextPos first_token = documents()[document].first_token;
  return expression_->offsets.offset_of(position, first_token, index(), *vocabulary_);
}

std::vector<std::string> Corpus::heading_texts(DocId document,
                                               std::span<const uint32_t> path) const {
  std::vector<std::string> texts;
  for (const uint32_t i : path) {
    texts.push_back(heading_text(document, documents()[document].headings[i]));
  }
  return texts;
}

std::vector<std::string> Corpus::headings_at(TextPos position) const {
  const DocId document = document_at(position);
  const uint64_t offset = offset_of(position, document).bytes;
  return heading_texts(document, heading_path(documents()[document].headings, offset));
}

const Heading* Corpus::heading_at(TextPos position) const {
  const DocId document = document_at(position);
  const std::span<const Heading> headings = documents()[document].headings;
  const std::vector<uint32_t> path = heading_path(headings, offset_of(position, document).bytes);
  return path.empty() ? nullptr : &headings[path.back()];
}

Source Corpus::source(TokenRange range, std::string_view text, uint32_t skip_bytes) const {
  const DocId document = document_at(range.begin);
  const DocumentInfo& info = documents()[document];
  const TextOffset begin = offset_of(range.begin, document);

  Source source;
  source.pack = expression_->pack_id;
  source.licence = licence_;
  source.document_id = info.id;
  source.title = info.title;
  source.begin_bytes = begin.bytes + skip_bytes;
  source.end_bytes = begin.bytes + text.size();
  source.begin_utf16 = begin.utf16 + utf16_length(text.substr(0, skip_bytes));
  source.end_utf16 = begin.utf16 + utf16_length(text);
  const std::vector<uint32_t> path = heading_path(info.headings, source.begin_bytes);
  source.headings = heading_texts(document, path);
  source.url = url_with_anchor(info.url, info.headings, path);
  return source;
}

Result<Excerpt> Corpus::excerpt(DocId document, uint64_t begin_utf16, uint64_t end_utf16,
                                uint32_t context_bytes) const {
  const TokenRange tokens = document_tokens(document);
  if (begin_utf16 >= end_utf16 || tokens.size() == 0) {
    return Status::invalid_argument("The range of the excerpt is empty.");
  }
  const auto token_at = [&](uint64_t utf16) {
    return expression_->offsets.token_at(utf16, OffsetUnit::kUtf16, tokens.begin, tokens.end,
                                         index(), *vocabulary_);
  };
  const TextPos begin = token_at(begin_utf16);
  const TextPos end = token_at(end_utf16 - 1) + 1;
  // A token has at least one byte, so this many tokens hold the context.
  const TextPos from = begin - std::min(context_bytes, begin - tokens.begin);
  const TextPos to = end + std::min(context_bytes, tokens.end - end);
  const TextOffset base = offset_of(from, document);
  const std::string run = text({from, to});
  const size_t run_begin = utf16_to_bytes(run, begin_utf16 - base.utf16);
  const size_t run_end = utf16_to_bytes(run, end_utf16 - base.utf16);
  if (run_begin >= run_end) {
    return Status::invalid_argument("The range of the excerpt lies behind the document's end.");
  }
  // The context is cut where a character begins.
  const auto opens_character = [&](size_t at) { return (run[at] & 0xC0) != 0x80; };
  size_t before = run_begin - std::min<size_t>(context_bytes, run_begin);
  while (before < run_begin && !opens_character(before)) ++before;
  size_t after = std::min<size_t>(run.size(), run_end + context_bytes);
  while (after > run_end && after < run.size() && !opens_character(after)) --after;

  Excerpt excerpt;
  excerpt.before = run.substr(before, run_begin - before);
  excerpt.text = run.substr(run_begin, run_end - run_begin);
  excerpt.after = run.substr(run_end, after - run_end);
  excerpt.source = source({begin, end}, text({begin, end}));
  excerpt.source.begin_bytes = base.bytes + run_begin;
  excerpt.source.end_bytes = base.bytes + run_end;
  excerpt.source.begin_utf16 = begin_utf16;
  excerpt.source.end_utf16 = end_utf16;
  return excerpt;
}

}  // namespace cento
