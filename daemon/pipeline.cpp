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

template <class Sample>
void remember(std::vector<Sample>& samples, Sample sample, std::size_t at_most) {
  if (samples.size() < at_most && std::find(samples.begin(), samples.end(), sample) == samples.end()) {
    samples.push_back(std::move(sample));
  }
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
  Reading(Pipeline& pipeline, const Source& source, Instant now, Known known, index::CurationIndex curation)
      : pipeline_(pipeline),
        source_(source),
        now_(now),
        before_(std::move(known.listing)),
        new_source_(known.new_source),
        again_(known.again),
        curation_(std::move(curation)) {
    open_page();
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
    if (failure_ && batch_->bytes() + settlement_->bytes() >= kPageBytes) failure_ = next_page();
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
    VIGIFUITE_TRY(pipeline_.conclude(*batch_, *settlement_, now_, report_));
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
    const bool is_text = !notice.states_facts && notice.canonical == nullptr;
    if (is_text) batch_->put_notice(source_.id, notice.key, notice_document(notice, source_.id, now_));
    if (!sighting.states_facts && !new_source_) {
      auto incident = batch_->incident_of(source_.id, notice.key);
      if (!incident) return std::move(incident).error();
      if (!incident->empty()) return withdraw(std::string(notice.key));  // it told of one, and takes its word back
    }
    return settlement_->put(std::move(sighting), new_source_);
  }

  void open_page() {
    settlement_.reset();  // it works on the batch
    batch_ = pipeline_.store_.batch();
    settlement_ = std::make_unique<Settlement>(pipeline_.vocabulary_, *batch_, curation_, now_);
  }

  Status next_page() {
    VIGIFUITE_TRY(pipeline_.conclude(*batch_, *settlement_, now_, report_));
    VIGIFUITE_TRY(pipeline_.store_.commit(std::move(batch_)));
    open_page();
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
    if (!*sighting || (*sighting)->withdrawn) return Done{};
    report_.unmapped -= std::min<std::uint64_t>(report_.unmapped, (*sighting)->unmapped_labels.size());
    (*sighting)->withdrawn = true;
    (*sighting)->last_changed = now_;
    return settlement_->put(std::move(**sighting));
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
  index::CurationIndex curation_;
  std::unique_ptr<Batch> batch_;
  std::unique_ptr<Settlement> settlement_;
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
  VIGIFUITE_TRY(look_who_is_watched());
  auto curations = store_.curations();
  if (!curations) return std::move(curations).error();
  next.validators = payload.validators;
  const bool again = state->mapping_digest != next.mapping_digest;
  Reading reading(*this, source, now, {std::move(*before), std::move(*state), new_source, again},
                  index::CurationIndex(*curations));
  auto read = adapter->read(payload, source, reading);
  if (!read) return std::move(read).error();
  return reading.finish(*read, std::move(next));
}

Status Pipeline::look_who_is_watched() {
  auto watched = watchlist_.size();
  if (!watched) return std::move(watched).error();
  anybody_watched_ = *watched != 0;
  return Done{};
}

/// Steps 5 to 7 for a page of sightings.
Status Pipeline::conclude(Batch& batch, Settlement& settlement, Instant now, IngestReport& report) {
  auto settled = settlement.settle();
  if (!settled) return std::move(settled).error();
  for (const SettledIncident& one : *settled) {
    ++(one.is_new && one.split_from.empty() ? report.incidents_new : report.incidents_changed);
    VIGIFUITE_TRY(announce(batch, one, now, report));
  }
  return Done{};
}

Result<IngestReport> Pipeline::correct(Batch& batch, Sighting correction, Instant now) {
  VIGIFUITE_TRY(look_who_is_watched());
  auto curations = store_.curations();
  if (!curations) return std::move(curations).error();
  const index::CurationIndex curation(*curations);
  IngestReport report;
  Settlement settlement(vocabulary_, batch, curation, now);
  VIGIFUITE_TRY(settlement.put(std::move(correction)));
  VIGIFUITE_TRY(conclude(batch, settlement, now, report));
  return report;
}

Status Pipeline::announce(Batch& batch, const SettledIncident& settled, Instant now, IngestReport& report) {
  if (!anybody_watched_) return Done{};
  const Incident& incident = settled.incident;
  auto told = watchlist_.told(batch, incident.id);
  if (!told) return std::move(told).error();
  match::WatchSet updated;
  const auto start = [&](AlertKind kind, std::uint32_t revision, const match::WatchSet& set) -> Status {
    if (set.empty()) return Done{};
    auto campaign = watchlist_.start_campaign(batch, incident.id, revision, kind, set, now);
    if (!campaign) return std::move(campaign).error();
    report.to_tell += set.size();
    return Done{};
  };
  const auto update = [&](bool material, std::uint32_t revision, match::WatchSet who) -> Status {
    who.subtract(updated);
    const match::WatchSet set = plan(incident, material, {}, who).update;
    updated.merge(set);
    return start(AlertKind::Update, revision, set);
  };
  if (settled.changed) VIGIFUITE_TRY(update(settled.material, settled.revision, *told));
  for (const SettledIncident::Joined& joined : settled.joined) {
    auto of_that = watchlist_.told(batch, joined.id);
    if (!of_that) return std::move(of_that).error();
    VIGIFUITE_TRY(watchlist_.follow(batch, joined.id, incident.id, joined.revision));
    VIGIFUITE_TRY(update(joined.material, joined.revision, *of_that));
  }
  if (!settled.split_from.empty()) {
    auto of_whole = watchlist_.told(batch, settled.split_from);
    if (!of_whole) return std::move(of_whole).error();
    VIGIFUITE_TRY(watchlist_.copy_told(batch, settled.split_from, incident.id));
    VIGIFUITE_TRY(update(true, settled.revision, *of_whole));
  }
  auto everybody = watchlist_.told(batch, incident.id);
  if (!everybody) return std::move(everybody).error();
  auto concerned = watchlist_.concerned(keys_for_incident(incident, vocabulary_), {});
  if (!concerned) return std::move(concerned).error();
  return start(AlertKind::First, incident.revision(), plan(incident, false, *concerned, *everybody).first);
}

Result<std::uint64_t> Pipeline::deliver(const std::function<void(const Delivery&)>& tell) {
  constexpr std::uint64_t kPage = 1000;
  auto campaigns = watchlist_.campaigns();
  if (!campaigns) return std::move(campaigns).error();
  JsonParser parser;
  std::uint64_t told_count = 0;
  std::map<std::string, match::WatchSet> told_now;  // in this round
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
        // Who was told the facts as they are now in this round, by whichever campaign, is not told them twice.
        const auto now_told = told_now.find(campaign.incident);
        const bool just_told = now_told != told_now.end() && now_told->second.has(number);
        if (campaign.kind == AlertKind::Update) {
          // Who was told before is told the correction, also when it clears them; who never was is not. Of a part that
          // became an incident of its own, those are told whom it concerns: the others hear of it with the whole.
          const bool a_part = campaign.revision == 1;
          if (!incident || !*profile || just_told || !told->has(number)) continue;
          if (a_part && (!hit || !exposes(hit->verdict))) continue;
          if (!hit) hit = Hit{incident->id, incident->revision(), Verdict::NotAffected, {}, Hit::kNoTie, std::nullopt};
        } else if (!hit || !exposes(hit->verdict)) {
          spared.add(number);
          continue;
        } else if (just_told) {
          continue;
        }
        told_now[campaign.incident].add(number);
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
