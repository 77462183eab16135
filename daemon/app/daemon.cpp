// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/app/daemon.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <future>
#include <map>
#include <mutex>
#include <set>

#include "daemon/api/service.hpp"
#include "daemon/app/engine.hpp"
#include "daemon/app/jobs.hpp"
#include "daemon/app/reload.hpp"
#include "daemon/app/status.hpp"
#include "daemon/ops/log.hpp"
#include "daemon/ops/queue.hpp"
#include "daemon/ops/sd_notify.hpp"
#include "daemon/ops/signals.hpp"
#include "daemon/ops/thread.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::app {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kQueueItems = 64;
constexpr std::size_t kQueueBytes = std::size_t{64} << 20U;
constexpr std::chrono::seconds kLongestWait{3600};
constexpr std::size_t kPerHost = 2;

/// The daemon over one snapshot of the words it knows. When they change it ends, and another takes its place.
class Daemon {
 public:
  Daemon(std::unique_ptr<Engine> engine, std::filesystem::path config_file, ops::Signals& signals, Listener listener)
      : engine_(std::move(engine)),
        config_file_(std::move(config_file)),
        signals_(signals),
        listener_(listener),
        fetcher_(user_agent(engine_->config())),
        service_(core()) {}

  Result<Ended> run() {
    VIGIFUITE_TRY(load_states());
    fetcher_.watch(signals_.descriptor());
    VIGIFUITE_TRY(engine_->catch_up());
    if (watchdog_) engine_->pipeline().on_progress([] { ops::notify_alive(); });
    ops::Thread ingest(
        "ingest", [this](const std::stop_token& stop) { ingest_loop(stop); }, [this] { stop_failed(); });
    auto server = listener_.serve(engine_->config().socket, service_);
    if (!server) {
      jobs_.close();
      return std::move(server).error();
    }
    ops::log_info("started: {} sources, store {}", enabled_count(), engine_->config().store.native());
    if (engine_->config().contact.empty()) {
      ops::log_warning("`contact` is not set in the configuration: those whose servers are read cannot write to you");
    }
    ops::notify_ready();
    io_loop();
    if (!next_config_) ops::notify_stopping();
    answer_all();
    jobs_.close();  // what is fetched is still stored
    ingest.join();
    while (jobs_.pop()) {
    }                 // a change nobody made: whoever waits for it is told
    server->reset();  // no more requests; those under way end
    if (ingest.failure()) ops::log_error("ingest: {}", ops::describe(ingest.failure()));
    if (!next_config_) ops::log_info("stopped");
    return failed_ || ingest.failure() ? Ended::Failed : Ended::Stopped;
  }

  /// After run(): the configuration to go on with, when it ended because the lists of bodies changed.
  [[nodiscard]] const std::optional<Config>& next_config() const noexcept { return next_config_; }

 private:
  api::Core core() {
    api::Core core = engine_->core([this](const std::function<Status()>& change) { return write(change); },
                                   [this](const std::vector<std::string>& ids) { return update(ids); });
    core.scheduled = true;
    // The service sees a file system of its own: what it writes elsewhere, nobody finds again.
    if (const char* state = std::getenv("STATE_DIRECTORY"))
      core.backups_below = state;  // NOLINT(concurrency-mt-unsafe)
    return core;
  }

  // ---- io thread ----

  Status load_states() {
    const auto sources = engine_->sources();
    std::map<std::string, poll::SourceState> states;
    for (const Source& source : *sources) {
      auto state = engine_->store().source_state(source.id);
      if (!state) return std::move(state).error();
      states.emplace(source.id, std::move(*state));
    }
    const std::lock_guard lock(mutex_);
    states_ = std::move(states);
    return Done{};
  }

  void io_loop() {
    while (!stopping_) {
      take_orders();
      // Without room for a document, nothing is due before ingest has moved: finished() wakes us.
      std::chrono::milliseconds wait = start_due() ? until_next() : kLongestWait;
      if (watchdog_) {
        (void)jobs_.try_push(Ping{}, 0);  // full: ingest is busy, and feeds the watchdog as it goes
        wait = std::min(wait, std::chrono::duration_cast<milliseconds>(*watchdog_ / 2));
      }
      fetcher_.run_once(wait);
      while (const auto signal = signals_.next()) {
        if (*signal == ops::Signal::Stop)
          stopping_ = true;
        else
          reload();
      }
    }
  }

  /// The sources nobody is polling just now, with what is remembered of each.
  struct Idle {
    std::vector<Source> sources;
    std::vector<poll::SourceState> states;
    bool ordered = false;  ///< somebody waits for a poll
  };

  Idle idle() {
    const auto sources = engine_->sources();
    Idle idle;
    const std::lock_guard lock(mutex_);
    for (const Source& source : *sources) {
      if (in_flight_.contains(source.id)) continue;
      idle.sources.push_back(source);
      idle.states.push_back(states_[source.id]);
    }
    idle.ordered = !orders_.empty();
    return idle;
  }

  milliseconds until_next() {
    const auto [sources, states, ordered] = idle();
    if (ordered) return milliseconds(0);
    const auto due = poll::next_due(sources, states);
    if (!due) return kLongestWait;
    return std::clamp<milliseconds>(*due - engine_->clock().now(), milliseconds(0), kLongestWait);
  }

  /// False when a source that is due had to wait for room in the queue.
  bool start_due() {
    const auto [sources, states, ordered] = idle();
    for (const std::size_t i : poll::due_sources(sources, states, engine_->clock().now(), kPerHost)) {
      if (!jobs_.has_room(sources[i].max_bytes)) return false;
      start(sources[i], states[i], nullptr);
    }
    return true;
  }

  void start(const Source& source, const poll::SourceState& state, std::shared_ptr<Waiter> waiting) {
    {
      const std::lock_guard lock(mutex_);
      in_flight_.insert(source.id);
    }
    const auto began = steady_clock::now();
    const auto done = [this, source, began, waiting](Result<ops::FetchReply> reply) {
      const auto took = std::chrono::duration_cast<milliseconds>(steady_clock::now() - began);
      const std::size_t bytes = reply ? reply->bytes.size() : 0;
      Job job = Fetched{source, std::move(reply), took, waiting};
      if (!jobs_.try_push(std::move(job), bytes)) {
        if (!stopping_)
          ops::log_warning(
              "source {}: {} bytes were read and had to be dropped, ingest is behind: read again in a minute",
              source.id, bytes);
        finished(source.id, std::nullopt);
        if (waiting) waiting->answer(fail(ErrorKind::Transient, Message::DaemonBusy));
      }
    };
    if (Engine::is_here(source))
      done(engine_->read_here(source));
    else
      fetcher_.start(engine_->request_for(source, state), done);
  }

  void take_orders() {
    std::vector<PollOrder> orders;
    {
      const std::lock_guard lock(mutex_);
      orders.swap(orders_);
    }
    const auto sources = engine_->sources();
    for (PollOrder& order : orders) {
      const auto source =
          std::find_if(sources->begin(), sources->end(), [&](const Source& s) { return s.id == order.source; });
      if (source == sources->end()) {
        order.waiting->answer(fail(ErrorKind::Refused, Message::SourceGone));
        continue;
      }
      poll::SourceState state;
      {
        const std::lock_guard lock(mutex_);
        if (in_flight_.contains(
                order.source)) {  // in one lock with finished(): an order set aside too late would wait for ever
          waiting_orders_.push_back(std::move(order));
          continue;
        }
        state = states_[order.source];
      }
      start(*source, state, order.waiting);
    }
  }

  /// Nobody is left waiting for a poll that will not end.
  void answer_all() {
    const std::lock_guard lock(mutex_);
    for (const std::weak_ptr<Waiter>& waiter : waiters_) {
      if (const auto waiting = waiter.lock()) waiting->answer(fail(ErrorKind::Transient, Message::DaemonStopping));
    }
  }

  void reload() {
    ops::notify_reloading();
    auto files = read_again(config_file_, engine_->config());
    if (!files) {
      ops::log_error("reload refused, the old sources and bodies stay: {}", files.error().what);
    } else if (files->words.own != engine_->own_words()) {
      ops::log_info("the lists of bodies changed: starting again over them");
      next_config_ = std::move(files->config);
      stopping_ = true;
      return;  // ready is told once the new words serve
    } else {
      engine_->replace_sources(std::move(files->sources));
      if (const auto loaded = load_states(); !loaded) ops::log_error("reload: {}", loaded.error().what);
      ops::log_info("reloaded: {} sources", enabled_count());
    }
    ops::notify_ready();
  }

  std::size_t enabled_count() const {
    const auto sources = engine_->sources();
    return static_cast<std::size_t>(
        std::count_if(sources->begin(), sources->end(), [](const Source& s) { return s.enabled; }));
  }

  // ---- API threads ----

  Status write(const std::function<Status()>& change) {
    auto done = std::make_shared<std::promise<Status>>();
    auto result = done->get_future();
    Job job = Change{[&change, held = std::move(done)] { held->set_value(change()); }};
    if (!jobs_.try_push(std::move(job), 0)) return fail(ErrorKind::Transient, Message::DaemonBusy);
    try {
      return result.get();
    } catch (const std::future_error&) {  // dropped unmade: ingest has ended
      return fail(ErrorKind::Transient, Message::DaemonStoppingUnchanged);
    }
  }

  Result<std::vector<api::SourceReport>> update(const std::vector<std::string>& ids) {
    const auto sources = engine_->sources();
    std::vector<std::future<Result<api::SourceReport>>> results;
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return fail(ErrorKind::Transient, Message::DaemonStopping);
      std::erase_if(waiters_, [](const std::weak_ptr<Waiter>& waiter) { return waiter.expired(); });
      for (const Source& source : *sources) {
        const bool named = std::find(ids.begin(), ids.end(), source.id) != ids.end();
        if (!(ids.empty() ? source.enabled : named)) continue;
        auto waiter = std::make_shared<Waiter>();
        results.push_back(waiter->future());
        waiters_.push_back(waiter);
        orders_.push_back({source.id, std::move(waiter)});
      }
    }
    fetcher_.wake();
    std::vector<api::SourceReport> reports;
    for (auto& result : results) {
      auto report = result.get();
      if (!report) return std::move(report).error();
      reports.push_back(std::move(*report));
    }
    return reports;
  }

  // ---- ingest thread ----

  void ingest_loop(const std::stop_token& stop) {
    deliver();
    show_status();
    while (auto job = jobs_.pop(stop)) {
      if (auto* fetched = std::get_if<Fetched>(&*job)) {
        ingest_one(*fetched);
      } else if (auto* change = std::get_if<Change>(&*job)) {
        change->run();
        deliver();
      }
      if (watchdog_) ops::notify_alive();
    }
  }

  void ingest_one(Fetched& fetched) {
    auto report = engine_->take(fetched.source, std::move(fetched.reply), fetched.took);
    if (!report) {
      ops::log_error("store: {}", report.error().what);
      if (fetched.waiting) fetched.waiting->answer(report.error());
      finished(fetched.source.id, std::nullopt);
      stop_failed();
      return;
    }
    if (report->ingest.incidents_new + report->ingest.incidents_changed != 0) {
      ops::log_info("source {}: {} new incidents, {} changed, {} people to tell", fetched.source.id,
                    report->ingest.incidents_new, report->ingest.incidents_changed, report->ingest.to_tell);
    }
    finished(fetched.source.id, report->state);
    if (fetched.waiting) fetched.waiting->answer(std::move(*report));
    deliver();
    show_status();
  }

  void deliver() {
    if (const auto told = engine_->deliver(); !told) {
      ops::log_error("deliver: {}", told.error().what);
      if (told.error().kind == ErrorKind::Storage) stop_failed();
    }
  }

  void show_status() {
    const auto counts = engine_->store().counts();
    const auto sources = engine_->sources();
    const std::lock_guard lock(mutex_);
    ops::notify_status(status_line(*sources, states_, counts ? counts->incidents : 0));
  }

  // ---- any thread ----

  /// A poll ended: the source may be started again.
  void finished(const std::string& source, std::optional<poll::SourceState> state) {
    {
      const std::lock_guard lock(mutex_);
      in_flight_.erase(source);
      if (state)
        states_[source] = std::move(*state);
      else
        states_[source].due = engine_->clock().now() + std::chrono::minutes(1);
      orders_.insert(orders_.end(), std::make_move_iterator(waiting_orders_.begin()),
                     std::make_move_iterator(waiting_orders_.end()));
      waiting_orders_.clear();
    }
    if (!stopping_) fetcher_.wake();
  }

  void stop_failed() {
    failed_ = true;
    stopping_ = true;
    fetcher_.wake();
  }

  std::unique_ptr<Engine> engine_;
  std::filesystem::path config_file_;
  ops::Signals& signals_;
  Listener listener_;
  std::optional<Config> next_config_;
  const std::optional<std::chrono::microseconds> watchdog_ = ops::watchdog_interval();
  ops::Queue<Job> jobs_{kQueueItems, kQueueBytes};
  std::atomic<bool> stopping_ = false;
  std::atomic<bool> failed_ = false;

  std::mutex mutex_;  // guards the five below
  std::map<std::string, poll::SourceState> states_;
  std::set<std::string> in_flight_;
  std::vector<PollOrder> orders_;
  std::vector<PollOrder> waiting_orders_;  ///< of sources in flight
  std::vector<std::weak_ptr<Waiter>> waiters_;

  ops::Fetcher fetcher_;  // its transfers call back into the members above
  api::Service service_;
};

}  // namespace

Result<Ended> run_daemon(const Config& config, const std::filesystem::path& config_file, const ops::Clock& clock) {
  auto signals = ops::Signals::open();
  if (!signals) return std::move(signals).error();
  const Listener listener = Listener::from_environment();
  Config current = config;
  while (true) {
    auto engine = Engine::open(current, clock, Access::Write);
    if (!engine) return std::move(engine).error();
    Daemon daemon(std::move(*engine), config_file, **signals, listener);
    const auto ended = daemon.run();
    if (!ended || *ended == Ended::Failed || !daemon.next_config()) return ended;
    current = *daemon.next_config();
  }
}

}  // namespace vigifuite::app
