#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""`cmake --install` puts everything where Debian expects it, and systemd accepts and rates the unit."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

build, root = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
failures = []
with tempfile.TemporaryDirectory() as place:
    subprocess.run(["cmake", "--install", build, "--prefix", "/usr"], env={"DESTDIR": place, "PATH": "/usr/bin:/bin"},
                   check=True, capture_output=True)
    for path in ("usr/bin/vigifuite", "usr/sbin/vigifuited", "usr/lib/systemd/system/vigifuited.service",
                 "usr/lib/sysusers.d/vigifuite.conf", "usr/lib/tmpfiles.d/vigifuite.conf", "etc/vigifuite/config.toml",
                 "usr/share/man/man1/vigifuite.1", "usr/share/man/fr/man1/vigifuite.1", "usr/share/man/man8/vigifuited.8",
                 "usr/share/bash-completion/completions/vigifuite", "usr/share/zsh/vendor-completions/_vigifuite",
                 "usr/share/fish/vendor_completions.d/vigifuite.fish"):
        if not (pathlib.Path(place) / path).exists():
            failures.append(f"not installed: /{path}")
    unit = pathlib.Path(place) / "usr/lib/systemd/system/vigifuited.service"
    if shutil.which("systemd-analyze") is None:
        print("skipped: systemd-analyze is not installed")
    elif unit.exists():
        text = unit.read_text()
        for program in re.findall(r"^Exec\w+=(\S+)", text, re.M):
            if program.startswith("@"):
                failures.append(f"not filled in: {program}")
        rating = subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=15", "--no-pager", unit],
                                capture_output=True, text=True, check=False)
        last = [line for line in rating.stdout.splitlines() if "Overall exposure" in line]
        if rating.returncode != 0 or not last:
            failures.append(f"the unit's exposure is above 1.5: {last or rating.stderr}")
        else:
            print(last[0].strip())
print("\n".join(failures) or "installed where Debian expects it")
sys.exit(1 if failures else 0)
