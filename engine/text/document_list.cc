#include "text/document_list.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace cento {
namespace {

// std::vector::shrink_to_fit does nothing in libstdc++ without exceptions.
template <typename T>
void give_back_room(std::vector<T>& values) {
  std::vector<T>(std::make_move_iterator(values.begin()), std::make_move_iterator(values.end()))
      .swap(values);
}

}  // namespace

DocumentList::Text DocumentList::keep(std::string_view text, size_t from) {
  // To look for a long one in a long one could take as long as both multiplied.
  constexpr size_t kMostSearched = 4096;
  size_t at = std::string::npos;
  if (strings_.size() - from <= kMostSearched) at = strings_.find(text, from);
  if (at == std::string::npos) {
    at = strings_.size();
    strings_ += text;
  }
  return {static_cast<uint32_t>(at), static_cast<uint32_t>(text.size())};
}

void DocumentList::append(DocumentPart part) {
  const size_t begin = strings_.size();
  Entry entry;
  entry.url = keep(part.url, begin);
  entry.id = keep(part.id, begin);
  const bool same = !documents_.empty() && view(documents_.back().title) == part.title;
  entry.title = same ? documents_.back().title : keep(part.title, begin);
  entry.first_token = part.first_token;
  entry.token_count = part.token_count;
  entry.text_bytes = part.text_bytes;
  documents_.push_back(entry);
  add_headings(std::move(part.headings));
}

void DocumentList::extend_last(DocumentPart part) {
  documents_.back().token_count += part.token_count;
  documents_.back().text_bytes += part.text_bytes;
  add_headings(std::move(part.headings));
}

void DocumentList::add_headings(std::vector<Heading> headings) {
  std::move(headings.begin(), headings.end(), std::back_inserter(headings_));
  documents_.back().headings_end = static_cast<uint32_t>(headings_.size());
}

DocumentInfo DocumentList::operator[](DocId document) const {
  const Entry& entry = documents_[document];
  const uint32_t headings_begin = document == 0 ? 0 : documents_[document - 1].headings_end;
  return {view(entry.id),
          view(entry.url),
          view(entry.title),
          std::span(headings_).subspan(headings_begin, entry.headings_end - headings_begin),
          entry.first_token,
          entry.token_count,
          entry.text_bytes};
}

DocId DocumentList::document_at(uint32_t position) const {
  const auto after =
      std::upper_bound(documents_.begin(), documents_.end(), position,
                       [](uint32_t at, const Entry& entry) { return at < entry.first_token; });
  return after == documents_.begin() ? 0 : static_cast<DocId>(after - documents_.begin() - 1);
}

void DocumentList::save(ByteWriter& writer) const {
  writer.put(size());
  writer.put_array(std::span(documents_));
  writer.put(static_cast<uint32_t>(strings_.size()));
  writer.put_bytes(as_bytes(strings_));
  writer.put(static_cast<uint32_t>(headings_.size()));
  for (const Heading& heading : headings_) {
    writer.put(heading.begin);
    writer.put(heading.end);
    writer.put(heading.level);
    writer.put(static_cast<uint32_t>(heading.anchor.size()));
    writer.put_bytes(as_bytes(heading.anchor));
  }
}

Status DocumentList::load(ByteReader& reader, uint32_t stream_length) {
  const size_t begin = reader.offset();
  documents_ = reader.take_array<Entry>(reader.take<uint32_t>());
  strings_ = as_text(reader.take_bytes(reader.take<uint32_t>()));
  const auto headings = reader.take<uint32_t>();
  if (headings <= reader.remaining()) headings_.resize(headings);  // each takes some bytes
  for (Heading& heading : headings_) {
    heading.begin = reader.take<uint32_t>();
    heading.end = reader.take<uint32_t>();
    heading.level = reader.take<uint8_t>();
    heading.anchor = as_text(reader.take_bytes(reader.take<uint32_t>()));
  }
  CENTO_RETURN_IF_ERROR(reader.status());
  if (headings == headings_.size() && makes_stream(stream_length)) return Status::ok();
  return Status::integrity("The documents do not fit their stream.", begin);
}

bool DocumentList::makes_stream(uint32_t length) const {
  const auto is_kept = [this](Text text) {
    return uint64_t{text.begin} + text.size <= strings_.size();
  };
  uint64_t first_token = 1;
  uint32_t heading = 0;
  for (const Entry& entry : documents_) {
    if (!is_kept(entry.id) || !is_kept(entry.url) || !is_kept(entry.title) ||
        entry.first_token != first_token || entry.headings_end > headings_.size()) {
      return false;
    }
    for (uint32_t end = 0; heading < entry.headings_end; ++heading) {
      const Heading& one = headings_[heading];
      if (one.begin < end || one.end < one.begin || one.end > entry.text_bytes) return false;
      end = one.end;
    }
    if (heading != entry.headings_end) return false;
    first_token += uint64_t{entry.token_count} + 1;
  }
  return !documents_.empty() && first_token == length && heading == headings_.size();
}

void DocumentList::shrink_to_fit() {
  give_back_room(documents_);
  give_back_room(headings_);
  std::string(strings_).swap(strings_);
}

uint64_t DocumentList::memory_bytes() const {
  uint64_t bytes = documents_.capacity() * sizeof(Entry) + strings_.capacity() +
                   headings_.capacity() * sizeof(Heading);
  for (const Heading& heading : headings_) bytes += heading.anchor.capacity();
  return bytes;
}

}  // namespace cento
