#include "cli/eval_overview.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "base/log2.h"
#include "base/random.h"
#include "cento/verify.h"
#include "cli/files.h"
#include "cli/json_members.h"
#include "cli/pack_files.h"
#include "cli/report.h"
#include "cli/stopwatch.h"
#include "pack/pack_reader.h"
#include "text/boundaries.h"

namespace cento::cli {
namespace {

constexpr uint64_t kRandomDraws = 10;
constexpr size_t kMostProblems = 10;
constexpr double kDamping = 0.85;
constexpr uint32_t kRankRounds = 60;

// Words between white space.
std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> words;
  for (size_t at = 0; (at = text.find_first_not_of(" \t\r\n", at)) != text.npos;) {
    const size_t end = std::min(text.find_first_of(" \t\r\n", at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

// As SQuAD compares answers: lower case, without ASCII punctuation and English articles, one space
// between words; here also one at either end, so that words are found whole.
std::string normalised(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool punctuation =
        c > ' ' && c < 127 && !upper && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9');
    if (!punctuation) plain += upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  std::string all = " ";
  for (const std::string_view word : split_words(plain)) {
    if (word != "a" && word != "an" && word != "the") all.append(word).append(" ");
  }
  return all;
}

struct Topic {
  std::set<std::string> answers;        // normalised
  std::vector<std::string> paragraphs;  // of all documents with the title, in order
};

// By title.
using Topics = std::map<std::string, Topic>;

Status add_answers(const OverviewOptions& options, const std::map<std::string, std::string>& titles,
                   Topics& topics) {
  CENTO_ASSIGN_OR_RETURN(const std::string lines, read_file(options.questions));
  uint64_t number = 0;
  for (size_t begin = 0; begin < lines.size();) {
    const size_t end = std::min(lines.find('\n', begin), lines.size());
    const std::string line = lines.substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (split_words(line).empty()) continue;
    const Json question = Json::parse(line, nullptr, false);
    const auto fault = [&](const std::string& what) {
      return Status::invalid_argument(options.questions + ", line " + std::to_string(number) +
                                      ": " + what);
    };
    if (!question.is_object()) return fault("there is no JSON object.");
    JsonMembers members(question, "");
    const std::string document = members.text("documentId");
    const Json& answers = members.array("answers");
    if (!members.fault().empty()) return fault(members.fault());
    const auto title = titles.find(document);
    if (title == titles.end()) continue;
    for (const Json& answer : answers) {
      if (!answer.is_string()) return fault("an answer is not text.");
      const std::string plain = normalised(answer.get<std::string>());
      if (plain != " ") topics[title->second].answers.insert(plain);
    }
  }
  return Status::ok();
}

double recall_of(const Topic& topic, std::string_view text) {
  const std::string plain = normalised(text);
  const auto held = std::count_if(
      topic.answers.begin(), topic.answers.end(),
      [&](const std::string& answer) { return plain.find(answer) != std::string::npos; });
  return static_cast<double>(held) / static_cast<double>(topic.answers.size());
}

// ---- The other ways to choose

std::vector<std::string_view> sentences_of(std::string_view paragraph) {
  std::vector<std::string_view> sentences;
  size_t begin = 0;
  for (const Boundary& boundary : find_boundaries(paragraph)) {
    const std::string_view sentence = paragraph.substr(begin, boundary.at - begin);
    if (!split_words(sentence).empty()) sentences.push_back(sentence);
    begin = boundary.at;
  }
  return sentences;
}

// The texts, one after the other, cut off behind so many words.
std::string first_words(const std::vector<std::string_view>& texts, size_t limit) {
  std::string all;
  size_t count = 0;
  for (const std::string_view text : texts) {
    for (const std::string_view word : split_words(text)) {
      if (count++ < limit) all.append(word).append(" ");
    }
  }
  return all;
}

// By falling rank in the graph of sentences, whose edges weigh the words that two share by the
// logarithms of their lengths.
std::vector<std::string_view> by_text_rank(const std::vector<std::string_view>& sentences) {
  const size_t count = sentences.size();
  std::vector<std::set<std::string>> words(count);
  for (size_t i = 0; i < count; ++i) {
    const std::string plain = normalised(sentences[i]);
    for (const std::string_view word : split_words(plain)) words[i].emplace(word);
  }
  std::vector<double> edges(count * count);
  std::vector<double> sums(count);
  for (size_t a = 0; a < count; ++a) {
    for (size_t b = 0; b < a; ++b) {
      const auto shared = std::count_if(words[a].begin(), words[a].end(),
                                        [&](const auto& word) { return words[b].contains(word); });
      const double lengths = log2_fixed(static_cast<double>(std::max<size_t>(1, words[a].size()))) +
                             log2_fixed(static_cast<double>(std::max<size_t>(1, words[b].size())));
      if (shared == 0 || lengths <= 0) continue;
      edges[a * count + b] = edges[b * count + a] = static_cast<double>(shared) / lengths;
    }
  }
  for (size_t a = 0; a < count; ++a) {
    for (size_t b = 0; b < count; ++b) sums[a] += edges[a * count + b];
  }
  std::vector<double> ranks(count, 1);
  for (uint32_t round = 0; round < kRankRounds; ++round) {
    std::vector<double> next(count, 1 - kDamping);
    for (size_t a = 0; a < count; ++a) {
      if (sums[a] <= 0) continue;
      for (size_t b = 0; b < count; ++b) {
        next[b] += kDamping * ranks[a] * edges[a * count + b] / sums[a];
      }
    }
    ranks = std::move(next);
  }
  std::vector<size_t> order(count);
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return ranks[a] > ranks[b]; });
  std::vector<std::string_view> ranked;
  ranked.reserve(order.size());
  for (const size_t i : order) ranked.push_back(sentences[i]);
  return ranked;
}

std::vector<std::string_view> shuffled(std::vector<std::string_view> sentences, uint64_t seed) {
  Random random(seed);
  for (size_t i = sentences.size(); i > 1; --i) {
    std::swap(sentences[i - 1], sentences[random.below(static_cast<uint32_t>(i))]);
  }
  return sentences;
}

struct Baselines {
  double lead = 0;  // of the first paragraph on
  double openings = 0;
  double text_rank = 0;
  double random = 0;
};

void add_baselines(const Topic& topic, uint32_t words, Baselines& sums) {
  std::vector<std::string_view> sentences;
  std::vector<std::string_view> openings;
  for (const std::string& paragraph : topic.paragraphs) {
    const std::vector<std::string_view> found = sentences_of(paragraph);
    if (!found.empty()) openings.push_back(found[0]);
    sentences.insert(sentences.end(), found.begin(), found.end());
  }
  sums.lead += recall_of(topic, first_words(sentences, words));
  sums.openings += recall_of(topic, first_words(openings, words));
  sums.text_rank += recall_of(topic, first_words(by_text_rank(sentences), words));
  for (uint64_t seed = 1; seed <= kRandomDraws; ++seed) {
    sums.random += recall_of(topic, first_words(shuffled(sentences, seed), words)) /
                   static_cast<double>(kRandomDraws);
  }
}

// "Title#12" after "Title#9": by length, then by spelling.
bool comes_before(const std::string& a, const std::string& b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

// The topics that the questions are about, or all titles, with the text of their documents.
Result<Topics> read_topics(const OverviewOptions& options, const PackReader& reader) {
  std::map<std::string, std::string> titles;
  std::vector<std::pair<std::string, DocId>> documents;
  for (DocId d = 0; d < reader.documents().size(); ++d) {
    const DocumentInfo& info = reader.documents()[d];
    titles.emplace(info.id, info.title);
    documents.emplace_back(info.id, d);
  }
  Topics topics;
  if (options.questions.empty()) {
    for (const auto& [id, title] : titles) topics.try_emplace(title);
  } else {
    CENTO_RETURN_IF_ERROR(add_answers(options, titles, topics));
  }
  std::sort(documents.begin(), documents.end(),
            [](const auto& a, const auto& b) { return comes_before(a.first, b.first); });
  for (const auto& [id, d] : documents) {
    const DocumentInfo& info = reader.documents()[d];
    const auto topic = topics.find(std::string(info.title));
    if (topic == topics.end()) continue;
    std::string text;
    for (size_t i = 0; i < info.token_count; ++i) {
      text += reader.vocabulary().text(reader.stream()[info.first_token + i]);
    }
    topic->second.paragraphs.push_back(std::move(text));
  }
  if (options.half != 0) {
    uint32_t number = 0;
    std::erase_if(topics, [&](const auto&) { return number++ % 2 != options.half - 1; });
  }
  return topics;
}

}  // namespace

Result<OverviewFigures> eval_overview(const OverviewOptions& options) {
  CENTO_ASSIGN_OR_RETURN(const MountedPack pack, mount_pack(options.folder));
  PackReader reader;
  CENTO_RETURN_IF_ERROR(pack.files.feed(reader));
  Verifier verifier;
  CENTO_RETURN_IF_ERROR(pack.files.feed(verifier));
  CENTO_ASSIGN_OR_RETURN(const Topics topics, read_topics(options, reader));
  if (topics.empty()) {
    return Status::invalid_argument("No question is about a document of the pack.");
  }

  OverviewFigures figures;
  figures.topics = topics.size();
  Baselines sums;
  std::vector<double> milliseconds;
  AnswerOptions answer_options;
  answer_options.max_words = options.words;
  for (const auto& [title, topic] : topics) {
    const Stopwatch stopwatch;
    CENTO_ASSIGN_OR_RETURN(const Answer answer,
                           pack.engine->answer(Operation::kOverview, title, answer_options));
    milliseconds.push_back(stopwatch.seconds() * 1e3);
    figures.answers += topic.answers.size();
    figures.refused += answer.refused;
    const VerifyReport report = verifier.verify(answer);
    figures.invalid += !report.valid;
    for (const std::string& problem : report.problems) {
      if (figures.problems.size() < kMostProblems)
        figures.problems.push_back(title + ": " + problem);
    }
    figures.words += static_cast<double>(split_words(answer.text).size());
    if (topic.answers.empty()) continue;
    figures.recall += recall_of(topic, answer.text);
    add_baselines(topic, options.words, sums);
  }
  const auto count = static_cast<double>(topics.size());
  figures.words /= count;
  figures.recall /= count;
  figures.lead_recall = std::max(sums.lead, sums.openings) / count;
  figures.text_rank_recall = sums.text_rank / count;
  figures.random_recall = sums.random / count;
  figures.p50_ms = quantile(milliseconds, 0.5);
  figures.p99_ms = quantile(milliseconds, 0.99);
  return figures;
}

}  // namespace cento::cli
