// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/adapter.hpp"

#include <re2/re2.h>

#include <fmt/format.h>

#include "feeds/encoding.hpp"
#include "feeds/html_text.hpp"
#include "feeds/mapped_html/page.hpp"
#include "feeds/mapped_notice.hpp"
#include "feeds/markup.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::feeds {
namespace mapped_html {
namespace {

/// One way to find a value: an XPath from the record, or words.
struct Way {
  std::string words;
  std::optional<Path> path;
};

struct Plan {
  Mapping mapping;
  std::string encoding;
  std::optional<Path> records;
  std::array<std::vector<Way>, kFields> ways;
  std::array<std::unique_ptr<RE2>, kFields> patterns;  ///< what part of the text is meant
};

std::string pattern_key(std::size_t field) {
  return fmt::format("{}_pattern", name_of(static_cast<Field>(field)));
}

Result<Mapping> mapping_of(const Source& source) {
  std::vector<std::string> keys{"records", "encoding"};
  for (std::size_t field = 0; field < kFields; ++field) keys.push_back(pattern_key(field));
  return read_mapping(source, {keys.begin(), keys.end()});
}

Status read_pattern(Plan& plan, std::size_t field) {
  const std::string key = pattern_key(field);
  const auto found = plan.mapping.own.find(key);
  if (found == plan.mapping.own.end()) return Done{};
  RE2::Options options(RE2::Quiet);
  options.set_max_mem(std::int64_t{1} << 20U);
  plan.patterns[field] = std::make_unique<RE2>(found->second, options);
  if (plan.patterns[field]->ok()) return Done{};
  return fail(ErrorKind::Config, Message::MapNotRegex, key, plan.patterns[field]->error());
}

Result<Plan> plan_of(const Source& source) {
  Plan plan;
  auto mapping = mapping_of(source);
  if (!mapping) return std::move(mapping).error();
  plan.mapping = std::move(*mapping);
  const auto records = plan.mapping.own.find("records");
  if (records == plan.mapping.own.end()) {
    return fail(ErrorKind::Config, Message::MapNoRecords);
  }
  auto path = Path::compile(records->second);
  if (!path) return in_context("records", std::move(path).error());
  plan.records = std::move(*path);
  if (const auto found = plan.mapping.own.find("encoding"); found != plan.mapping.own.end()) {
    plan.encoding = found->second;
    if (!is_known_encoding(plan.encoding)) {
      return fail(ErrorKind::Config, Message::MapEncoding, plan.encoding);
    }
  }
  for (std::size_t field = 0; field < kFields; ++field) {
    VIGIFUITE_TRY(read_pattern(plan, field));
    for (const std::string& text : plan.mapping.fields[field]) {
      if (text.starts_with('=')) {
        plan.ways[field].push_back({text.substr(1), std::nullopt});
        continue;
      }
      auto way = Path::compile(text);
      if (!way) return in_context(name_of(static_cast<Field>(field)), std::move(way).error());
      plan.ways[field].push_back({{}, std::move(*way)});
    }
  }
  return plan;
}

/// The part of `text` a pattern means: its first group, else the whole match; empty when it does not match.
std::string part_of(const std::string& text, const RE2* pattern) {
  if (pattern == nullptr) return text;
  re2::StringPiece groups[2];
  const int wanted = pattern->NumberOfCapturingGroups() > 0 ? 2 : 1;
  if (!pattern->Match(text, 0, text.size(), RE2::UNANCHORED, groups, wanted)) return {};
  return std::string(groups[wanted - 1]);
}

/// Makes a notice of each record of a page.
class Reader {
 public:
  Reader(const Plan& plan, Page& page, std::string_view base, NoticeSink& sink)
      : plan_(plan), page_(page), records_(plan.mapping, base, sink) {}

  Result<ReadReport> read() {
    auto found = page_.nodes(*plan_.records);
    if (!found) return in_context("records", std::move(found).error());
    // An empty list and a page whose layout changed look the same: taking one for the other would withdraw everything.
    if (found->empty()) return fail(ErrorKind::Malformed, Message::FeedLayout);
    for (const Node node : *found) {
      const Place place{Place::kLine, page_.line_of(node)};
      if (records_.guard().full()) return records_.guard().report_full(place);
      MappedRecords::Values values;
      VIGIFUITE_TRY(fill(node, values));
      records_.tell(values, place);
    }
    return records_.guard().report(page_.broken_at());
  }

 private:
  Status fill(Node node, MappedRecords::Values& values) {
    for (std::size_t at = 0; at < kFields; ++at) {
      const auto field = static_cast<Field>(at);
      std::vector<std::string> texts;
      for (const Way& way : plan_.ways[at]) {
        VIGIFUITE_TRY(find(node, way, field, plan_.patterns[at].get(), texts));
        if (!texts.empty()) break;
      }
      for (const std::string& text : texts) append_value(values.digested, text);
      append_value(values.digested, {});  // the end of a field: a text may not slip into the next one unseen
      if (field == Field::Labels)
        values.labels = split(texts, plan_.mapping.options.labels_separator);
      else if (field == Field::SafeLabels)
        values.safe_labels = split(texts, plan_.mapping.options.labels_separator);
      else if (field == Field::Links)
        values.links = split(texts, plan_.mapping.options.links_separator);
      else if (!texts.empty())
        values.text[at] = std::move(texts.front());
    }
    return Done{};
  }

  /// The texts that one way finds: all of them for a list, the first for the others.
  Status find(Node node, const Way& way, Field field, const RE2* pattern, std::vector<std::string>& texts) {
    if (!way.path) {
      texts.push_back(way.words);
      return Done{};
    }
    auto found = page_.texts(*way.path, node, is_list(field) ? kMaxLabels : 1, field == Field::Text);
    if (!found) return in_context(name_of(field), std::move(found).error());
    for (const std::string& text : *found) {
      if (std::string part = part_of(text, pattern); !part.empty()) texts.push_back(std::move(part));
    }
    return Done{};
  }

  static std::vector<std::string> split(const std::vector<std::string>& texts, std::string_view separator) {
    std::vector<std::string> pieces;
    for (const std::string& text : texts) {
      for (std::string& piece : split_list(text, separator)) pieces.push_back(std::move(piece));
    }
    return pieces;
  }

  const Plan& plan_;
  Page& page_;
  MappedRecords records_;
};

Status check(const Source& source) {
  const auto plan = plan_of(source);
  if (!plan) return plan.error();
  return Done{};
}

Result<ReadReport> read(const Payload& payload, const Source& source, NoticeSink& sink) {
  const auto plan = plan_of(source);
  if (!plan) return plan.error();
  const auto text = to_utf8(payload.bytes, payload.content_type, MarkupKind::Html, plan->encoding);
  if (!text) return text.error();
  VIGIFUITE_TRY(refuse_too_much_markup(*text));
  auto page = Page::parse(*text);
  if (!page) return std::move(page).error();
  return Reader(*plan, *page, source.homepage.empty() ? source.url : source.homepage, sink).read();
}

}  // namespace
}  // namespace mapped_html

const Adapter& adapter_mapped_html() {
  static constexpr Adapter kAdapter{"mapped_html", "any HTML page, by a mapping of XPath expressions",
                                    mapped_html::check, mapped_html::read};
  return kAdapter;
}

}  // namespace vigifuite::feeds
