#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every document the program prints with --json is accepted by a public validator (python-jsonschema)."""
import base64
import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

vigifuite, root = sys.argv[1], pathlib.Path(sys.argv[2])
schemas = {p.name: json.loads(p.read_text()) for p in (root / "schemas/json").glob("*.schema.json")}
for name, schema in schemas.items():
    jsonschema.Draft202012Validator.check_schema(schema)
store = {schema.get("$id", name): schema for name, schema in schemas.items()} | dict(schemas)

place = tempfile.TemporaryDirectory()
profile = root / "schemas/examples/profil-exemple.json"
incident = "france-travail-cap-emploi-2024-03"
checked = set()
failures = []


def run(*arguments, expect=(0,)):
    done = subprocess.run([vigifuite, "--store", place.name, "--lang", "fr", "--json", *map(str, arguments)],
                          capture_output=True, text=True, check=False)
    if done.returncode not in expect:
        failures.append(f"{arguments}: exit {done.returncode}: {done.stderr or done.stdout}")
        return None
    if not done.stdout.strip():
        failures.append(f"{arguments}: printed no document")
        return None
    document = json.loads(done.stdout)
    word = document.get("schema", "")
    name = word.removeprefix("vigifuite/").removesuffix("@v1") + ".schema.json"
    if name not in schemas:
        failures.append(f"{arguments}: no schema for `{word}`")
        return document
    resolver = jsonschema.RefResolver(base_uri=schemas[name].get("$id", name), referrer=schemas[name], store=store)
    for error in jsonschema.Draft202012Validator(schemas[name], resolver=resolver).iter_errors(document):
        failures.append(f"{arguments}: {'/'.join(map(str, error.absolute_path))}: {error.message[:300]}")
    checked.add(name)
    return document


run("update", "--source", "france")
run("check", "--profile", profile, expect=(1,))
run("check", "--tie", "Organisme inventé qui n'existe pas", expect=(3,))
run("incidents", "--limit", "200")
run("incident", "show", incident)
run("incident", "history", incident)
for register, sample in (("cnil-dpo", "cnil-dpo.csv"), ("annuaire", "annuaire.json"), ("annuaire", "annuaire-2019.csv"),
                         ("datenanfragen", "datenanfragen.json")):
    made = run("organisations", "import", register, root / "feeds/registers/samples" / sample, "--date", "2026-05")
    if not made or not made["items"]:
        failures.append(f"organisations import {register}: no body")
run("watch", "add", "--profile", profile)
run("watch", "list")
run("watch", "show", "1")
run("watch", "notified", "1", incident, "--date", "2024-03-20", "--how", "courriel")
alerts = run("alerts")
if not alerts or not alerts["items"]:
    failures.append("alerts: the example person is told of nothing")
else:
    run("alerts", "show", alerts["items"][0]["id"])
    run("alerts", "ack", alerts["items"][0]["id"])
run("letter", "kinds")
run("letter", "kinds", incident, "--profile", profile)
run("doctor", "--law")
case = f"1/{incident}"
run("case", "open", incident, "--watch", "1")
run("case", "sent", case, "acces=2026-09-01,lettre recommandée,avis de réception", "--delivered", "2026-09-03")
run("case", "answer", case, "acces=2026-09-08,accuse,D-2026-77", "--what", "bien reçu")
run("case", "note", case, "Appel d'un faux conseiller", "--date", "2026-09-10", "--cost", "16,50", "--minutes", "35")
run("case", "list")
run("case", "show", case)
notice = pathlib.Path(place.name) / "message.txt"
notice.write_text("Vos données ont fait l'objet d'un accès non autorisé. Contact : dpo@exemple.invalid")
run("case", "notice", case, notice)
run("letter", "relance", incident, "--watch", "1")
run("case", "close", case, "--because", "réponse complète reçue")
for form in ("text", "markdown", "html", "pdf", "fields", "summary"):
    letter = run("letter", "cnil", incident, "--profile", profile, "--format", form)
    if letter and form == "pdf" and not base64.b64decode(letter["body"], validate=True).startswith(b"%PDF-"):
        failures.append("letter: the PDF is none")
run("organisations", "caf")
run("categories")
run("sources")
run("stats")
run("doctor", "--reindex")
run("backup", pathlib.Path(place.name) / "copy")
run("sources", "show", "france")
run("sources", "probe", root / "feeds/hibp/samples/good.json")
run("read", root / "README.md")
run("config", "check")
run("incidents", "--unsure")
run("incidents", "--texts")
run("organisations")
run("watch", "remove", "1")

print("\n".join(failures) or f"{len(checked)} kinds of documents, all valid: {', '.join(sorted(checked))}")
sys.exit(1 if failures else 0)
