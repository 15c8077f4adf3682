#include "cli/documents.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <system_error>

#include "base/utf8.h"
#include "cli/files.h"

namespace cento::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view without_byte_order_mark(std::string_view text) {
  return text.substr(0, kByteOrderMark.size()) == kByteOrderMark
             ? text.substr(kByteOrderMark.size())
             : text;
}

std::string lowercase_extension(const fs::path& path) {
  std::string extension = path.extension().string();
  for (char& c : extension) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return extension;
}

bool is_web_document(const std::string& extension) {
  return extension == ".html" || extension == ".htm" || extension == ".md" ||
         extension == ".markdown";
}

Status web_document_error(const fs::path& path) {
  return {
      StatusCode::kUnsupported,
      path.string() + " is HTML or Markdown, which the npm package reads: use 'npx cento build'."};
}

// JSON Lines --------------------------------------------------------------------------------------

std::string valid_utf8(std::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const DecodedCodePoint decoded = decode_utf8(text, at);
    valid += decoded.valid ? text.substr(at, decoded.length) : std::string_view("\xEF\xBF\xBD");
    at += decoded.length;
  }
  return valid;
}

// The string under `key`; empty where there is none. Errors: what stands there is no string.
Result<std::string> optional_text(const Json& object, const char* key) {
  const auto member = object.find(key);
  if (member == object.end() || member->is_null()) return std::string();
  if (member->is_string()) return member->get<std::string>();
  return Status::invalid_argument('"' + std::string(key) + "\" must be a string");
}

// Numbers are taken as ids too: exports of databases have them.
Result<std::string> optional_id(const Json& object) {
  const auto member = object.find("id");
  if (member != object.end() && member->is_number_integer()) return member->dump();
  return optional_text(object, "id");
}

std::string_view trim(std::string_view text, std::string_view white_space) {
  const size_t begin = text.find_first_not_of(white_space);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(white_space) + 1 - begin);
}

// A heading is one line.
std::string heading_line(std::string_view heading) {
  std::string line(trim(heading, " \t\r\n"));
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return line;
}

Status append_section(const Json& section, Document& document) {
  if (!section.is_object()) return Status::invalid_argument("a section must be an object");
  CENTO_ASSIGN_OR_RETURN(const std::string heading, optional_text(section, "heading"));
  CENTO_ASSIGN_OR_RETURN(std::string anchor, optional_text(section, "anchor"));
  CENTO_ASSIGN_OR_RETURN(const std::string text, optional_text(section, "text"));
  const auto level = section.find("level");
  const bool level_is_valid = level != section.end() && level->is_number_unsigned() &&
                              level->get<uint64_t>() >= 1 && level->get<uint64_t>() <= 6;
  if (!level_is_valid) return Status::invalid_argument("\"level\" must be a number from 1 to 6");

  std::string& joined = document.text;
  const auto append_paragraph = [&joined](std::string_view paragraph) {
    if (!joined.empty()) joined += "\n\n";
    joined += paragraph;
  };
  if (const std::string line = heading_line(heading); !line.empty()) {
    append_paragraph(line);
    Heading entry;
    entry.end = static_cast<uint32_t>(joined.size());
    entry.begin = entry.end - static_cast<uint32_t>(line.size());
    entry.level = static_cast<uint8_t>(level->get<uint64_t>());
    entry.anchor = std::move(anchor);
    document.headings.push_back(std::move(entry));
  }
  if (const std::string_view body = trim(text, "\r\n"); !body.empty()) append_paragraph(body);
  return Status::ok();
}

Result<Document> parse_document(const Json& object, const std::string& fallback_id) {
  if (!object.is_object()) return Status::invalid_argument("a document must be a JSON object");
  Document document;
  CENTO_ASSIGN_OR_RETURN(document.id, optional_id(object));
  CENTO_ASSIGN_OR_RETURN(document.url, optional_text(object, "url"));
  CENTO_ASSIGN_OR_RETURN(document.title, optional_text(object, "title"));
  if (document.id.empty()) document.id = document.url.empty() ? fallback_id : document.url;
  const auto sections = object.find("sections");
  if (object.contains("text") == (sections != object.end())) {
    return Status::invalid_argument("a document must have either \"text\" or \"sections\"");
  }
  if (sections == object.end()) {
    CENTO_ASSIGN_OR_RETURN(document.text, optional_text(object, "text"));
    return document;
  }
  if (!sections->is_array()) return Status::invalid_argument("\"sections\" must be an array");
  for (const Json& section : *sections) CENTO_RETURN_IF_ERROR(append_section(section, document));
  return document;
}

Result<Json> parse_json(std::string_view line) {
  try {
    return Json::parse(valid_utf8(line));
  } catch (const Json::parse_error& error) {
    return Status::invalid_argument("this is not JSON (at byte " + std::to_string(error.byte) +
                                    " of the line)");
  } catch (const Json::exception&) {
    return Status::invalid_argument("this holds a number that is too large");
  }
}

// Plain text --------------------------------------------------------------------------------------

// Line breaks become "\n", whatever the system that wrote the file.
std::string plain_text(std::string_view content) {
  content = without_byte_order_mark(content);
  std::string text;
  text.reserve(content.size());
  for (size_t i = 0; i < content.size(); ++i) {
    const bool is_pair = content[i] == '\r' && i + 1 < content.size() && content[i + 1] == '\n';
    if (!is_pair) text += content[i];
  }
  return text;
}

std::string relative_url(std::string_view path) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  constexpr std::string_view kPlain = "-._~/!$&'()*+,;=@";  // RFC 3986, a path's characters
  std::string url;
  for (const char c : path) {
    const bool alphanumeric =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (alphanumeric || kPlain.find(c) != kPlain.npos) {
      url += c;
    } else {
      const auto byte = static_cast<uint8_t>(c);
      url += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return url;
}

Result<Document> read_plain_text(const fs::path& file, const std::string& id) {
  CENTO_ASSIGN_OR_RETURN(const std::string content, read_file(file.string()));
  Document document;
  document.id = id;
  document.url = relative_url(id);
  document.title = file.stem().string();
  document.text = plain_text(content);
  return document;
}

// The .txt files of a folder as paths from it, in byte order.
Result<std::vector<std::string>> find_plain_texts(const fs::path& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    const fs::path& path = entry->path();
    std::error_code entry_error;  // of one entry, such as a broken link: it is left out
    if (path.filename().string().front() == '.') {
      if (entry->is_directory(entry_error)) entry.disable_recursion_pending();
      continue;
    }
    if (!entry->is_regular_file(entry_error)) continue;
    const std::string extension = lowercase_extension(path);
    if (is_web_document(extension)) return web_document_error(path);
    if (extension == ".txt") paths.push_back(path.lexically_relative(folder).generic_string());
  }
  if (error) {
    return Status(StatusCode::kIo,
                  "Could not list " + folder.string() + ": " + error.message() + ".");
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

Status read_folder(const fs::path& folder, std::vector<Document>& documents) {
  CENTO_ASSIGN_OR_RETURN(const std::vector<std::string> paths, find_plain_texts(folder));
  if (paths.empty()) {
    return Status::invalid_argument("There is no .txt file in " + folder.string() + ".");
  }
  for (const std::string& path : paths) {
    CENTO_ASSIGN_OR_RETURN(Document document, read_plain_text(folder / path, path));
    documents.push_back(std::move(document));
  }
  return Status::ok();
}

Status read_input(const std::string& input, std::vector<Document>& documents) {
  const fs::path path(input);
  std::error_code error;
  if (input != "-" && fs::is_directory(path, error)) return read_folder(path, documents);
  const std::string extension = lowercase_extension(path);
  if (input == "-" || extension == ".jsonl" || extension == ".ndjson") {
    CENTO_ASSIGN_OR_RETURN(const std::string content, read_file(input));
    return parse_json_lines(content, input == "-" ? "stdin" : path.filename().string(), documents);
  }
  if (extension == ".txt") {
    CENTO_ASSIGN_OR_RETURN(Document document, read_plain_text(path, path.filename().string()));
    documents.push_back(std::move(document));
    return Status::ok();
  }
  if (!fs::exists(path, error)) {
    return {StatusCode::kNotFound, "There is no file or folder " + input + "."};
  }
  if (is_web_document(extension)) return web_document_error(path);
  return {StatusCode::kUnsupported,
          input + ": give JSON Lines (.jsonl), plain text (.txt) or a folder of .txt files."};
}

}  // namespace

Status parse_json_lines(std::string_view text, const std::string& name,
                        std::vector<Document>& documents) {
  text = without_byte_order_mark(text);
  for (uint64_t number = 1; !text.empty(); ++number) {
    const size_t line_end = std::min(text.find('\n'), text.size());
    const std::string_view line = trim(text.substr(0, line_end), " \t\r");
    text.remove_prefix(std::min(line_end + 1, text.size()));
    if (line.empty()) continue;
    const std::string place = name + ":" + std::to_string(number);
    const auto at_place = [&place](const Status& status) {
      return Status::invalid_argument(place + ": " + status.message() + ".");
    };
    const Result<Json> json = parse_json(line);
    if (!json.is_ok()) return at_place(json.status());
    Result<Document> document = parse_document(json.value(), place);
    if (!document.is_ok()) return at_place(document.status());
    documents.push_back(std::move(document).value());
  }
  return Status::ok();
}

Result<std::vector<Document>> read_documents(const std::vector<std::string>& inputs) {
  std::vector<Document> documents;
  for (const std::string& input : inputs) CENTO_RETURN_IF_ERROR(read_input(input, documents));
  return documents;
}

}  // namespace cento::cli
