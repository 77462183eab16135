// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/pipeline.hpp"

#include <algorithm>
#include <map>

#include "feeds/registry.hpp"
#include "schemas/messages.hpp"
#include "schemas/notice_codec.hpp"

namespace vigifuite {
namespace {

/// A page is committed when it holds this much: large enough that the sync is shared, small enough to stay flat.
constexpr std::size_t kPageBytes = std::size_t{4} << 20U;
constexpr std::size_t kRejectSamples = 20;
constexpr std::size_t kUnmappedSamples = 50;
/// An organisation with more incidents than this is compared with its latest ones only.
constexpr std::size_t kMergeCandidates = 64;
constexpr std::uint64_t kRepostPage = 1000;

/// Whether an incident may begin with this sighting alone. News of the whole world pass through a feed: a text must
/// name a body that we know, or be of France or in French. Any other only joins an incident that somebody else told of.
bool opens_incident(const Sighting& sighting) {
  const auto reads_disclosure = [](const Evidence& evidence) {
    return std::any_of(evidence.facts.begin(), evidence.facts.end(),
                       [](const ReadFact& fact) { return fact.fact == Fact::Disclosure; });
  };
  if (!std::any_of(sighting.evidence.begin(), sighting.evidence.end(), reads_disclosure)) return true;
  const bool known = std::any_of(sighting.organisations.begin(), sighting.organisations.end(),
                                 [](const OrganisationRef& ref) { return !ref.id.empty(); });
  return known || !sighting.organisation_classes.empty() || sighting.country == "FR" || !sighting.title.fr.empty();
}

template <class Sample>
void remember(std::vector<Sample>& samples, Sample sample, std::size_t at_most) {
  if (samples.size() < at_most && std::find(samples.begin(), samples.end(), sample) == samples.end()) {
    samples.push_back(std::move(sample));
  }
}

std::vector<std::string> organisation_keys(const Sighting& sighting) {
  std::vector<std::string> keys;
  for (const auto* refs : {&sighting.organisations, &sighting.processors}) {
    for (const OrganisationRef& ref : *refs) keys.push_back(organisation_key(ref));
  }
  return keys;
}

}  // namespace

Pipeline::Pipeline(const Vocabulary& vocabulary, index::Store& store, match::Watchlist& watchlist)
    : vocabulary_(vocabulary), store_(store), watchlist_(watchlist) {}

/// One payload on its way: compares each notice with the reading before, and settles what is new or changed.
class Pipeline::Reading final : public feeds::NoticeSink {
 public:
  /// What is known of a source before its first record is read.
  struct Known {
    std::vector<index::ListingEntry> listing;  ///< of the reading before
    poll::SourceState state;                   ///< after the reading before
    bool new_source = false;                   ///< nothing of it is stored: no record of it needs to be looked for
    bool again = false;  ///< what the words of the source mean has changed: also what is unchanged is read again
  };
  Reading(Pipeline& pipeline, const Source& source, Instant now, Known known)
      : pipeline_(pipeline),
        source_(source),
        now_(now),
        before_(std::move(known.listing)),
        new_source_(known.new_source),
        again_(known.again),
        batch_(pipeline.store_.batch()) {
    if (again_) return;
    report_.unmapped = known.state.unmapped;
    report_.unmapped_samples = std::move(known.state.unmapped_samples);
  }

  void notice(const Notice& notice) override {
    ++report_.notices;
    const index::ListingEntry entry{digest_of(notice.key), notice.digest};
    listing_.push_back(entry);
    if (!failure_) return;
    const auto known = std::lower_bound(before_.begin(), before_.end(), index::ListingEntry{entry.key, Digest{}});
    const bool seen = known != before_.end() && known->key == entry.key;
    const bool same = seen && known->value == entry.value;
    if (same && !again_) return;
    if (!same) ++(seen ? report_.changed : report_.added);
    failure_ = take(notice, seen);
    if (failure_ && batch_->bytes() >= kPageBytes) failure_ = next_page();
  }

  void reject(Reject reject) override {
    ++report_.rejects;
    remember(report_.reject_samples, feeds::words_of(reject), kRejectSamples);
  }

  /// The last page: the listing, the state and the validators join what they vouch for.
  Result<IngestReport> finish(const feeds::ReadReport& read, poll::SourceState next) {
    if (!failure_) return std::move(failure_).error();
    report_.records = read.records;
    report_.broken_at = read.broken_at;
    std::sort(listing_.begin(), listing_.end());
    if (shrunk()) report_.broken_at = in_both(Message::FeedShrunk, listing_.size(), before_.size());
    report_.state = report_.broken_at.empty() ? poll::PollState::Ok : poll::PollState::Partial;
    if (report_.broken_at.empty()) {
      VIGIFUITE_TRY(withdraw_missing());
    } else {
      next.validators = {};  // not whole: ask for it again
      keep_unseen();
    }
    batch_->put_listing(source_.id, listing_);
    describe(next);
    batch_->put_source_state(source_.id, next);
    VIGIFUITE_TRY(pipeline_.store_.commit(std::move(batch_)));
    return std::move(report_);
  }

 private:
  /// A complete listing that lost most of its items at once is more likely broken than right.
  [[nodiscard]] bool shrunk() const {
    constexpr std::size_t kFewItems = 20;
    return source_.complete_listing && before_.size() >= kFewItems && listing_.size() < before_.size() / 2;
  }

  /// Labels nobody knows are counted over the whole listing: what is unchanged keeps its own, what changed gives its
  /// own back first.
  Status forget_unmapped(std::string_view key) {
    auto old = batch_->sighting(source_.id, key);
    if (!old) return std::move(old).error();
    if (*old) report_.unmapped -= std::min<std::uint64_t>(report_.unmapped, (*old)->unmapped_labels.size());
    return Done{};
  }

  Status take(const Notice& notice, bool seen) {
    if (seen && !again_) VIGIFUITE_TRY(forget_unmapped(notice.key));
    Sighting sighting = feeds::normalise(notice, source_, pipeline_.vocabulary_, now_);
    report_.unmapped += sighting.unmapped_labels.size();
    for (const std::string& label : sighting.unmapped_labels)
      remember(report_.unmapped_samples, label, kUnmappedSamples);
    auto known_incident =
        new_source_ ? Result<std::string>(std::string()) : batch_->incident_of(source_.id, notice.key);
    if (!known_incident) return std::move(known_incident).error();
    const bool is_text = !notice.states_facts && notice.canonical == nullptr;
    if (is_text) batch_->put_notice(source_.id, notice.key, notice_document(notice, source_.id, now_));
    if (!sighting.states_facts) {
      // It told of an incident, and was changed: it takes its word back.
      if (!known_incident->empty()) return withdraw(std::string(notice.key));
      batch_->put_sighting(sighting, {});
      return Done{};
    }
    return pipeline_.settle(*batch_, std::move(sighting), *known_incident, now_, report_);
  }

  Status next_page() {
    VIGIFUITE_TRY(pipeline_.store_.commit(std::move(batch_)));
    batch_ = pipeline_.store_.batch();
    pipeline_.progress_();
    return Done{};
  }

  /// What the reading before had and this one has not. In a sliding window that means nothing; in a complete listing
  /// the source took its word back.
  Status withdraw_missing() {
    std::vector<Digest> missing;
    for (const index::ListingEntry& entry : before_) {
      const auto found = std::lower_bound(listing_.begin(), listing_.end(), index::ListingEntry{entry.key, Digest{}});
      if (found == listing_.end() || found->key != entry.key) missing.push_back(entry.key);
    }
    report_.withdrawn = missing.size();
    if (missing.empty() || !source_.complete_listing) return Done{};
    std::vector<std::string> keys;
    VIGIFUITE_TRY(pipeline_.store_.scan_sightings(source_.id, [&](std::string_view key) {
      if (std::binary_search(missing.begin(), missing.end(), digest_of(key))) keys.emplace_back(key);
      return true;
    }));
    for (const std::string& key : keys) VIGIFUITE_TRY(withdraw(key));
    return Done{};
  }

  Status withdraw(const std::string& key) {
    auto sighting = batch_->sighting(source_.id, key);
    if (!sighting) return std::move(sighting).error();
    auto incident = batch_->incident_of(source_.id, key);
    if (!incident) return std::move(incident).error();
    if (!*sighting || (*sighting)->withdrawn) return Done{};
    report_.unmapped -= std::min<std::uint64_t>(report_.unmapped, (*sighting)->unmapped_labels.size());
    (*sighting)->withdrawn = true;
    (*sighting)->last_changed = now_;
    if (incident->empty()) {
      batch_->put_sighting(**sighting, {});
      return Done{};
    }
    return pipeline_.settle(*batch_, std::move(**sighting), *incident, now_, report_);
  }

  /// A broken document says nothing of what came after the break.
  void keep_unseen() {
    std::vector<index::ListingEntry> merged = listing_;
    for (const index::ListingEntry& entry : before_) {
      const auto found = std::lower_bound(listing_.begin(), listing_.end(), index::ListingEntry{entry.key, Digest{}});
      if (found == listing_.end() || found->key != entry.key) merged.push_back(entry);
    }
    std::sort(merged.begin(), merged.end());
    listing_ = std::move(merged);
  }

  void describe(poll::SourceState& state) const {
    state.state = report_.state;
    state.records = report_.records;
    state.notices = report_.notices;
    state.rejects = report_.rejects;
    state.added = report_.added;
    state.changed = report_.changed;
    state.withdrawn = report_.withdrawn;
    state.unmapped = report_.unmapped;
    state.reject_samples = report_.reject_samples;
    state.unmapped_samples = report_.unmapped_samples;
    state.error = report_.broken_at.empty() ? Text{} : in_both(Message::FeedReadInPart, report_.broken_at);
  }

  Pipeline& pipeline_;
  const Source& source_;
  Instant now_;
  std::vector<index::ListingEntry> before_;
  std::vector<index::ListingEntry> listing_;
  bool new_source_;
  bool again_;
  std::unique_ptr<Batch> batch_;
  IngestReport report_;
  Status failure_ = Done{};
};

Result<IngestReport> Pipeline::ingest(const Source& source, const Payload& payload, poll::SourceState next,
                                      Instant now) {
  const feeds::Adapter* adapter = feeds::find_adapter(source.format);
  if (adapter == nullptr) return fail(ErrorKind::Config, Message::SourceUnknownFormat, source.id, source.format);
  auto before = store_.listing(source.id);
  if (!before) return std::move(before).error();
  auto state = store_.source_state(source.id);
  if (!state) return std::move(state).error();
  bool new_source = true;
  VIGIFUITE_TRY(store_.scan_sightings(source.id, [&](std::string_view) { return new_source = false; }));
  auto watched = watchlist_.size();
  if (!watched) return std::move(watched).error();
  anybody_watched_ = *watched != 0;
  next.validators = payload.validators;
  const bool again = state->mapping_digest != next.mapping_digest;
  Reading reading(*this, source, now, {std::move(*before), std::move(*state), new_source, again});
  auto read = adapter->read(payload, source, reading);
  if (!read) return std::move(read).error();
  return reading.finish(*read, std::move(next));
}

/// Steps 5 to 7 for one sighting.
Status Pipeline::settle(Batch& batch, Sighting sighting, std::string_view known_incident, Instant now,
                        IngestReport& report) {
  std::optional<Incident> before;
  std::string id(known_incident);
  if (id.empty()) {
    for (const std::string& key : organisation_keys(sighting)) {
      auto candidates = batch.incidents_of(key);
      if (!candidates) return std::move(candidates).error();
      if (candidates->size() > kMergeCandidates)
        candidates->erase(candidates->begin(), candidates->end() - kMergeCandidates);
      for (const std::string& candidate : *candidates) {
        auto incident = batch.incident(candidate);
        if (!incident) return std::move(incident).error();
        if (!*incident) continue;
        const bool same_id = !sighting.preferred_id.empty() && candidate == sighting.preferred_id;
        if (!same_id && decide(sighting, **incident).decision != index::Decision::Merge) continue;
        before = std::move(*incident);
        id = candidate;
        break;
      }
      if (!id.empty()) break;
    }
  } else {
    auto incident = batch.incident(id);
    if (!incident) return std::move(incident).error();
    before = std::move(*incident);
  }
  if (id.empty() && !opens_incident(sighting)) {
    batch.put_sighting(sighting, {});
    return Done{};
  }
  if (id.empty()) {
    Status lookup = Done{};
    id = index::make_id(sighting, [&](const std::string& wanted) {
      auto taken = batch.incident(wanted);
      if (!taken) lookup = taken.error();
      return taken.has_value() && taken->has_value();
    });
    VIGIFUITE_TRY(std::move(lookup));
  }

  const bool taken_back = before && sighting.withdrawn && !sighting.correction;
  std::vector<Sighting> sightings;
  if (before) {
    for (const SightingRef& ref : before->sightings) {
      auto other = batch.sighting(ref.source, ref.key);
      if (!other) return std::move(other).error();
      if (!*other) continue;
      if (ref.source == sighting.source && ref.key == sighting.key)
        sighting.first_seen = (*other)->first_seen;
      else
        sightings.push_back(std::move(**other));
    }
  }
  const bool alone = std::all_of(sightings.begin(), sightings.end(),
                                 [](const Sighting& other) { return other.withdrawn || other.correction; });
  batch.put_sighting(sighting, id);
  Revision revision{1, now, sighting.source, {"new"}, true, {}};
  if (sighting.correction)
    revision.because = sighting.withdrawn ? sighting.correction->withdrawn_because : sighting.correction->because;
  sightings.push_back(std::move(sighting));
  Incident after = fold(id, std::move(sightings));
  if (before) {
    after.first_seen = before->first_seen;
    index::Difference difference = index::compare(*before, after);
    if (taken_back) {
      difference.changes.emplace_back("withdrawn");
      difference.material = difference.material || alone;  // nobody else says it
    }
    if (difference.changes.empty()) return Done{};
    revision.number = before->revision() + 1;
    revision.changes = std::move(difference.changes);
    revision.material = difference.material;
    after.revisions = std::move(before->revisions);
    ++report.incidents_changed;
  } else {
    after.first_seen = now;
    ++report.incidents_new;
  }
  const bool material = revision.material;
  after.revisions.push_back(std::move(revision));
  batch.put_incident(after);
  return announce(batch, after, material, now, report);
}

Result<IngestReport> Pipeline::correct(Batch& batch, Sighting correction, std::string_view incident, Instant now) {
  IngestReport report;
  VIGIFUITE_TRY(settle(batch, std::move(correction), incident, now, report));
  return report;
}

Status Pipeline::announce(Batch& batch, const Incident& incident, bool material, Instant now, IngestReport& report) {
  if (!anybody_watched_) return Done{};
  auto concerned = watchlist_.concerned(keys_for_incident(incident, vocabulary_), {});
  if (!concerned) return std::move(concerned).error();
  auto told = watchlist_.told(batch, incident.id);
  if (!told) return std::move(told).error();
  const alert::Plan planned = plan(incident, material, *concerned, *told);
  for (const auto& [kind, set] :
       {std::pair{AlertKind::First, &planned.first}, std::pair{AlertKind::Update, &planned.update}}) {
    if (set->empty()) continue;
    auto campaign = watchlist_.start_campaign(batch, incident.id, incident.revision(), kind, *set, now);
    if (!campaign) return std::move(campaign).error();
    report.to_tell += set->size();
  }
  return Done{};
}

Result<std::uint64_t> Pipeline::rewatch(Batch& batch, WatchNumber number, const Profile& profile, Instant now) {
  std::vector<std::string> ids;
  for (const Tie& tie : profile.ties) {
    for (const std::string& key : match::keys_for_tie(tie, vocabulary_)) {
      auto found = batch.incidents_of(key);
      if (!found) return std::move(found).error();
      ids.insert(ids.end(), found->begin(), found->end());
    }
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::uint64_t started = 0;
  for (const std::string& id : ids) {
    auto incident = batch.incident(id);
    if (!incident) return std::move(incident).error();
    if (!*incident) continue;
    const auto hit = judge(profile, **incident, vocabulary_);
    if (!hit || !exposes(hit->verdict)) continue;
    auto told = watchlist_.told(batch, id);
    if (!told) return std::move(told).error();
    match::WatchSet person;
    person.add(number);
    const alert::Plan planned = plan(**incident, false, person, *told);
    if (planned.first.empty()) continue;
    auto campaign = watchlist_.start_campaign(batch, id, (*incident)->revision(), AlertKind::First, planned.first, now);
    if (!campaign) return std::move(campaign).error();
    ++started;
  }
  return started;
}

Result<std::uint64_t> Pipeline::repost(Instant now) {
  const auto posted = watchlist_.posted();
  if (!posted) return posted.error();
  const auto end = watchlist_.next();
  if (!end) return end.error();
  std::uint64_t moved = 0;
  if (*posted) return moved;
  auto batch = store_.batch();
  for (WatchNumber number = 1; number < *end; ++number) {
    auto profile = watchlist_.repost(*batch, number);
    if (!profile) return std::move(profile).error();
    if (!*profile) continue;
    auto started = rewatch(*batch, number, **profile, now);
    if (!started) return std::move(started).error();
    if (++moved % kRepostPage != 0) continue;
    VIGIFUITE_TRY(store_.commit(std::move(batch)));
    batch = store_.batch();
    progress_();
  }
  watchlist_.set_posted(*batch);
  VIGIFUITE_TRY(store_.commit(std::move(batch)));
  return moved;
}

Result<std::uint64_t> Pipeline::deliver(const std::function<void(const Delivery&)>& tell) {
  constexpr std::uint64_t kPage = 1000;
  auto campaigns = watchlist_.campaigns();
  if (!campaigns) return std::move(campaigns).error();
  JsonParser parser;
  std::uint64_t told_count = 0;
  std::map<std::string, match::WatchSet> told_now;  // by first alerts of this round
  for (Campaign& campaign : *campaigns) {
    if (campaign.done) continue;
    auto document = store_.incident(campaign.incident);
    if (!document) return std::move(document).error();
    auto recipients = watchlist_.recipients(campaign.number);
    if (!recipients) return std::move(recipients).error();
    std::optional<Incident> incident;
    if (*document) {
      auto json = parser.parse(**document);
      if (!json) return std::move(json).error();
      auto read = read_incident(*json, vocabulary_);
      if (!read) return std::move(read).error();
      incident = std::move(*read);
    }
    auto told = watchlist_.told(*store_.batch(), campaign.incident);
    if (!told) return std::move(told).error();
    while (!campaign.done) {
      std::vector<WatchNumber> page;
      recipients->each(campaign.cursor, [&](WatchNumber number) {
        page.push_back(number);
        return page.size() < kPage;
      });
      match::WatchSet spared;  // concerned by their body, but not by the verdict: nothing to tell them
      for (const WatchNumber number : page) {
        auto profile = watchlist_.get(number);
        if (!profile) return std::move(profile).error();
        auto hit = incident && *profile ? judge(**profile, *incident, vocabulary_) : std::nullopt;
        if (campaign.kind == AlertKind::Update) {
          // Who was told before is told the correction, also when it clears them; who was told the new facts just now,
          // or never was, is not.
          const auto now_told = told_now.find(campaign.incident);
          const bool just_told = now_told != told_now.end() && now_told->second.has(number);
          if (!incident || !*profile || just_told || !told->has(number)) continue;
          if (!hit) hit = Hit{incident->id, incident->revision(), Verdict::NotAffected, {}, Hit::kNoTie, std::nullopt};
        } else if (!hit || !exposes(hit->verdict)) {
          spared.add(number);
          continue;
        } else {
          told_now[campaign.incident].add(number);
        }
        tell({{campaign.number, number}, campaign.kind, &*incident, &*hit});
        ++told_count;
      }
      campaign.recipients -= spared.size();
      campaign.served += page.size() - spared.size();
      campaign.done = page.size() < kPage;
      if (!page.empty()) campaign.cursor = page.back() + 1;
      auto batch = store_.batch();
      VIGIFUITE_TRY(watchlist_.advance(*batch, campaign, spared));
      VIGIFUITE_TRY(store_.commit(std::move(batch)));
      progress_();
    }
  }
  return told_count;
}

}  // namespace vigifuite
