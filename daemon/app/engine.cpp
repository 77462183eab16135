// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/app/engine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "daemon/app/version.hpp"
#include "daemon/ops/local_file.hpp"
#include "daemon/ops/log.hpp"
#include "daemon/ops/sd_notify.hpp"
#include "feeds/source_file.hpp"
#include "schemas/core/embedded.hpp"
#include "schemas/messages.hpp"
#include "schemas/system_reason.hpp"

namespace vigifuite::app {
namespace {

constexpr std::string_view kShipped = "shipped:";

/// Which bodies this program knows, under which names.
Digest registry_digest() {
  Digest sum;
  for (const EmbeddedFile& file : embedded_vocabulary()) add_unordered(sum, digest_of(file.bytes));
  return sum;
}

/// What the words of this program mean: a new alias, category or word of the extractor makes every source worth reading
/// again.
Digest vocabulary_digest() {
  Digest sum = registry_digest();
  for (const EmbeddedFile& file : embedded_lexicon()) add_unordered(sum, digest_of(file.bytes));
  return sum;
}

std::string hex_of(const Digest& digest) {
  const auto text = hex(digest);
  return {text.begin(), text.end()};
}

/// Changes when anything changes that decides what the bytes of a source mean. `own`: of the operator's own bodies.
std::string mapping_digest(const Source& source, const Digest& own) {
  static const Digest vocabulary = vocabulary_digest();
  Digest sum = vocabulary;
  add_unordered(sum, own);
  add_unordered(
      sum, digest_of(fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}", kVersion, source.format, source.url,
                                 name_of(source.trust), code_of(source.language), source.country, source.republishes)));
  add_unordered(sum, digest_of(std::to_string(static_cast<int>(source.labels))));
  for (const auto& [key, values] : source.mapping) {
    std::string line = key;
    for (const std::string& value : values) line.append(1, '\n').append(value);
    add_unordered(sum, digest_of(line));
  }
  return hex_of(sum);
}

std::chrono::milliseconds since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
}

}  // namespace

Result<std::unique_ptr<Engine>> Engine::open(const Config& config, const ops::Clock& clock, Access access) {
  std::unique_ptr<Engine> engine(new Engine(config, clock));
  auto sources = load_sources(config);
  if (!sources) return std::move(sources).error();
  engine->replace_sources(std::move(*sources));
  auto words = load_words(config);
  if (!words) return std::move(words).error();
  engine->words_ = std::move(*words);
  const Vocabulary& vocabulary = *engine->words_.vocabulary;
  std::error_code failed;
  if (access == Access::Write) std::filesystem::create_directories(config.store.parent_path(), failed);
  if (failed) {
    return fail(ErrorKind::Config, Message::StoreNoParent, config.store.parent_path().native(),
                system_reason(failed.value()));
  }
  index::StoreOptions options;
  options.directory = config.store;
  options.cache_bytes = config.cache_bytes;
  options.read_only = access == Access::Read;
  auto store = index::Store::open(options, vocabulary);
  if (!store) return std::move(store).error();
  engine->store_ = std::move(*store);
  auto key = match::Watchlist::key_from_file(config.key_file);
  if (!key) return std::move(key).error();
  Digest registry = registry_digest();
  add_unordered(registry, engine->words_.own);
  auto watchlist = match::Watchlist::open(*engine->store_, std::move(*key), vocabulary, hex_of(registry));
  if (!watchlist) return std::move(watchlist).error();
  engine->watchlist_ = std::move(*watchlist);
  std::filesystem::permissions(config.store, std::filesystem::perms::owner_all,
                               failed);  // who has which tie is nobody's business
  engine->pipeline_ = std::make_unique<Pipeline>(vocabulary, *engine->store_, *engine->watchlist_);
  if (access == Access::Write) VIGIFUITE_TRY(engine->follow_rules());
  return engine;
}

/// Sightings that other rules merged must not meet new ones before today's rules were applied to all.
Status Engine::follow_rules() {
  auto changed = pipeline_->rules_changed();
  if (!changed) return std::move(changed).error();
  if (!*changed) return Done{};
  pipeline_->on_progress([] { ops::notify_starting(); });
  auto incidents = pipeline_->merge_anew(clock_.now());
  pipeline_->on_progress([] {});
  if (!incidents) return std::move(incidents).error();
  if (*incidents != 0) ops::log_info("the rules of merging changed: {} incidents are not what they were", *incidents);
  return Done{};
}

void Engine::replace_sources(std::vector<Source> sources) {
  std::atomic_store(&sources_, std::make_shared<const std::vector<Source>>(std::move(sources)));
}

double Engine::jitter() {
  thread_local std::minstd_rand generator(std::random_device{}());
  return std::uniform_real_distribution<double>(0.0, 1.0)(generator);
}

bool Engine::is_here(const Source& source) noexcept {
  return source.url.starts_with(kShipped) || source.url.starts_with("file:");
}

ops::FetchRequest Engine::request_for(const Source& source, const poll::SourceState& state) const {
  ops::FetchRequest request;
  request.url = source.url;
  request.max_bytes = source.max_bytes;
  request.allow_http = source.allow_http;
  if (state.mapping_digest == mapping_digest(source, words_.own)) request.validators = state.validators;
  return request;
}

Result<ops::FetchReply> Engine::read_here(const Source& source) const {
  auto state = store_->source_state(source.id);
  if (!state) return std::move(state).error();
  const Validators validators = request_for(source, *state).validators;
  if (source.url.starts_with(kShipped)) {
    const auto document = feeds::shipped_document(std::string_view(source.url).substr(kShipped.size()));
    if (!document) return fail(ErrorKind::Config, Message::SourceNothingShipped, source.id, source.url);
    return ops::reply_from_bytes(*document, validators);
  }
  auto path = ops::path_of_file_url(source.url);
  if (!path) return std::move(path).error();
  return ops::read_local(*path, validators, source.max_bytes);
}

Result<api::SourceReport> Engine::take(const Source& source, Result<ops::FetchReply> reply,
                                       std::chrono::milliseconds took) {
  const Instant now = clock_.now();
  auto before = store_->source_state(source.id);
  if (!before) return std::move(before).error();
  api::SourceReport report;
  report.source = source.id;
  std::optional<Error> failure;
  if (!reply) {
    failure = std::move(reply).error();
  } else if (reply->outcome == ops::FetchOutcome::Unchanged) {
    report.state = poll::after_success(std::move(*before), source, poll::PollState::Unchanged, now, jitter());
    report.ingest.state = poll::PollState::Unchanged;
  } else {
    const auto start = std::chrono::steady_clock::now();
    poll::SourceState next = poll::after_success(*before, source, poll::PollState::Ok, now, jitter());
    next.mapping_digest = mapping_digest(source, words_.own);
    const Payload payload{source.id, std::move(reply->bytes), std::move(reply->content_type),
                          std::move(reply->validators), now};
    auto ingest = pipeline_->ingest(source, payload, next, now);
    report.took = took + since(start);
    if (ingest) {
      report.ingest = std::move(*ingest);
      auto stored = store_->source_state(source.id);  // as committed with the items
      if (!stored) return std::move(stored).error();
      report.state = std::move(*stored);
      return report;
    }
    if (ingest.error().kind == ErrorKind::Storage) return std::move(ingest).error();
    failure = std::move(ingest).error();
  }
  report.took = took;
  if (failure) {
    if (failure->kind == ErrorKind::Storage) return std::move(*failure);
    ops::log_warning("source {}: {}", source.id, failure->what);
    report.state = poll::after_failure(std::move(*before), source, *failure, now, jitter());
    report.ingest.state = poll::PollState::Failed;
  }
  auto batch = store_->batch();
  batch->put_source_state(source.id, report.state);
  VIGIFUITE_TRY(store_->commit(std::move(batch)));
  return report;
}

Result<bool> Engine::is_caught_up() const {
  for (const Source& source : *sources()) {
    if (!source.enabled || !source.url.starts_with(kShipped)) continue;
    const auto reply = read_here(source);
    if (!reply) return reply.error();
    if (reply->outcome != ops::FetchOutcome::Unchanged) return false;
  }
  return watchlist_->posted();
}

Status Engine::catch_up() {
  for (const Source& source : *sources()) {
    if (!source.enabled || !source.url.starts_with(kShipped)) continue;
    auto reply = read_here(source);
    if (reply && reply->outcome == ops::FetchOutcome::Unchanged) continue;
    auto report = take(source, std::move(reply), {});
    if (!report) return std::move(report).error();
  }
  const auto moved = pipeline_->repost(clock_.now());
  if (!moved) return moved.error();
  if (*moved != 0) ops::log_info("the registry of bodies has changed: {} watched profiles posted anew", *moved);
  return Done{};
}

Result<std::vector<api::SourceReport>> Engine::poll_now(const std::vector<std::string>& ids) {
  const auto all = sources();
  std::vector<const Source*> wanted;
  for (const Source& source : *all) {
    const bool named = std::find(ids.begin(), ids.end(), source.id) != ids.end();
    if (ids.empty() ? source.enabled : named) wanted.push_back(&source);
  }
  std::vector<api::SourceReport> reports(wanted.size());
  std::optional<Error> stopped;
  {
    ops::Fetcher fetcher(user_agent(config_));
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const Source& source = *wanted[i];
      const auto start = std::chrono::steady_clock::now();
      const auto settle = [this, &reports, &stopped, &source, start, i](Result<ops::FetchReply> reply) {
        auto report = take(source, std::move(reply), since(start));
        if (report)
          reports[i] = std::move(*report);
        else if (!stopped)
          stopped = std::move(report).error();
      };
      if (is_here(source)) {
        settle(read_here(source));
        continue;
      }
      auto state = store_->source_state(source.id);
      if (!state) return std::move(state).error();
      fetcher.start(request_for(source, *state), settle);
    }
    while (fetcher.in_flight() > 0 && !stopped) fetcher.run_once(std::chrono::seconds(1));
  }
  if (stopped) return *stopped;
  return reports;
}

Result<std::uint64_t> Engine::deliver() {
  return pipeline_->deliver([](const Delivery& delivery) {
    ops::log_info("alert {} ({}): {}: {}", to_string(delivery.id), name_of(delivery.kind), delivery.incident->id,
                  name_of(delivery.hit->verdict));
  });
}

api::Core Engine::core(decltype(api::Core::write) write, decltype(api::Core::update) update) {
  return {.vocabulary = *words_.vocabulary,
          .store = *store_,
          .watchlist = *watchlist_,
          .pipeline = *pipeline_,
          .sources = [this] { return sources(); },
          .now = [this] { return clock_.now(); },
          .write = std::move(write),
          .update = std::move(update),
          .unconfirmed_after = config_.unconfirmed_after,
          .scheduled = false,
          .backups_below = {}};
}

}  // namespace vigifuite::app
