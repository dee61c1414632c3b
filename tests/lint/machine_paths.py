#!/usr/bin/env python3
"""Nothing in the repository knows the machine it was written on: no home or scratch folders, no package mirrors."""
import re
from support.lint import Finding, Tree, line_of, run

# Written in pieces, so that this file does not find itself.
PATHS = re.compile(r"(?<![\w.:/-])/(?:wo" r"rk|ro" r"ot|ho" r"me|Us" r"ers|tm" r"p|mnt)/[\w.-]{2,}")
MIRRORS = re.compile(r"https?://[\w.-]*(?:regis" r"try|arti" r"factory|verd" r"accio|nex" r"us|mir" r"ror|py" r"pi)[\w.-]*(?::\d+)?/\S*", re.I)
RESOLVED = re.compile(r'"resol' r'ved"\s*:')


def check(tree: Tree) -> list[Finding]:
    findings = []
    for path, text in tree.items():
        for pattern, what in ((PATHS, "is a path of one machine"), (MIRRORS, "is the address of a package mirror")):
            findings += [Finding(path, line_of(text, m.start()), f"{m.group()} {what}") for m in pattern.finditer(text)]
        if path.endswith("package-lock.json"):
            findings += [Finding(path, line_of(text, m.start()), "names where a package came from; npm install with "
                                 "omit-lockfile-registry-resolved=true") for m in RESOLVED.finditer(text)]
    return findings


run(check, lambda p: True,
    bad=[{"a.md": "see /wo" "rk/main/x"}, {"a.cpp": 'open("/tm' 'p/scratch");'}, {"a": "/ho" "me/ada/x"}, {"a.toml": "https://regis" "try.example.org/x"},
         {"tests/package-lock.json": '"resol' 'ved": "https://example.org/x.tgz"'}],
    good=[{"a.md": "POST /hooks/sms, /usr/bin/env, /etc/passerelle, ./wo" "rk/x, https://example.org/home/x", "b.json": '"resol' 'ved": 1'}])
