#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How well `vigifuite read` reads labelled announcements.

usage: score.py VIGIFUITE SET.jsonl [SET.jsonl ...] [--at-least figure=value ...] [--errors]

Runs `VIGIFUITE read --jsonl -` on the texts of each set, compares what it says with the labels (README.md beside this
file says what they mean), and prints one line per figure. Leaves with 1 when a figure is below what --at-least asks.
--errors prints what was wrong, text by text. Standard library only.
"""
import argparse
import json
import re
import subprocess
import sys
import unicodedata

# Words that do not tell one body from another: a name made of them alone matches nothing but itself.
COMMON = frozenset(
    "agence association banque caisse centre commune conseil departement direction etablissement federation groupe hopital "
    "mairie ministere mutuelle office region service societe syndicat universite ville bank city company council county "
    "group hospital ministry trust university de des du d et la le les l of the francais francaise france national nationale "
    "regional regionale".split())
LONGER_BY_AT_MOST = 6  # words


def folded(name):
    name = name.lower().replace("œ", "oe").replace("æ", "ae").replace("&", " et ")
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.findall(r"[a-z0-9]+", plain)


def holds(longer, shorter):
    return any(longer[i:i + len(shorter)] == shorter for i in range(len(longer) - len(shorter) + 1))


def names_match(said, label):
    """A label may give several names, parted by '|': equal, or one within the other as whole words."""
    said = folded(said)
    for name in label.split("|"):
        name = folded(name)
        if said and said == name:
            return True
        shorter, longer = sorted((said, name), key=len)
        if shorter and not COMMON.issuperset(shorter) and len("".join(shorter)) > 1 \
                and len(longer) - len(shorter) <= LONGER_BY_AT_MOST and holds(longer, shorter):
            return True
    return False


class Count:
    """Right, said too much, missed."""

    def __init__(self):
        self.right = self.extra = self.missed = 0

    def add(self, said, wanted, allowed):
        self.right += len(said & wanted)
        self.extra += len(said - wanted - allowed)
        self.missed += len(wanted - said)

    def f1(self):
        total = 2 * self.right + self.extra + self.missed
        return 2 * self.right / total if total else 1.0


class Share:
    """Right out of asked."""

    def __init__(self):
        self.right = self.asked = 0

    def add(self, right):
        self.right += bool(right)
        self.asked += 1

    def value(self):
        return self.right / self.asked if self.asked else 1.0


def dates_match(said, label):
    if label and label.startswith("--"):
        return bool(said) and (said == label or said[4:] == label[1:])
    return (said or None) == (label or None)


def compare(rows, said_by_id, show):
    disclosure, exposed, safe, bodies = Count(), Count(), Count(), Count()
    people, dates, processor = Share(), Share(), Share()
    alarms = reassurances = 0
    for row in rows:
        said, wrong = said_by_id[row["id"]], []
        skip = set(row.get("skip", ()))
        disclosure.add({1} if said["is_disclosure"] else set(), {1} if row["is_disclosure"] else set(), set())
        if said["is_disclosure"] != row["is_disclosure"]:
            wrong.append("is_disclosure is %s" % said["is_disclosure"])
        for field, count in (("exposed", exposed), ("not_exposed", safe)):
            if field in skip:
                continue
            got, want, may = set(said[field]), set(row[field]), set(row.get(field + "_optional", ()))
            count.add(got, want, may)
            wrong += ["%s lacks %s" % (field, s) for s in sorted(want - got)]
            wrong += ["%s has %s" % (field, s) for s in sorted(got - want - may)]
        if not skip & {"exposed", "not_exposed"}:
            false_alarms = set(said["exposed"]) & set(row["not_exposed"])
            alarms += len(false_alarms)
            reassurances += len(set(said["not_exposed"]) & set(row["exposed"]))
            wrong += ["FALSE ALARM: %s" % s for s in sorted(false_alarms)]
        if "organisations" not in skip:
            wanted, optional = row["organisations"], row.get("organisations_optional", [])
            found = {w for w in wanted if any(names_match(s, w) for s in said["organisations"])}
            extra = [s for s in said["organisations"] if not any(names_match(s, w) for w in wanted + optional)]
            bodies.right += len(found)
            bodies.missed += len(wanted) - len(found)
            bodies.extra += len(extra)
            wrong += ["organisations lack %s" % w for w in wanted if w not in found]
            wrong += ["organisations have %s" % s for s in extra]
        if "processor" not in skip:
            label, got = row["processor"], said["processor"]
            right = names_match(got, label) if label and got else not label and not got
            processor.add(right)
            if not right:
                wrong.append("processor is %s, not %s" % (got, label))
        if "people_affected" not in skip:
            people.add(said["people_affected"] == row["people_affected"])
            if said["people_affected"] != row["people_affected"]:
                wrong.append("people are %s, not %s" % (said["people_affected"], row["people_affected"]))
        for end in ("incident_from", "incident_to"):
            if end in skip:
                continue
            right = dates_match(said[end], row[end])
            dates.add(right)
            if not right:
                wrong.append("%s is %s, not %s" % (end, said[end], row[end]))
        if show and wrong:
            print("%s: %s" % (row["id"], "; ".join(wrong)))
    return {"is_disclosure": disclosure.f1(), "exposed": exposed.f1(), "not_exposed": safe.f1(),
            "organisations": bodies.f1(), "processor": processor.value(), "people": people.value(),
            "dates": dates.value(), "no_false_alarm": 1.0 if alarms == 0 else 1.0 - alarms / max(1, exposed.right),
            }, alarms, reassurances


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--at-least", nargs="*", default=[], metavar="figure=value")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    rows = []
    for path in options.sets:
        with open(path, encoding="utf-8") as lines:
            rows += [json.loads(line) for line in lines if line.strip()]
    texts = "".join(json.dumps({k: row[k] for k in ("id", "format", "lang", "published", "text")}) + "\n" for row in rows)
    run = subprocess.run([options.program, "read", "--jsonl", "-"], input=texts.encode(), stdout=subprocess.PIPE, check=True)
    said = {answer["id"]: answer for answer in map(json.loads, run.stdout.decode().splitlines())}
    figures, alarms, reassurances = compare(rows, said, options.errors)
    asked = {name: float(value) for name, value in (pair.split("=") for pair in options.at_least)}
    below = False
    for name, value in figures.items():
        low = name in asked and value < asked[name]
        below |= low
        print("%-15s %.3f%s" % (name, value, "  BELOW %.3f" % asked[name] if low else ""))
    print("false alarms    %d\nfalse comforts  %d\ntexts           %d" % (alarms, reassurances, len(rows)))
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
