// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/commands.hpp"

#include "daemon/cli/spec.hpp"

namespace vigifuite::cli {
namespace {

using M = Message;

constexpr ArgumentSpec kTie{.name = "--tie", .what = M::OptTie, .word = M::WordTie, .repeats = true};
constexpr ArgumentSpec kProfile{.name = "--profile", .what = M::OptProfile, .kind = Kind::File, .word = M::WordFile};
constexpr ArgumentSpec kWatch{.name = "--watch", .what = M::OptWatch, .kind = Kind::Number, .word = M::WordNumber};
constexpr ArgumentSpec kLabel{.name = "--label", .what = M::OptLabel};
constexpr ArgumentSpec kIncident{.name = "incident", .what = M::ArgIncident, .word = M::WordIncident, .required = true};
constexpr ArgumentSpec kNumber{
    .name = "number", .what = M::ArgNumber, .kind = Kind::Number, .word = M::WordNumber, .required = true};
constexpr ArgumentSpec kAlert{.name = "alert", .what = M::ArgAlert, .word = M::WordAlert, .required = true};

constexpr ArgumentSpec kCommon[] = {
    {.name = "--store", .what = M::OptStore, .kind = Kind::Directory, .word = M::WordDirectory},
    {.name = "--socket", .what = M::OptSocket, .kind = Kind::File, .word = M::WordPath},
    {.name = "--config", .what = M::OptConfig, .kind = Kind::File, .word = M::WordFile},
    {.name = "--lang", .what = M::OptLang, .kind = Kind::Choice, .choices = "fr|en"},
    {.name = "--json", .what = M::OptJson, .kind = Kind::Flag},
    {.name = "--quiet,-q", .what = M::OptQuiet, .kind = Kind::Flag},
    {.name = "--version", .what = M::OptVersion, .kind = Kind::Flag},
    {.name = "--help,-h", .what = M::OptHelp, .kind = Kind::Flag},
};

constexpr ArgumentSpec kUpdate[] = {
    {.name = "--source", .what = M::OptSource, .word = M::WordSource, .repeats = true},
};
constexpr ArgumentSpec kCheck[] = {kTie, kProfile, kWatch, {.name = "--all", .what = M::OptAll, .kind = Kind::Flag}};
constexpr ArgumentSpec kIncidents[] = {
    {.name = "words", .what = M::ArgWords, .word = M::WordWords, .repeats = true},
    {.name = "--organisation", .what = M::OptOrganisation, .word = M::WordOrganisation},
    {.name = "--category", .what = M::OptCategory, .word = M::WordCategory},
    {.name = "--since", .what = M::OptSince, .kind = Kind::Date, .word = M::WordDate},
    {.name = "--until", .what = M::OptUntil, .kind = Kind::Date, .word = M::WordDate},
    {.name = "--status",
     .what = M::OptStatus,
     .kind = Kind::Choice,
     .choices = "claimed|confirmed|corrected|retracted"},
    {.name = "--public-service", .what = M::OptPublicService, .kind = Kind::Flag},
    {.name = "--unsure", .what = M::OptUnsure, .kind = Kind::Flag},
    {.name = "--texts", .what = M::OptTexts, .kind = Kind::Flag},
    {.name = "--limit", .what = M::OptLimit, .kind = Kind::Number, .word = M::WordNumber},
};
constexpr ArgumentSpec kCorrect[] = {
    kIncident,
    {.name = "settings", .what = M::ArgSettings, .word = M::WordSetting, .repeats = true},
    {.name = "--because", .what = M::OptBecause, .required = true},
    {.name = "--withdraw", .what = M::OptWithdraw, .kind = Kind::Number, .word = M::WordNumber},
};
constexpr ArgumentSpec kCorrections[] = {{.name = "--jsonl", .what = M::OptJsonl, .kind = Kind::Flag}};
constexpr ArgumentSpec kMerge[] = {
    kIncident,
    {.name = "other", .what = M::ArgOther, .word = M::WordOther, .required = true},
    {.name = "--because", .what = M::OptBecause, .required = true},
};
constexpr ArgumentSpec kSplit[] = {
    kIncident,
    {.name = "sighting", .what = M::ArgSighting, .word = M::WordSighting, .required = true},
    {.name = "--because", .what = M::OptBecause, .required = true},
};
constexpr ArgumentSpec kUndecided[] = {
    {.name = "--limit", .what = M::OptLimit, .kind = Kind::Number, .word = M::WordNumber}};
constexpr ArgumentSpec kOneIncident[] = {kIncident};
constexpr ArgumentSpec kOneNumber[] = {kNumber};
constexpr ArgumentSpec kOneAlert[] = {kAlert};
constexpr ArgumentSpec kWatchAdd[] = {kTie, kProfile, kLabel};
constexpr ArgumentSpec kWatchImport[] = {
    {.name = "file", .what = M::ArgImport, .kind = Kind::File, .word = M::WordFile, .required = true}};
constexpr ArgumentSpec kWatchNotified[] = {
    kNumber,
    kIncident,
    {.name = "--date", .what = M::OptNotifiedDate, .kind = Kind::Date, .word = M::WordDate},
    {.name = "--how", .what = M::OptNotifiedHow},
};
constexpr ArgumentSpec kAlerts[] = {
    {.name = "--pending", .what = M::OptPending, .kind = Kind::Flag},
    {.name = "--sent", .what = M::OptSent, .kind = Kind::Flag},
    {.name = "--acknowledged", .what = M::OptAcknowledged, .kind = Kind::Flag},
};
constexpr ArgumentSpec kAbout{.name = "incident", .what = M::ArgIncident, .word = M::WordIncident};
constexpr ArgumentSpec kController{.name = "--controller", .what = M::OptController, .word = M::WordOrganisation};
constexpr ArgumentSpec kSent{.name = "--sent", .what = M::OptSentLetter, .word = M::WordStep, .repeats = true};
constexpr ArgumentSpec kAnswer{.name = "--answer", .what = M::OptAnswer, .word = M::WordStep, .repeats = true};
constexpr ArgumentSpec kProcedure{
    .name = "--procedure", .what = M::OptProcedure, .kind = Kind::File, .word = M::WordFile};
constexpr ArgumentSpec kDetail{.name = "--detail", .what = M::OptDetail, .word = M::WordDetail, .repeats = true};
constexpr ArgumentSpec kNotice{.name = "--notice", .what = M::OptNotice, .kind = Kind::File, .word = M::WordFile};
constexpr ArgumentSpec kLetter[] = {
    {.name = "kind", .what = M::ArgKind, .word = M::WordKind},
    kAbout,
    kProfile,
    kWatch,
    kTie,
    kController,
    kSent,
    kAnswer,
    kProcedure,
    kDetail,
    kNotice,
    {.name = "--format",
     .what = M::OptFormat,
     .kind = Kind::Choice,
     .choices = "text|markdown|html|pdf|fields|summary"},
    {.name = "--output", .what = M::OptOutput, .kind = Kind::File, .word = M::WordFile},
};
constexpr ArgumentSpec kLetterKinds[] = {kAbout, kProfile, kWatch,     kTie,    kController,
                                         kSent,  kAnswer,  kProcedure, kDetail, kNotice};
constexpr ArgumentSpec kCase{.name = "case", .what = M::ArgCase, .word = M::WordCase, .required = true};
constexpr ArgumentSpec kStep{.name = "step", .what = M::ArgStep, .word = M::WordStep, .required = true};
constexpr ArgumentSpec kOneCase[] = {kCase};
constexpr ArgumentSpec kCaseOpen[] = {
    kIncident, {.name = "--watch", .what = M::OptWatch, .kind = Kind::Number, .word = M::WordNumber, .required = true}};
constexpr ArgumentSpec kCaseSent[] = {
    kCase, kStep, {.name = "--delivered", .what = M::OptDelivered, .kind = Kind::Date, .word = M::WordDate}};
constexpr ArgumentSpec kCaseAnswer[] = {kCase, kStep, {.name = "--what", .what = M::OptAnswered}};
constexpr ArgumentSpec kCaseNote[] = {
    kCase,
    {.name = "what", .what = M::ArgWhat, .required = true},
    {.name = "--date", .what = M::OptHappened, .kind = Kind::Date, .word = M::WordDate},
    {.name = "--cost", .what = M::OptCost},
    {.name = "--minutes", .what = M::OptMinutes, .kind = Kind::Number, .word = M::WordNumber},
    {.name = "--proof", .what = M::OptProof},
};
constexpr ArgumentSpec kCaseClose[] = {kCase, {.name = "--because", .what = M::OptCloseBecause, .required = true}};
constexpr ArgumentSpec kCaseNotice[] = {
    kCase, {.name = "file", .what = M::OptNotice, .kind = Kind::File, .word = M::WordFile, .required = true}};
constexpr ArgumentSpec kWords[] = {{.name = "words", .what = M::ArgWords, .word = M::WordWords, .repeats = true}};
constexpr ArgumentSpec kImport[] = {
    {.name = "register",
     .what = M::ArgRegister,
     .kind = Kind::Choice,
     .choices = "cnil-dpo|annuaire|datenanfragen",
     .required = true},
    {.name = "file", .what = M::ArgRegisterFile, .kind = Kind::File, .word = M::WordFile, .required = true},
    {.name = "--date", .what = M::OptRegisterDate, .kind = Kind::Date, .word = M::WordDate},
    {.name = "--output", .what = M::OptListOutput, .kind = Kind::File, .word = M::WordFile},
};
constexpr ArgumentSpec kSource[] = {{.name = "source", .what = M::ArgSource, .word = M::WordSource, .required = true}};
constexpr ArgumentSpec kTextLang{
    .name = "--text-lang", .what = M::OptTextLang, .kind = Kind::Choice, .choices = "fr|en"};
constexpr ArgumentSpec kRead[] = {
    {.name = "announcement", .what = M::ArgAnnouncement, .kind = Kind::File, .word = M::WordFile, .required = true},
    {.name = "--format", .what = M::OptTextFormat, .kind = Kind::Choice, .choices = "text|html"},
    kTextLang,
    {.name = "--published", .what = M::OptPublished, .kind = Kind::Date, .word = M::WordDate},
    {.name = "--jsonl", .what = M::OptReadJsonl, .kind = Kind::Flag},
};
constexpr ArgumentSpec kProbe[] = {
    {.name = "target", .what = M::ArgProbe, .kind = Kind::File, .word = M::WordProbe, .required = true},
    {.name = "--format", .what = M::OptProbeFormat, .word = M::WordFormat},
    kTextLang,
    {.name = "--limit", .what = M::OptProbeLimit, .kind = Kind::Number, .word = M::WordNumber},
};
constexpr ArgumentSpec kConfigFile[] = {
    {.name = "file", .what = M::ArgConfig, .kind = Kind::File, .word = M::WordFile}};
constexpr ArgumentSpec kDoctor[] = {{.name = "--reindex", .what = M::OptReindex, .kind = Kind::Flag},
                                    {.name = "--law", .what = M::OptLaw, .kind = Kind::Flag}};
constexpr ArgumentSpec kDirectory[] = {{.name = "directory",
                                        .what = M::ArgDirectory,
                                        .kind = Kind::Directory,
                                        .word = M::WordDirectory,
                                        .required = true}};

constexpr CommandSpec kCommands[] = {
    {"check", M::CmdCheck, M::MoreCheck, kCheck, run_check},
    {"update", M::CmdUpdate, M::MoreUpdate, kUpdate, run_update},
    {"incidents", M::CmdIncidents, M::Nothing, kIncidents, run_incidents},
    {"incident", M::CmdIncident, M::Nothing, {}, nullptr},
    {"incident show", M::CmdIncidentShow, M::Nothing, kOneIncident, run_incident_show},
    {"incident history", M::CmdIncidentHistory, M::Nothing, kOneIncident, run_incident_history},
    {"incident correct", M::CmdIncidentCorrect, M::MoreIncidentCorrect, kCorrect, run_incident_correct},
    {"incident corrections", M::CmdIncidentCorrections, M::MoreIncidentCorrections, kCorrections,
     run_incident_corrections},
    {"incident merge", M::CmdIncidentMerge, M::MoreIncidentMerge, kMerge, run_incident_merge},
    {"incident split", M::CmdIncidentSplit, M::MoreIncidentSplit, kSplit, run_incident_split},
    {"incident undecided", M::CmdIncidentUndecided, M::MoreIncidentUndecided, kUndecided, run_incident_undecided},
    {"watch", M::CmdWatch, M::Nothing, {}, nullptr},
    {"watch add", M::CmdWatchAdd, M::Nothing, kWatchAdd, run_watch_add},
    {"watch list", M::CmdWatchList, M::Nothing, {}, run_watch_list},
    {"watch show", M::CmdWatchShow, M::Nothing, kOneNumber, run_watch_show},
    {"watch remove", M::CmdWatchRemove, M::Nothing, kOneNumber, run_watch_remove},
    {"watch import", M::CmdWatchImport, M::Nothing, kWatchImport, run_watch_import},
    {"watch export", M::CmdWatchExport, M::Nothing, {}, run_watch_export},
    {"watch notified", M::CmdWatchNotified, M::MoreWatchNotified, kWatchNotified, run_watch_notified},
    {"alerts", M::CmdAlerts, M::Nothing, kAlerts, run_alerts},
    {"alerts show", M::CmdAlertsShow, M::Nothing, kOneAlert, run_alerts_show},
    {"alerts ack", M::CmdAlertsAck, M::Nothing, kOneAlert, run_alerts_ack},
    {"letter", M::CmdLetter, M::MoreLetter, kLetter, run_letter},
    {"letter kinds", M::CmdLetterKinds, M::MoreLetterKinds, kLetterKinds, run_letter_kinds},
    {"case", M::CmdCase, M::MoreCase, {}, nullptr},
    {"case open", M::CmdCaseOpen, M::Nothing, kCaseOpen, run_case_open},
    {"case list", M::CmdCaseList, M::Nothing, {}, run_case_list},
    {"case show", M::CmdCaseShow, M::Nothing, kOneCase, run_case_show},
    {"case sent", M::CmdCaseSent, M::MoreCaseSent, kCaseSent, run_case_sent},
    {"case answer", M::CmdCaseAnswer, M::MoreCaseAnswer, kCaseAnswer, run_case_answer},
    {"case note", M::CmdCaseNote, M::MoreCaseNote, kCaseNote, run_case_note},
    {"case close", M::CmdCaseClose, M::Nothing, kCaseClose, run_case_close},
    {"case calendar", M::CmdCaseCalendar, M::MoreCaseCalendar, {}, run_case_calendar},
    {"case notice", M::CmdCaseNotice, M::MoreCaseNotice, kCaseNotice, run_case_notice},
    {"organisations", M::CmdOrganisations, M::Nothing, kWords, run_organisations},
    {"organisations import", M::CmdOrganisationsImport, M::MoreOrganisationsImport, kImport, run_organisations_import},
    {"categories", M::CmdCategories, M::Nothing, {}, run_categories},
    {"sources", M::CmdSources, M::Nothing, {}, run_sources},
    {"sources show", M::CmdSourcesShow, M::Nothing, kSource, run_sources_show},
    {"sources probe", M::CmdSourcesProbe, M::MoreSourcesProbe, kProbe, run_sources_probe},
    {"read", M::CmdRead, M::MoreRead, kRead, run_read},
    {"stats", M::CmdStats, M::Nothing, {}, run_stats},
    {"config", M::CmdConfig, M::Nothing, {}, nullptr},
    {"config check", M::CmdConfigCheck, M::Nothing, kConfigFile, run_config_check},
    {"doctor", M::CmdDoctor, M::Nothing, kDoctor, run_doctor},
    {"backup", M::CmdBackup, M::Nothing, kDirectory, run_backup},
    {"restore", M::CmdRestore, M::Nothing, kDirectory, run_restore},
};

}  // namespace

std::span<const CommandSpec> commands() noexcept {
  return kCommands;
}

std::span<const ArgumentSpec> common_options() noexcept {
  return kCommon;
}

const CommandSpec* find_command(std::string_view path) noexcept {
  for (const CommandSpec& command : kCommands) {
    if (command.path == path) return &command;
  }
  return nullptr;
}

std::string_view value_word(const ArgumentSpec& argument, Language language) noexcept {
  if (argument.kind == Kind::Flag) return {};
  return argument.kind == Kind::Choice ? argument.choices : text_of(language, argument.word);
}

}  // namespace vigifuite::cli
