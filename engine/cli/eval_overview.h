// How much of what people ask about a topic its overview says, beside simpler ways to choose.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cento/status.h"

namespace cento::cli {

struct OverviewOptions {
  std::string folder;  // of the pack
  // JSON Lines: {question, answers[], documentId}; empty: all titles are topics, and what is
  // measured against answers stays 0.
  std::string questions;
  uint32_t words = 100;  // most words of an overview, between white space
  // Of the topics in the order of their titles: 1 the first, third, …; 2 the others; 0 all.
  uint32_t half = 0;
};

// Recall: the share of the distinct right answers to a topic's questions, normalised as SQuAD does
// (Rajpurkar et al. 2016), that a text holds as whole words; the mean over topics. The baselines
// read the documents of the topic's title, and are cut off at the last word that they may have;
// overviews are composed from the whole pack.
struct OverviewFigures {
  uint64_t topics = 0;   // titles that questions are asked about
  uint64_t answers = 0;  // distinct right ones
  uint64_t refused = 0;
  uint64_t invalid = 0;  // overviews that `Verifier::verify` does not accept
  double words = 0;      // of an overview, mean
  double recall = 0;
  double lead_recall = 0;       // the first sentences, or the first of each paragraph: the better
  double text_rank_recall = 0;  // sentences by PageRank (Mihalcea & Tarau 2004)
  double random_recall = 0;     // mean of ten draws
  double p50_ms = 0;            // of an overview
  double p99_ms = 0;
  std::vector<std::string> problems;  // the first ten that `verify` names
};

// Errors: those of opening packs; kInvalidArgument (a line that is no question, no topic).
Result<OverviewFigures> eval_overview(const OverviewOptions& options);

}  // namespace cento::cli
