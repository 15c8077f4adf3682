// Reads what a pack is built from: JSON Lines and plain text. (HTML and Markdown are read by the
// npm package's command, which hands them on as JSON Lines.)
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cento/status.h"
#include "text/document.h"

namespace cento::cli {

// Documents of all inputs, in their order. An input is
//   - a .jsonl or .ndjson file, or "-" for JSON Lines on standard input, see parse_json_lines;
//   - a .txt file: one document, whose id and URL are the file's name;
//   - a folder: its .txt files, folders inside it too, by path in byte order; id and URL are the
//   path
//     from that folder. Names that begin with a dot are left out.
// Errors: kNotFound, kIo, kInvalidArgument (names the file and the line), kUnsupported (HTML,
// Markdown).
Result<std::vector<Document>> read_documents(const std::vector<std::string>& inputs);

// One document a line, blank lines left out:
//   {"id", "url", "title", "text"} or
//   {"id", "url", "title", "sections": [{"level": 1 to 6, "heading", "anchor", "text"}]}
// Only "text" or "sections" must be there. Without an id the URL is the id, without both it is
// "<name>:<line>". A section becomes its heading on a line of its own, an empty line and its text,
// with an empty line to the next; a heading that is not empty becomes a Heading. Bytes that are not
// UTF-8 are read as U+FFFD. `name` stands for the input in messages and ids. Errors:
// kInvalidArgument.
Status parse_json_lines(std::string_view text, const std::string& name,
                        std::vector<Document>& documents);

}  // namespace cento::cli
