#!/usr/bin/env python3
"""Formatting is clang-format's business (.clang-format); version 19, since others disagree about details."""
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from support.lint import Finding, ROOT, Tree, is_cpp, run

TOOL = shutil.which("clang-format-19")
if TOOL is None:
    sys.exit("clang-format-19 is missing; run script/setup test")


def findings_in(messages: str) -> list[Finding]:
    """One a file: formatting it mends all of them."""
    first = {}
    for path, line in re.findall(r"^(.+?):(\d+):\d+: error:", messages, re.M):
        path = path.removeprefix(f"{ROOT}/")
        first.setdefault(path, Finding(path, int(line), f"run: clang-format-19 -i {path}"))
    return list(first.values())


def clang_format(arguments: list[str], text: str | None = None) -> list[Finding]:
    made = subprocess.run([TOOL, "--dry-run", "-Werror", f"--style=file:{ROOT / '.clang-format'}", *arguments],
                          input=text, capture_output=True, text=True, cwd=ROOT, check=False)
    found = findings_in(made.stderr)
    if made.returncode != 0 and not found:
        sys.exit(f"clang-format-19: {made.stderr}")
    return found


def check(tree: Tree) -> list[Finding]:
    planted = {path: text for path, text in tree.items() if not (ROOT / path).is_file()}
    findings = [finding for path, text in planted.items() for finding in clang_format([f"--assume-filename={path}"], text)]
    real = [path for path in tree if path not in planted]
    workers = os.cpu_count() or 1
    shares = [share for share in (real[start::workers] for start in range(workers)) if share]
    with ThreadPoolExecutor(workers) as pool:
        return findings + [finding for found in pool.map(clang_format, shares) for finding in found]


run(check, is_cpp, bad=[{"a.cpp": "int  f( ){return 1;}\n"}], good=[{"a.cpp": "int f() { return 1; }\n"}])
