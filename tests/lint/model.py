#!/usr/bin/env python3
"""The detector's model is the one that script/train-language made of the recipe as it stands."""
import hashlib

from support.lint import Finding, Tree, run

LIST = "server/language/model/made_from.sha256"
# The only part that no text editor can show; the others come as text.
MODEL = "server/language/model/letters.bin"


def digest(path: str, text: str) -> str:
    if path == MODEL:
        with open(path, "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()
    return hashlib.sha256(text.encode()).hexdigest()


def check(tree: Tree) -> list[Finding]:
    findings = []
    for number, line in enumerate(tree.get(LIST, "").splitlines(), 1):
        expected, path = line.split()
        if path != MODEL and path not in tree:
            findings.append(Finding(LIST, number, f"there is no {path} any more: run script/train-language"))
        elif digest(path, tree.get(path, "")) != expected:
            findings.append(Finding(path, 1, "is not what the model was made with: run script/train-language"))
    return findings


WORD = hashlib.sha256(b"x").hexdigest()
run(check, lambda p: p == LIST or p.startswith(("script/training/", "server/language/letters.")),
    bad=[{LIST: f"{WORD}  a.tsv\n", "a.tsv": "y"}, {LIST: f"{WORD}  a.tsv\n"}], good=[{LIST: f"{WORD}  a.tsv\n", "a.tsv": "x"}])
