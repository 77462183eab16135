// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/poll/schedule.hpp"

#include <doctest/doctest.h>

using namespace vigifuite;
using namespace vigifuite::poll;
using namespace std::chrono_literals;
using std::chrono::seconds;

namespace {

constexpr Instant kNow{seconds{1'700'000'000}};
constexpr double kAlmostOne = 0.999999;

Source every(seconds interval, std::string url = "https://feeds.example.org/a") {
  Source source;
  source.id = "a";
  source.interval = interval;
  source.url = std::move(url);
  return source;
}

seconds delay(ErrorKind kind, std::uint32_t failures_before, double jitter, std::optional<seconds> retry_after = {}) {
  SourceState state;
  state.failures = failures_before;
  return after_failure(state, every(6h), Error{kind, "x", retry_after}, kNow, jitter).due - kNow;
}

}  // namespace

TEST_CASE("schedule: after a good answer the next poll falls in the last tenth of the interval") {
  CHECK(after_success({}, every(1h), PollState::Ok, kNow, 0.0).due - kNow == 54min);
  CHECK(after_success({}, every(1h), PollState::Ok, kNow, 0.5).due - kNow == 57min);
  const seconds last = after_success({}, every(1h), PollState::Ok, kNow, kAlmostOne).due - kNow;
  CHECK(last > 59min);
  CHECK(last < 60min);
  CHECK(after_success({}, every(5s), PollState::Ok, kNow, kAlmostOne).due - kNow == 5s);
}

TEST_CASE("schedule: a good answer ends a series of failures and a pause") {
  SourceState state;
  state.failures = 7;
  state.paused = true;
  state.error = {{}, "it was down"};
  state.validators.etag = "\"1\"";
  for (const PollState outcome : {PollState::Ok, PollState::Unchanged, PollState::Partial}) {
    const SourceState after = after_success(state, every(1h), outcome, kNow, 0.0);
    CHECK(after.state == outcome);
    CHECK(after.failures == 0);
    CHECK_FALSE(after.paused);
    CHECK(after.error.empty());
    CHECK(after.attempted == kNow);
    CHECK(after.succeeded == kNow);
    CHECK(after.validators.etag == "\"1\"");
  }
}

TEST_CASE("schedule: backoff doubles from a minute, stops at six hours, and never means at once") {
  struct Row {
    std::uint32_t failures_before;
    seconds ceiling;
  };
  for (const Row& row : {Row{0, 1min}, Row{1, 2min}, Row{2, 4min}, Row{5, 32min}, Row{8, 256min}, Row{9, 6h},
                         Row{40, 6h}, Row{UINT32_MAX - 1, 6h}, Row{UINT32_MAX, 6h}}) {
    CAPTURE(row.failures_before);
    CHECK(delay(ErrorKind::Transient, row.failures_before, 1.0) == row.ceiling);
    CHECK(delay(ErrorKind::Transient, row.failures_before, 0.5) == row.ceiling / 2);
    CHECK(delay(ErrorKind::Transient, row.failures_before, 0.0) == 15s);
  }
}

TEST_CASE("schedule: a count of failures at its largest does not wrap round") {
  SourceState state;
  state.failures = UINT32_MAX;
  CHECK(after_failure(state, every(1h), Error{ErrorKind::Transient, "x"}, kNow, 0.0).failures == UINT32_MAX);
}

TEST_CASE("schedule: Retry-After is obeyed when longer than the backoff, up to a day, and adds nothing when shorter") {
  for (const ErrorKind kind : {ErrorKind::Transient, ErrorKind::RateLimited}) {
    CHECK(delay(kind, 0, 0.5, 10min) == 10min);
    CHECK(delay(kind, 4, 1.0, 10s) == 16min);
    CHECK(delay(kind, 0, 0.0, 0s) == 15s);
    CHECK(delay(kind, 0, 0.0, -5s) == 15s);
    CHECK(delay(kind, 0, 0.0, 24h) == 24h);
    CHECK(delay(kind, 0, 0.0, 24h * 365) == 24h);
  }
  CHECK(delay(ErrorKind::RateLimited, 0, 1.0) == 1min);
}

TEST_CASE("schedule: a source that refuses is paused for a day, a malformed one waits its interval and more") {
  for (const ErrorKind kind : {ErrorKind::Refused, ErrorKind::Config}) {
    CHECK(delay(kind, 0, 0.0) == 24h);
    CHECK(delay(kind, 3, 1.0, 1min) == 24h);
    CHECK(after_failure({}, every(1h), Error{kind, "no"}, kNow, 0.0).paused);
  }
  CHECK(delay(ErrorKind::Malformed, 0, 1.0) == 6h + 1min);
  CHECK(delay(ErrorKind::Malformed, 20, 1.0) == 12h);
  CHECK_FALSE(after_failure({}, every(1h), Error{ErrorKind::Malformed, "no"}, kNow, 0.0).paused);
}

TEST_CASE("schedule: a failure keeps the validators, the last success and the figures") {
  SourceState state;
  state.validators = {"W/\"7\"", "Tue, 14 Nov 2023 00:00:00 GMT"};
  state.succeeded = kNow - 5h;
  state.records = 12;
  const SourceState after = after_failure(state, every(1h), Error{ErrorKind::Transient, "down"}, kNow, 0.5);
  CHECK(after.validators == state.validators);
  CHECK(after.succeeded == state.succeeded);
  CHECK(after.records == 12);
  CHECK(after.state == PollState::Failed);
  CHECK(after.failures == 1);
  CHECK(after.error.en == "down");
  CHECK(after_failure(state, every(1h), Error{ErrorKind::Transient, std::string(9000, 'x')}, kNow, 0.5).error.en.size() ==
        500);
}

TEST_CASE("schedule: sources are polled when enabled and due, the longest due first, few of one host at once") {
  std::vector<Source> sources = {every(1h, "https://one.example.org/a"),  every(1h, "https://ONE.example.org:443/b"),
                                 every(1h, "https://one.example.org/c"),  every(1h, "https://two.example.org/"),
                                 every(1h, "shipped:france.json"),        every(1h, "file:///srv/feed.json"),
                                 every(1h, "https://three.example.org/"), every(1h, "https://four.example.org/")};
  std::vector<SourceState> states(sources.size());
  states[0].due = kNow - 1min;
  states[1].due = kNow - 3min;
  states[2].due = kNow - 2min;
  states[3].due = kNow;
  states[6].due = kNow + 1s;
  sources[7].enabled = false;
  CHECK(due_sources(sources, states, kNow, 2) == std::vector<std::size_t>{4, 5, 1, 2, 3});
  CHECK(due_sources(sources, states, kNow, 3) == std::vector<std::size_t>{4, 5, 1, 2, 0, 3});
  CHECK(due_sources(sources, states, kNow - 1h, 2) == std::vector<std::size_t>{4, 5});
  CHECK(next_due(sources, states) == Instant{});
  CHECK_FALSE(next_due({}, {}).has_value());
}

TEST_CASE("schedule: the next due time is that of an enabled source, paused or not") {
  std::vector<Source> sources = {every(1h), every(1h)};
  std::vector<SourceState> states(2);
  states[0].due = kNow;
  states[1].due = kNow + 1h;
  states[1].paused = true;
  CHECK(next_due(sources, states) == kNow);
  sources[0].enabled = false;
  CHECK(next_due(sources, states) == kNow + 1h);
  CHECK(due_sources(sources, states, kNow + 1h, 2) == std::vector<std::size_t>{1});
  sources[1].enabled = false;
  CHECK_FALSE(next_due(sources, states).has_value());
}

TEST_CASE("schedule: a clock that had run years ahead does not silence a source until then") {
  std::vector<SourceState> states(1);
  states[0] = after_success({}, every(1h), PollState::Ok, kNow + 24h * 3650, 0.0);
  CHECK(due_sources({every(1h)}, states, kNow, 1).size() == 1);
}

TEST_CASE("schedule: the host of an address") {
  struct Row {
    const char* url;
    const char* host;
  };
  for (const Row& row :
       {Row{"https://Example.ORG/x", "example.org"}, Row{"http://user:pw@h.example:8080?x", "h.example"},
        Row{"https://[::1]:8443/", "[::1]"}, Row{"https://[::1", ""}, Row{"file:///etc", ""}, Row{"shipped:x", ""},
        Row{"", ""}, Row{"https://a@b@c.example/", "c.example"}}) {
    CAPTURE(std::string(row.url));
    CHECK(host_of(row.url) == row.host);
  }
}

TEST_CASE("source state: what is written reads back, every member") {
  SourceState state;
  state.state = PollState::Partial;
  state.validators = {"W/\"é7\"", "Tue, 14 Nov 2023 00:00:00 GMT"};
  state.mapping_digest = "00ff";
  state.attempted = kNow;
  state.succeeded = kNow - 1h;
  state.due = kNow + 1h;
  state.failures = 3;
  state.paused = true;
  state.error = {"il a dit non", "it said no"};
  state.records = 1, state.notices = 2, state.rejects = 3, state.added = 4, state.changed = 5, state.withdrawn = 6;
  state.unmapped = 7;
  state.reject_samples = {{"fiche 12 : $.date : ce n'est pas une date", "record 12: $.date: not a date"}};
  state.unmapped_samples = {"Empreintes", "82Go"};
  JsonOut out;
  write(out, state);
  JsonParser parser;
  const auto root = parser.parse(out.str());
  REQUIRE(root.has_value());
  const auto back = read_source_state(*root);
  REQUIRE(back.has_value());
  JsonOut again;
  write(again, *back);
  CHECK(again.str() == out.str());
  CHECK(back->validators == state.validators);
  CHECK(back->due == state.due);
  CHECK(back->error == state.error);
  CHECK(back->reject_samples == state.reject_samples);
  CHECK(back->unmapped == 7);
  CHECK(back->unmapped_samples == state.unmapped_samples);
}

TEST_CASE("source state: samples are bounded when written") {
  SourceState state;
  state.reject_samples.assign(100, {"r", "r"});
  state.unmapped_samples.assign(100, "u");
  JsonOut out;
  write(out, state);
  JsonParser parser;
  const auto back = read_source_state(*parser.parse(out.str()));
  REQUIRE(back.has_value());
  CHECK(back->reject_samples.size() == 20);
  CHECK(back->unmapped_samples.size() == 50);
}

TEST_CASE("source state: a document of another shape is refused and the member named") {
  struct Row {
    const char* json;
    const char* member;
  };
  const std::string head = R"({"schema":"vigifuite/source-state@v1","state":"ok")";
  JsonParser parser;
  for (const Row& row :
       {Row{R"({"schema":"vigifuite/source-state@v2","state":"ok"})", "schema"}, Row{"[]", "schema"},
        Row{R"({"schema":"vigifuite/source-state@v1","state":"fine"})", "state"},
        Row{R"({"schema":"vigifuite/source-state@v1","state":"ok","due":"tomorrow"})", "due"},
        Row{R"({"schema":"vigifuite/source-state@v1","state":"ok","failures":-1})", "failures"},
        Row{R"({"schema":"vigifuite/source-state@v1","state":"ok","failures":4294967296})", "failures"},
        Row{R"({"schema":"vigifuite/source-state@v1","state":"ok","records":"x"})", "records"},
        Row{R"({"schema":"vigifuite/source-state@v1","state":"ok","paused":1})", "paused"},
        Row{R"({"schema":"vigifuite/source-state@v1","state":"ok","error":1})", "error"},
        Row{R"({"schema":"vigifuite/source-state@v1","state":"ok","reject_samples":[1]})", "reject_samples"},
        Row{R"({"schema":"vigifuite/source-state@v1","state":"ok","validators":{"etag":[]}})", "validators.etag"}}) {
    CAPTURE(std::string(row.json));
    const auto result = read_source_state(*parser.parse(row.json));
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::Malformed);
    CHECK(result.error().what.find(row.member) != std::string::npos);
  }
  CHECK(read_source_state(*parser.parse(head + "}")).has_value());
  const auto older = read_source_state(*parser.parse(head + R"(,"error":"down","reject_samples":["record 1: no"]})"));
  REQUIRE(older.has_value());  // as sentences were first stored, in English alone
  CHECK(older->error.en == "down");
  CHECK(older->reject_samples.at(0).en == "record 1: no");
}
