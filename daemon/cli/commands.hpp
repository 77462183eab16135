// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// What each command does, one file per family: the rows of commands.cpp point here.

namespace vigifuite::cli {

class Session;
class Arguments;

int run_update(Session& session, const Arguments& arguments);
int run_check(Session& session, const Arguments& arguments);
int run_incidents(Session& session, const Arguments& arguments);
int run_incident_show(Session& session, const Arguments& arguments);
int run_incident_history(Session& session, const Arguments& arguments);
int run_incident_correct(Session& session, const Arguments& arguments);
int run_incident_corrections(Session& session, const Arguments& arguments);
int run_incident_merge(Session& session, const Arguments& arguments);
int run_incident_split(Session& session, const Arguments& arguments);
int run_incident_undecided(Session& session, const Arguments& arguments);
int run_watch_add(Session& session, const Arguments& arguments);
int run_watch_list(Session& session, const Arguments& arguments);
int run_watch_show(Session& session, const Arguments& arguments);
int run_watch_remove(Session& session, const Arguments& arguments);
int run_watch_import(Session& session, const Arguments& arguments);
int run_watch_export(Session& session, const Arguments& arguments);
int run_watch_notified(Session& session, const Arguments& arguments);
int run_alerts(Session& session, const Arguments& arguments);
int run_alerts_show(Session& session, const Arguments& arguments);
int run_alerts_ack(Session& session, const Arguments& arguments);
int run_case_open(Session& session, const Arguments& arguments);
int run_case_list(Session& session, const Arguments& arguments);
int run_case_show(Session& session, const Arguments& arguments);
int run_case_sent(Session& session, const Arguments& arguments);
int run_case_answer(Session& session, const Arguments& arguments);
int run_case_note(Session& session, const Arguments& arguments);
int run_case_close(Session& session, const Arguments& arguments);
int run_case_calendar(Session& session, const Arguments& arguments);
int run_case_notice(Session& session, const Arguments& arguments);
int run_letter(Session& session, const Arguments& arguments);
int run_letter_kinds(Session& session, const Arguments& arguments);
int run_organisations(Session& session, const Arguments& arguments);
int run_organisations_import(Session& session, const Arguments& arguments);
int run_categories(Session& session, const Arguments& arguments);
int run_sources(Session& session, const Arguments& arguments);
int run_sources_show(Session& session, const Arguments& arguments);
int run_sources_probe(Session& session, const Arguments& arguments);
int run_read(Session& session, const Arguments& arguments);
int run_stats(Session& session, const Arguments& arguments);
int run_config_check(Session& session, const Arguments& arguments);
int run_doctor(Session& session, const Arguments& arguments);
int run_backup(Session& session, const Arguments& arguments);
int run_restore(Session& session, const Arguments& arguments);

}  // namespace vigifuite::cli
