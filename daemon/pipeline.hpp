// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// *** THE MAP ***
//
//   poll -> parse -> normalise -> merge -> index -> match -> plan -> deliver          and: render a letter
//
// The steps in the order in which a datum meets them. Each is declared where it lives; the `using` lines below keep
// this page true: when a step is renamed or moved, it no longer compiles. pipeline.cpp reads from top to bottom.
//
// Three entrances: a payload arriving (ingest), a curator's correction (correct), which is settled like what a source
// says, and a watched person added or changed (rewatch), which searches the past.
// Threads: in the daemon `io` polls, `ingest` owns a Pipeline and is the only one that writes; the API's threads read
// snapshots and hand their changes to `ingest`. In `vigifuite` without a daemon all of it is one thread.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "daemon/alert/plan.hpp"
#include "daemon/index/fold.hpp"
#include "daemon/index/merge.hpp"
#include "daemon/index/store.hpp"
#include "daemon/letters/render.hpp"
#include "daemon/match/match.hpp"
#include "daemon/match/watchlist.hpp"
#include "daemon/ops/net.hpp"
#include "daemon/poll/schedule.hpp"
#include "daemon/settlement.hpp"
#include "feeds/adapter.hpp"
#include "feeds/normalise.hpp"

namespace vigifuite {

// clang-format off
// 1. SCHEDULE  in: sources and what is remembered of each, now          out: which to fetch
//    thread: io. Pure. Durable: nothing.
using poll::due_sources;

// 2. FETCH     in: URL, validators, caps                                 out: FetchReply (bytes or "unchanged") or Error
//    thread: io. Durable: nothing. Failure: its kind says when to try again (poll::after_failure).
using ops::Fetcher;
// ---- from here the bytes are whole, decoded, and under their cap ----

// 3. PARSE     in: Payload, Source                                       out: Notices, Rejects (notices + rejects == records)
//    thread: ingest. Pure. Failure: the payload is refused, the old validators stay; one bad record is one reject.
using feeds::Adapter;
// ---- from here text is UTF-8 and every field is bounded ----

// 4. NORMALISE in: Notice                                                out: Sighting
//    thread: ingest. Pure. What cannot be read is a doubt in the sighting, never a guess. The facts of a text are read
//    from its words (feeds/extract), each with the sentence that proves it; those that are not sure stand apart.
using feeds::normalise;
// ---- from here organisations, dates, counts and categories are canonical ----

// 5. MERGE     in: a page of Sightings, those near them in their blocks  out: Incidents (each a fold over its sightings)
//    thread: ingest. Pure but for reading the store: the incidents follow from the set of all sightings and what curators
//    decided, not from the order in which they came. When in doubt two incidents stay two, and a curator is asked.
using index::cluster;
using index::decide;
using index::fold;

// 6. MATCH     in: Incident                                              out: who has a tie with its bodies (postings; no profile is opened)
//    thread: ingest. The verdict of one person is `judge`, asked when something is shown or delivered.
using match::judge;
using match::keys_for_incident;

// 7. PLAN      in: Incident, who is concerned, who was told              out: campaigns: one bitmap per incident revision
//    thread: ingest. Pure.
using alert::plan;

// 8. COMMIT    one synced batch per page: sightings, incidents, index rows, campaigns; the last page also holds the
//    source's listing, its state and its new validators, so that these never run ahead of the data.
//    thread: ingest. Failure: Storage, the daemon stops; the page is fetched again as if nothing had happened.
using index::Batch;
// ---- from here everything survives a crash ----

// 9. DELIVER   in: Campaign, from its cursor                             out: alerts (in the journal and `vigifuite alerts`)
//    thread: ingest. Told, then recorded: after a crash an alert may be told again, with the same id.
// ---- from here the outside world may have heard of it ----

// 10. RENDER   in: Profile, Incident, Hit                                out: Letter (a draft: sending it is a human act)
//    thread: any. Pure.
using letters::render;
// clang-format on

/// What one reading of a source did.
struct IngestReport {
  poll::PollState state = poll::PollState::Ok;
  std::uint64_t records = 0, notices = 0, rejects = 0;
  std::uint64_t added = 0, changed = 0, withdrawn = 0;     ///< notices, against the reading before
  std::uint64_t unmapped = 0;                              ///< labels of categories we do not know
  std::uint64_t incidents_new = 0, incidents_changed = 0;  ///< a merge or a split counts as a change
  std::uint64_t to_tell = 0;                               ///< watched people put in campaigns
  Text broken_at;
  std::vector<Text> reject_samples;
  std::vector<std::string> unmapped_samples;
};

/// One alert as it leaves: what a channel gets. It names no tie and nothing of the person but their number.
struct Delivery {
  AlertId id;
  AlertKind kind = AlertKind::First;
  const Incident* incident = nullptr;
  const Hit* hit = nullptr;
};

/// Steps 3 to 9 over one store. Not thread safe: its owner is the thread that writes.
class Pipeline {
 public:
  Pipeline(const Vocabulary& vocabulary, index::Store& store, match::Watchlist& watchlist);

  /// Called after each page that is committed: work is going on (the watchdog).
  void on_progress(std::function<void()> progress) { progress_ = std::move(progress); }

  /// First entrance. Reads a payload whole and commits it, page by page, with `next` as the source's state (its
  /// validators vouch for this payload). Malformed: nothing of it counts and nothing is stored; Storage: stop.
  Result<IngestReport> ingest(const Source& source, const Payload& payload, poll::SourceState next, Instant now);

  /// Second entrance. Settles a curator's correction, new or taken back. The changes go into `batch`.
  Result<IngestReport> correct(Batch& batch, Sighting correction, Instant now);

  /// Third entrance. Searches the past for a person just added or changed, and starts the campaigns they are owed.
  /// Gives how many. The changes go into `batch`.
  Result<std::uint64_t> rewatch(Batch& batch, WatchNumber number, const Profile& profile, Instant now);

  /// The same for everybody whom the registry of this program names otherwise than the one they were posted under: a
  /// body that was unknown when they were added may now be known. Commits, in pages. Gives how many were posted anew.
  Result<std::uint64_t> repost(Instant now);
  /// A curator says that two incidents are one. Gives the id that stays: a catalogue's, else the older one. NotFound:
  /// says which is not an incident; Refused: both are the same already.
  Result<std::string> merge_incidents(std::string_view one, std::string_view other, std::string because, Instant now);
  /// A curator says that a sighting of an incident does not belong to it. Gives the id of the incident it tells of
  /// now. NotFound: no such incident, or sighting in it; Refused: it has no other.
  Result<std::string> split_incident(std::string_view incident, const SightingRef& sighting, std::string because,
                                     Instant now);

  /// Decides anew, from the stored sightings and by today's rules, which belong together: what the incidents are is a
  /// pure function of them, so that nothing changes unless a rule did. Ids stay, and who was told is told what changed.
  /// In pages; broken off, it is done again at the next start. Gives how many incidents changed.
  Result<std::uint64_t> merge_anew(Instant now);
  /// Whether the stored incidents were merged by other rules than today's.
  [[nodiscard]] Result<bool> rules_changed() const;

  /// Delivers what is pending, in pages; `tell` returns once the alert is told. Gives how many were told.
  Result<std::uint64_t> deliver(const std::function<void(const Delivery&)>& tell);

 private:
  class Reading;  // one payload on its way through steps 3 to 8

  // curate.cpp
  Result<Incident> incident_called(std::string_view id) const;
  Result<std::string> curate(Curation decision, const SightingRef& asked);
  Status rebuild_blocks();
  Status look_who_is_watched();

  Status conclude(Batch& batch, Settlement& settlement, Instant now, IngestReport& report);
  Status announce(Batch& batch, const SettledIncident& settled, Instant now, IngestReport& report);

  const Vocabulary& vocabulary_;
  index::Store& store_;
  match::Watchlist& watchlist_;
  std::function<void()> progress_ = [] {};
  bool anybody_watched_ = false;  ///< as of the ingest or the decision under way
};

}  // namespace vigifuite
