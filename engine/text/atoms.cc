#include "text/atoms.h"

#include "text/unicode.h"

namespace cento {
namespace {

bool begins_with_apostrophe(std::string_view word) {
  return word.starts_with('\'') || word.starts_with("’");
}
bool ends_with_apostrophe(std::string_view word) {
  return word.ends_with('\'') || word.ends_with("’");
}

}  // namespace

AtomizedText atomize(std::string_view text, std::span<const Boundary> boundaries) {
  AtomizedText result;
  std::vector<Atom>& atoms = result.atoms;
  size_t boundary = 0;
  uint32_t sentence_first = 0;
  uint32_t space = 0;         // characters of white space since the last atom, 2 for any more
  bool sentence_open = true;  // the next atom is the first of its sentence
  const auto close_sentence = [&] {
    const auto end = static_cast<uint32_t>(atoms.size());
    if (end > sentence_first) result.sentences.push_back({sentence_first, end});
    sentence_first = end;
    sentence_open = true;
  };

  Pretokenizer pretokenizer(text);
  for (Pretoken piece; pretokenizer.next(piece);) {
    while (boundary < boundaries.size() && boundaries[boundary].at <= piece.begin) {
      close_sentence();
      ++boundary;
    }
    if (piece.kind == PretokenKind::kSpace) {
      const std::string_view blank = text.substr(piece.begin, piece.end - piece.begin);
      space += blank == "\r\n" || char_at(blank, 0).length == blank.size() ? 1 : 2;
      continue;
    }
    const bool leading = text[piece.begin] == ' ';
    space += leading ? 1 : 0;
    const uint32_t begin = piece.begin + (leading ? 1 : 0);
    const std::string_view content = text.substr(begin, piece.end - begin);
    const bool glued = space == 0 && !sentence_open;
    if (glued && atoms.back().kind == piece.kind) {
      Atom& last = atoms.back();
      const std::string_view before = text.substr(last.begin, last.end - last.begin);
      const bool same_number = piece.kind == PretokenKind::kNumber;
      const bool same_word = piece.kind == PretokenKind::kWord &&
                             (begins_with_apostrophe(content) || ends_with_apostrophe(before));
      if (same_number || same_word) {
        last.end = piece.end;
        continue;
      }
    }
    atoms.push_back({begin, piece.end, piece.kind, glued, space == 1 && !sentence_open});
    space = 0;
    sentence_open = false;
  }
  close_sentence();
  return result;
}

}  // namespace cento
