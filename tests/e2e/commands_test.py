#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every command on a real store, in both languages: its exit code, pages that fit 80 columns, plain text in a pipe, one
language at a time, filters that filter, and mistakes answered with one sentence that says what to do."""
import fcntl
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unicodedata

vigifuite, root = sys.argv[1], pathlib.Path(sys.argv[2])
place = pathlib.Path(tempfile.mkdtemp())
store, profile = place / "store", root / "schemas/examples/profil-exemple.json"
incident = "france-travail-cap-emploi-2024-03"
config = place / "config.toml"
config.write_text('sources = ["france"]\ncontact = "postmaster@exemple.invalid"\n')
ENGLISH = (" the ", " cannot ", " is not ", " of the ", "there is no", "must be", "expected")


def run(*arguments, language="fr", codes=(0,), at=store, environment=None):
    done = subprocess.run([vigifuite, "--store", at, "--config", config, "--lang", language, *map(str, arguments)],
                          capture_output=True, text=True, check=False, env={**os.environ, **(environment or {})})
    assert done.returncode in codes, f"{arguments}: exit {done.returncode}: {done.stdout}{done.stderr}"
    return done


def width(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def page(*arguments, codes=(0,)):
    """The page in French, which has no English sentence; the English one is held to the same width."""
    pages = {}
    for language in ("fr", "en"):
        done = run(*arguments, language=language, codes=codes)
        text = done.stdout + done.stderr
        assert "\x1b" not in text, f"{arguments}: escape sequences in a pipe"
        for line in done.stdout.splitlines():
            assert width(line) <= 80 or "http" in line or "/" in line, f"{arguments}: {width(line)} columns: {line}"
        for word in ENGLISH if language == "fr" else ():
            assert word not in text, f"{arguments}: `{word}`:\n{text}"
        pages[language] = text
    return pages["fr"].replace("\u00a0", " ").replace("\u202f", " ")


def mistake(*arguments, says, at=store):
    """One line on the error stream, in each language, and nothing on the other."""
    for language, words in zip(("fr", "en"), says):
        done = run(*arguments, language=language, codes=(2,), at=at)
        first, *others = done.stderr.splitlines()
        assert not done.stdout and len(others) <= 1, f"{arguments}: {done.stdout}{done.stderr}"
        assert words in first.replace("\u00a0", " "), f"{arguments} ({language}): {first}"


# Reading and asking.
assert "lue" in page("update")
assert "France Travail et Cap emploi" in page("check", "--profile", profile, codes=(1,))
assert "Kairos" not in page("check", "--tie", "Pôle emploi:2009..2013", codes=(1,))
assert "Kairos" in page("check", "--tie", "pole emploi:2009..2013", "--all", codes=(1,))
page("check", "--tie", "Apec:2010..")
page("check", "--tie", "Organisme inventé", codes=(3,))
page("incidents"), page("incidents", "caf"), page("incident", "undecided")
assert "Qui dit quoi" in page("incident", "history", incident), "every figure with who gave it"
assert "déjà une seule fiche" in run("incident", "merge", incident, incident, "--because", "essai", codes=(2,)).stderr.replace("\u00a0", " ")
assert "France Travail et Cap emploi" in page("incident", "show", incident).split("Organismes", 1)[1], "bodies by their names"
assert "environ 43\u202f000\u202f000 personnes".replace("\u202f", " ") in page("incident", "history", incident), "a figure keeps how sure it is"
page("organisations"), page("organisations", "emploi"), page("organisations", "zzzz"), page("categories"), page("stats")
assert "vigifuite sources show" in page("sources") and "Licence" in page("sources", "show", "certfr-alertes")
page("letter", "kinds"), page("config", "check"), page("doctor"), page("doctor", "--reindex")


def items(*arguments):
    return json.loads(run("--json", "incidents", "--limit", "1000", *arguments).stdout)["items"]


everything = items()
assert [i for i in everything if i.get("public_service")] == items("--public-service")
assert [i for i in everything if i["status"] == "claimed"] == items("--status", "claimed")
assert [i for i in everything if "nir" in i.get("exposed", [])] == items("--category", "nir")
assert [i for i in everything if any(o.get("id") == "france-travail" for o in i["organisations"])] == items("--organisation", "pole emploi")
assert {i["disclosed"][:4] for i in items("--since", "2025", "--until", "2025-12-31")} == {"2025"}
assert len(json.loads(run("--json", "incidents", "--limit", "3").stdout)["items"]) == 3

# Watching.
page("watch", "list")
assert "CAF" in page("watch", "add", "--tie", "caf:2019..", "--label", "moi")
assert "moi" in page("watch", "show", "1") and "CAF" in page("watch", "list")
alerts = json.loads(run("--json", "alerts").stdout)["items"]
assert alerts and alerts[0]["title"]["fr"] in page("alerts")
page("alerts", "show", alerts[0]["id"], codes=(0, 1)), page("alerts", "ack", alerts[0]["id"])
page("watch", "notified", "1", incident, "--date", "2024-03-20", "--how", "courriel")
(place / "profils.jsonl").write_text(run("watch", "export").stdout)
page("watch", "import", place / "profils.jsonl")
assert "oublié" in page("watch", "remove", "1", codes=(0, 2)), "forgotten once; the second time there is nobody"

# Letters and copies.
letter = run("letter", "cnil", incident, "--profile", profile).stdout.replace("\u00a0", " ")
assert letter.startswith("Camille Exemple") and "article 34" in letter
assert run("letter", "cnil", incident, "--profile", profile, "--output", place / "lettre.txt").returncode == 0
assert oct((place / "lettre.txt").stat().st_mode & 0o777) == "0o600"
mistake("letter", "cnil", incident, "--profile", profile, "--output", place / "lettre.txt", says=("il existe déjà", "exists already"))
page("backup", place / "copie", codes=(0, 2))
(place / "ailleurs").mkdir()
(place / "ailleurs/watch.key").write_bytes((store / "watch.key").read_bytes())
(place / "ailleurs/watch.key").chmod(0o600)
run("restore", place / "copie", at=place / "ailleurs")
assert "France Travail et Cap emploi" in run("check", "--tie", "Pôle emploi:2009..2013", at=place / "ailleurs", codes=(1,)).stdout

# Mistakes.
mistake("incidents", "--category", "foo", says=("vigifuite categories", "vigifuite categories"))
mistake("incidents", "--organisation", "pole emplo", says=("Vouliez-vous dire : France Travail", "Did you mean: France Travail"))
mistake("incidents", "--since", "hier", says=("attend une date", "takes a date"))
mistake("incident", "show", "nulle-part", says=("aucune fuite ne s'appelle", "no leak is called"))
mistake("watch", "add", "--tie", "Polle emploi", says=("Vouliez-vous dire : France Travail", "Did you mean: France Travail"))
mistake("watch", "remove", "77", says=("aucun profil ne porte ce numéro", "no profile has this number"))
mistake("alerts", "show", "9-9", says=("aucune alerte", "no alert"))
mistake("check", "--tie", "CAF:2019..2010", says=("le lien finit avant de commencer", "the tie ends before it begins"))
mistake("check", "--profile", place / "absent.json", says=("ce fichier n'existe pas", "there is no such file"))
mistake("letter", "cnil", "dinum-2026-08", "--tie", "DINUM:2020..", says=("n'est que revendiqué", "is only claimed"))
mistake("letter", "cnil", incident, "--tie", "CAF:2019..", says=("Aucun des organismes", "None of the bodies"))
mistake("update", "--source", "rien", says=("aucune source ne s'appelle", "no source"))
mistake("sources", "show", "rien", says=("aucune source ne s'appelle", "no source"))
mistake("backup", place / "copie", says=("existe déjà", "exists already"))
mistake("restore", place / "copie", says=("n'est pas vide", "is not empty"))
mistake("restore", place / "rien", says=("n'est pas une sauvegarde", "is not a backup"))
for wrong, says in {'{"ties": [{"organisation": "CAF", "from": "hier"}]}': ("$.ties[0].from : il faut une date", "$.ties[0].from: expected a date"),
                    '{"liens": []}': ("$.liens : membre inconnu", "$.liens: unknown member"),
                    "[1, 2": ("n'est pas un profil JSON", "is not a JSON profile"),
                    '{"ties": ["CAF:2019..hier"]}': ("n'est pas une date", "is not a date")}.items():
    (place / "profil.json").write_text(wrong)
    mistake("check", "--profile", place / "profil.json", says=says)
for wrong, says in {'contact = 3\n': ("ligne 1 : « contact » : il faut une ligne de texte", "line 1: `contact`: expected one line of text"),
                    'contcat = "a"\n': ("une clé parmi", "one of"),
                    'sources = ["hipb"]\n': ("n'est pas une source", "is no source"),
                    'contact = \n': ("ligne 1 : ce n'est pas du TOML", "line 1")}.items():
    config.write_text(wrong)
    mistake("config", "check", says=says)
    mistake("stats", says=says)
config.write_text('sources = ["france"]\n')
descriptor = os.open(store / "store", os.O_RDONLY)
fcntl.flock(descriptor, fcntl.LOCK_EX)
mistake("watch", "list", says=("sert à un autre programme", "is in use by another process"))
os.close(descriptor)
(store / "watch.key").chmod(0o644)
mistake("watch", "list", says=("peut être lu par d'autres", "may be read by others"))
(store / "watch.key").chmod(0o600)
mistake("stats", at=pathlib.Path("/proc/nowhere"), says=("ne peut pas être fait", "cannot"))
print("every command, in both languages")
