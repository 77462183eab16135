// SPDX-License-Identifier: AGPL-3.0-or-later
// `vigifuite sources probe`: what would come of a document if it were a source. Nothing is stored.

#include <algorithm>

#include "daemon/api/views.hpp"
#include "daemon/app/client.hpp"
#include "daemon/ops/clock.hpp"
#include "daemon/ops/local_file.hpp"
#include "feeds/normalise.hpp"
#include "feeds/registry.hpp"
#include "feeds/source_file.hpp"
#include "schemas/core/embedded.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::cli {
namespace {

constexpr std::size_t kSamples = 5;
constexpr std::size_t kUnmappedShown = 20;
constexpr std::size_t kSourceFileBytes = std::size_t{1} << 20U;

bool is_address(std::string_view target) {
  return target.find("://") != std::string_view::npos;
}

/// Keeps the first items as understood, and counts the rest.
class Taster final : public feeds::NoticeSink {
 public:
  Taster(const Source& source, std::size_t limit, Instant now) : source_(source), limit_(limit), now_(now) {}

  void notice(const Notice& notice) override {
    if (items.size() < limit_) items.push_back(feeds::normalise(notice, source_, Vocabulary::shipped(), now_));
  }
  void reject(Reject reject) override {
    if (rejects.size() < kSamples) rejects.push_back(feeds::words_of(reject));
  }

  std::vector<Sighting> items;
  std::vector<Text> rejects;

 private:
  const Source& source_;
  std::size_t limit_;
  Instant now_;
};

/// Where all shipped sources of a format have the same trust, or the same words for categories, so has this one.
void be_like_shipped(Source& source) {
  const Source* first = nullptr;
  bool same_trust = true, same_labels = true;
  for (const Source& shipped : feeds::shipped_sources()) {
    if (shipped.format != source.format) continue;
    if (first == nullptr) first = &shipped;
    same_trust = same_trust && shipped.trust == first->trust;
    same_labels = same_labels && shipped.labels == first->labels;
  }
  if (first == nullptr) return;
  if (same_trust) source.trust = first->trust;
  if (same_labels) source.labels = first->labels;
}

/// The formats that need no mapping, tried in turn: the one that finds most in the payload.
Status find_format(const Payload& payload, Source& source, Instant now) {
  std::optional<Source> best;
  std::uint64_t most = 0;
  std::string all;
  for (const feeds::Adapter* adapter : feeds::adapters()) {
    Source as = source;
    as.format = adapter->name;
    be_like_shipped(as);
    if (!adapter->check(as)) continue;
    all += (all.empty() ? "" : ", ") + std::string(adapter->name);
    Taster taster(as, 0, now);
    const auto read = adapter->read(payload, as, taster);
    if (!read || read->notices <= most) continue;
    most = read->notices;
    best = std::move(as);
  }
  if (best) {
    source = std::move(*best);
    return Done{};
  }
  return fail(ErrorKind::Malformed, Message::ProbeNoList, source.url, all);
}

/// The source a target describes: a source file, or one made up for a lone address or file.
Result<Source> source_of(const ProbeRequest& request) {
  const bool describes = !is_address(request.target) && request.target.ends_with(".toml");
  if (describes) {
    auto file = ops::read_local(request.target, {}, kSourceFileBytes);
    if (!file) return std::move(file).error();
    return feeds::read_source_file(file->bytes, request.target);
  }
  Source source;
  source.id = "probe";
  source.name = request.target;
  source.format = request.format;
  source.url = request.target;
  source.language = request.language.value_or(Language::French);
  if (!request.format.empty()) {
    const feeds::Adapter* adapter = feeds::find_adapter(request.format);
    if (adapter == nullptr) {
      std::string all;
      for (const feeds::Adapter* each : feeds::adapters()) all += (all.empty() ? "" : ", ") + std::string(each->name);
      return fail(ErrorKind::Config, Message::ProbeNoFormat, request.format, all);
    }
    be_like_shipped(source);
    VIGIFUITE_TRY(adapter->check(source));
  }
  return source;
}

Result<ops::FetchReply> fetch(const Source& source, const ClientOptions& options) {
  if (source.url.starts_with("shipped:")) {
    const auto document = feeds::shipped_document(std::string_view(source.url).substr(8));
    if (!document) return fail(ErrorKind::Config, Message::ProbeNotShipped, source.url);
    return ops::reply_from_bytes(*document, {});
  }
  if (!is_address(source.url)) return ops::read_local(source.url, {}, source.max_bytes);
  if (source.url.starts_with("file:")) {
    auto path = ops::path_of_file_url(source.url);
    if (!path) return std::move(path).error();
    return ops::read_local(*path, {}, source.max_bytes);
  }
  auto config = any_config(options);
  if (!config) return std::move(config).error();
  ops::FetchRequest request;
  request.url = source.url;
  request.max_bytes = source.max_bytes;
  request.allow_http = source.allow_http;
  std::optional<Result<ops::FetchReply>> reply;
  ops::Fetcher fetcher(app::user_agent(*config));
  fetcher.start(std::move(request), [&](Result<ops::FetchReply> got) { reply.emplace(std::move(got)); });
  while (!reply) fetcher.run_once(std::chrono::seconds(1));
  return std::move(*reply);
}

std::vector<std::string> unmapped_of(const std::vector<Sighting>& items) {
  std::vector<std::string> all;
  for (const Sighting& item : items) {
    for (const std::string& label : item.unmapped_labels) {
      if (all.size() < kUnmappedShown && std::find(all.begin(), all.end(), label) == all.end()) all.push_back(label);
    }
  }
  return all;
}

}  // namespace

Result<std::string> probe(const ProbeRequest& request, const ClientOptions& options) {
  static const ops::SystemClock clock;
  const Instant now = clock.now();
  auto source = source_of(request);
  if (!source) return std::move(source).error();
  auto reply = fetch(*source, options);
  if (!reply) return in_context(request.target, std::move(reply).error());
  const Payload payload{source->id, std::move(reply->bytes), std::move(reply->content_type), {}, now};
  if (source->format.empty()) VIGIFUITE_TRY(find_format(payload, *source, now));
  Taster taster(*source, request.limit, now);
  auto read = feeds::find_adapter(source->format)->read(payload, *source, taster);
  if (!read) return in_context(request.target, std::move(read).error());
  JsonOut out;
  api::begin_document(out, "probe", now);
  out.member("target", request.target).member("format", source->format).member("records", read->records);
  out.member("notices", read->notices).member("rejects", read->rejects).member_if("broken_at", read->broken_at);
  out.key("reject_samples").begin_array();
  for (const Text& reject : taster.rejects) {
    out.begin_object().member_if("fr", reject.fr).member_if("en", reject.en).end_object();
  }
  out.end_array().key("unmapped").begin_array();
  for (const std::string& label : unmapped_of(taster.items)) out.value(label);
  out.end_array();
  out.key("items").begin_array();
  for (const Sighting& item : taster.items) write(out, item, Vocabulary::shipped());
  out.end_array().end_object();
  return std::string(out.str());
}

}  // namespace vigifuite::cli
