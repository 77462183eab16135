// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/source_file.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <numeric>

#include "feeds/registry.hpp"
#include "schemas/core/embedded.hpp"
#include "schemas/correction.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::feeds {
namespace {

constexpr std::size_t kMaxFileBytes = std::size_t{64} << 10U;
constexpr std::size_t kMaxWordsBytes = 1024;
constexpr std::size_t kMaxMappingKeys = 64;
constexpr std::size_t kMaxAlternatives = 16;
constexpr std::int64_t kMinBytes = 1024;
constexpr std::int64_t kMaxBytes = std::int64_t{64} << 20U;
constexpr std::chrono::seconds kMinInterval = std::chrono::minutes(5);
constexpr std::chrono::seconds kMaxInterval = std::chrono::hours(24 * 31);

/// What is wrong with a value ("must be…"), or nothing.
using Complaint = std::optional<Text>;

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = std::exchange(row[j + 1], std::min({row[j] + 1, row[j + 1] + 1, replaced}));
    }
  }
  return row.back();
}

/// "; did you mean `interval`?", or nothing when no word is near.
Text suggestion(std::string_view word, const std::vector<std::string_view>& words) {
  if (word.size() > 64) return {};
  std::string_view best;
  std::size_t least = 1 + word.size() / 3;
  for (const std::string_view candidate : words) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance > least || (distance == least && !best.empty())) continue;
    least = distance;
    best = candidate;
  }
  return best.empty() ? Text{} : in_both(Message::KeyDidYouMean, best);
}

Complaint read_words(const toml::node& node, std::string& into) {
  const auto text = node.value_exact<std::string>();
  if (!text) return in_both(Message::KeyNotText);
  if (text->empty()) return in_both(Message::KeyEmpty);
  if (text->size() > kMaxWordsBytes) return in_both(Message::KeyTooLong, kMaxWordsBytes);
  if (text->find_first_of("\r\n") != std::string::npos) return in_both(Message::KeyLines);
  into = *text;
  return {};
}

Complaint read_flag(const toml::node& node, bool& into) {
  const auto flag = node.value_exact<bool>();
  if (!flag) return in_both(Message::KeyNotFlag);
  into = *flag;
  return {};
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 40 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

Complaint read_id(const toml::node& node, std::string& into) {
  if (auto complaint = read_words(node, into)) return complaint;
  if (!is_id(into)) return in_both(Message::KeyNotId);
  return {};
}

Complaint read_own_id(const toml::node& node, std::string& into) {
  if (auto complaint = read_id(node, into)) return complaint;
  if (into == kCuratorSource) return in_both(Message::KeyReserved, into);
  return {};
}

/// Reads one of a few words.
template <class E, std::size_t N>
Complaint read_choice(const toml::node& node, const std::pair<std::string_view, E> (&choices)[N], E& into) {
  std::string word;
  if (auto complaint = read_words(node, word)) return complaint;
  std::string all;
  for (const auto& [name, value] : choices) {
    if (name == word) {
      into = value;
      return {};
    }
    all += (all.empty() ? "" : ", ") + std::string(name);
  }
  return in_both(Message::KeyNotChoice, word, all);
}

Complaint read_trust(const toml::node& node, Trust& into) {
  std::string word;
  if (auto complaint = read_words(node, word)) return complaint;
  const std::optional<Trust> trust = parse_trust(word);
  if (!trust) {
    return in_both(Message::KeyNotChoice, word, "authority, organisation, curated, press, aggregator, attacker");
  }
  into = *trust;
  return {};
}

/// "30m", "6h", "1d".
Complaint read_interval(const toml::node& node, std::chrono::seconds& into) {
  const Text form = in_both(Message::KeyNotInterval);
  std::string text;
  if (auto complaint = read_words(node, text)) return complaint;
  std::int64_t number = 0;
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits == 0 || digits > 5 || digits + 1 != text.size()) return form;
  for (const char c : text.substr(0, digits)) number = number * 10 + (c - '0');
  switch (text.back()) {
    case 'm': into = std::chrono::minutes(number); break;
    case 'h': into = std::chrono::hours(number); break;
    case 'd': into = std::chrono::hours(24 * number); break;
    default: return form;
  }
  if (into < kMinInterval || into > kMaxInterval) return form;
  return {};
}

Complaint read_max_bytes(const toml::node& node, std::size_t& into) {
  const auto number = node.value_exact<std::int64_t>();
  if (!number || *number < kMinBytes || *number > kMaxBytes) {
    return in_both(Message::KeyNotBytes, kMinBytes, kMaxBytes);
  }
  into = static_cast<std::size_t>(*number);
  return {};
}

Complaint read_country(const toml::node& node, std::string& into) {
  if (auto complaint = read_words(node, into)) return complaint;
  const bool two_letters =
      into.size() == 2 && std::all_of(into.begin(), into.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!two_letters) return in_both(Message::KeyNotCountry);
  return {};
}

Complaint read_mapping(const toml::node& node, decltype(Source::mapping)& into) {
  const toml::table* table = node.as_table();
  if (table == nullptr) return in_both(Message::KeyNotTable);
  if (table->size() > kMaxMappingKeys) return in_both(Message::KeyTooMany, kMaxMappingKeys);
  for (const auto& [key, value] : *table) {
    std::vector<std::string>& paths = into[std::string(key.str())];
    const toml::array* several = value.as_array();
    if (several != nullptr && (several->empty() || several->size() > kMaxAlternatives)) {
      return in_both(Message::KeyTooManyValues, key.str(), kMaxAlternatives);
    }
    if (several == nullptr) {
      if (auto complaint = read_words(value, paths.emplace_back()))
        return in_both(Message::KeyWithin, key.str(), *complaint);
      continue;
    }
    for (const toml::node& one : *several) {
      if (auto complaint = read_words(one, paths.emplace_back()))
        return in_both(Message::KeyWithin, key.str(), *complaint);
    }
  }
  return {};
}

struct KeyReader {
  std::string_view name;
  bool required;
  Complaint (*read)(const toml::node& node, Source& source);
};

constexpr std::pair<std::string_view, Language> kLanguages[] = {{"fr", Language::French}, {"en", Language::English}};
constexpr std::pair<std::string_view, LabelSet> kLabelSets[] = {{"words", LabelSet::Words},
                                                                {"hibp", LabelSet::Hibp},
                                                                {"xposedornot", LabelSet::XposedOrNot},
                                                                {"veris", LabelSet::Veris},
                                                                {"dpv", LabelSet::Dpv}};

/// Every key of a source file: the one place to add one.
constexpr KeyReader kKeys[] = {
    {"id", true, [](const toml::node& node, Source& source) { return read_own_id(node, source.id); }},
    {"name", true, [](const toml::node& node, Source& source) { return read_words(node, source.name); }},
    {"format", true, [](const toml::node& node, Source& source) { return read_words(node, source.format); }},
    {"url", true, [](const toml::node& node, Source& source) { return read_words(node, source.url); }},
    {"trust", true, [](const toml::node& node, Source& source) { return read_trust(node, source.trust); }},
    {"homepage", false, [](const toml::node& node, Source& source) { return read_words(node, source.homepage); }},
    {"terms", false, [](const toml::node& node, Source& source) { return read_words(node, source.terms); }},
    {"terms_url", false, [](const toml::node& node, Source& source) { return read_words(node, source.terms_url); }},
    {"interval", false, [](const toml::node& node, Source& source) { return read_interval(node, source.interval); }},
    {"republishes", false, [](const toml::node& node, Source& source) { return read_id(node, source.republishes); }},
    {"language", false,
     [](const toml::node& node, Source& source) { return read_choice(node, kLanguages, source.language); }},
    {"country", false, [](const toml::node& node, Source& source) { return read_country(node, source.country); }},
    {"labels", false,
     [](const toml::node& node, Source& source) { return read_choice(node, kLabelSets, source.labels); }},
    {"complete_listing", false,
     [](const toml::node& node, Source& source) { return read_flag(node, source.complete_listing); }},
    {"allow_http", false, [](const toml::node& node, Source& source) { return read_flag(node, source.allow_http); }},
    {"enabled", false, [](const toml::node& node, Source& source) { return read_flag(node, source.enabled); }},
    {"max_bytes", false, [](const toml::node& node, Source& source) { return read_max_bytes(node, source.max_bytes); }},
    {"mapping", false, [](const toml::node& node, Source& source) { return read_mapping(node, source.mapping); }},
};

bool is_loopback(std::string_view host) {
  return host == "localhost" || host == "[::1]" ||
         (host.starts_with("127.") && host.find_first_not_of("0123456789.") == host.npos);
}

/// The rules of an address that is fetched from the network.
Complaint check_web_address(std::string_view rest, bool is_http, bool allow_http) {
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  if (authority.find('@') != std::string_view::npos) return in_both(Message::UrlKeyUser);
  const std::size_t port = authority.starts_with('[') ? authority.find(':', authority.find(']')) : authority.find(':');
  const std::string_view host = authority.substr(0, port);
  if (host.empty()) return in_both(Message::UrlKeyNoHost);
  if (host.ends_with(".onion")) return in_both(Message::UrlKeyOnion);
  if (is_http && !allow_http && !is_loopback(host)) {
    return in_both(Message::UrlKeyHttp);
  }
  return {};
}

Complaint check_url(const Source& source) {
  const std::string_view url = source.url;
  if (std::any_of(url.begin(), url.end(), [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7F'; })) {
    return in_both(Message::UrlKeySpace);
  }
  if (url.starts_with("https://")) return check_web_address(url.substr(8), false, source.allow_http);
  if (url.starts_with("http://")) return check_web_address(url.substr(7), true, source.allow_http);
  if (url.starts_with("file://")) {
    if (url.starts_with("file:///")) return {};
    return in_both(Message::UrlKeySlashes);
  }
  if (url.starts_with("shipped:")) {
    if (shipped_document(url.substr(8))) return {};
    return in_both(Message::UrlKeyNotShipped, url.substr(8));
  }
  return in_both(Message::UrlKeyScheme);
}

/// Reads one file; every failure names the file and the line.
class SourceFile {
 public:
  SourceFile(const toml::table& table, std::string_view file_name) : table_(table), file_name_(file_name) {}

  Result<Source> read() && {
    VIGIFUITE_TRY(read_keys());
    if (const Complaint complaint = check_url(source_)) return complain("url", *complaint);
    for (const auto& [key, address] : {std::pair{"homepage", &source_.homepage}, {"terms_url", &source_.terms_url}}) {
      if (!address->empty() && !address->starts_with("https://") && !address->starts_with("http://")) {
        return complain(key, in_both(Message::UrlKeyWeb));
      }
    }
    const Adapter* adapter = find_adapter(source_.format);
    if (adapter == nullptr) return complain("format", unknown_format());
    if (auto accepted = adapter->check(source_); !accepted) {
      const bool has_mapping = table_.contains("mapping");
      return complain(has_mapping ? "mapping" : "format", accepted.error().text());
    }
    return std::move(source_);
  }

 private:
  Status read_keys() {
    std::vector<std::pair<std::uint32_t, std::string_view>> in_order;
    for (const auto& [key, node] : table_) in_order.emplace_back(key.source().begin.line, key.str());
    std::sort(in_order.begin(), in_order.end());
    for (const auto& entry : in_order) {
      const std::string_view name = entry.second;
      const auto* key =
          std::find_if(std::begin(kKeys), std::end(kKeys), [&](const KeyReader& k) { return k.name == name; });
      if (key == std::end(kKeys)) return complain(name, in_both(Message::KeyUnknown, suggestion(name, key_names())));
      if (const Complaint complaint = key->read(*table_.get(name), source_)) return complain(name, *complaint);
    }
    for (const KeyReader& key : kKeys) {
      if (key.required && !table_.contains(key.name)) {
        return fail(ErrorKind::Config, Message::SourceFileMissing, file_name_, key.name);
      }
    }
    return Done{};
  }

  static std::vector<std::string_view> key_names() {
    std::vector<std::string_view> names;
    for (const KeyReader& key : kKeys) names.push_back(key.name);
    return names;
  }

  Text unknown_format() const {
    std::vector<std::string_view> names;
    std::string all;
    for (const Adapter* adapter : adapters()) {
      names.push_back(adapter->name);
      all += (all.empty() ? "" : ", ") + std::string(adapter->name);
    }
    return in_both(Message::KeyUnknownFormat, source_.format, suggestion(source_.format, names), all);
  }

  Error complain(std::string_view key, const Text& what) const {
    std::uint32_t line = 1;
    for (const auto& [name, node] : table_) {
      if (name.str() == key) line = name.source().begin.line;
    }
    return fail(ErrorKind::Config, Message::SourceFileKey, file_name_, line, key, what);
  }

  const toml::table& table_;
  std::string_view file_name_;
  Source source_;
};

std::vector<Source> load_shipped() {
  std::vector<Source> sources;
  for (const EmbeddedFile& file : embedded_catalogue()) {
    if (!file.name.ends_with(".toml")) continue;
    auto source = read_source_file(file.bytes, file.name);
    if (!source) {
      std::fprintf(stderr, "vigifuite: a source shipped inside the program is broken: %s\n",
                   source.error().what.c_str());
      std::abort();
    }
    sources.push_back(std::move(*source));
  }
  std::sort(sources.begin(), sources.end(), [](const Source& a, const Source& b) { return a.id < b.id; });
  return sources;
}

}  // namespace

Result<Source> read_source_file(std::string_view toml, std::string_view file_name) {
  if (toml.size() > kMaxFileBytes) {
    return fail(ErrorKind::Config, Message::SourceFileTooLarge, file_name, kMaxFileBytes);
  }
  try {
    const toml::table table = toml::parse(toml);
    return SourceFile(table, file_name).read();
  } catch (const toml::parse_error& error) {
    std::string what(error.description());
    std::replace(what.begin(), what.end(), '\n', ' ');
    return fail(ErrorKind::Config, Message::SourceFileNotToml, file_name, error.source().begin.line, what);
  }
}

const std::vector<Source>& shipped_sources() {
  static const std::vector<Source> sources = load_shipped();
  return sources;
}

std::optional<std::string_view> shipped_document(std::string_view name) {
  return find_file(embedded_catalogue(), name);
}

}  // namespace vigifuite::feeds
