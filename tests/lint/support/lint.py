"""What all lints share: the files of the repository, C++ without its comments, and the frame that a lint runs in.

A lint is a function from a tree (path -> text) to findings. run() first tries it on planted snippets, so that a lint
that has stopped seeing anything fails, and then on the repository. Each finding is printed as file:line: what.
"""
import re
import subprocess
import sys
from pathlib import Path
from typing import Callable, NamedTuple

ROOT = Path(__file__).resolve().parents[3]
LEFT_OUT = {".git", "build", "data", "node_modules", ".cache"}


class Finding(NamedTuple):
    path: str
    line: int
    what: str


Tree = dict[str, str]
Check = Callable[[Tree], list[Finding]]


def paths() -> list[str]:
    """Every file that is tracked or would be: untracked ones count, ignored ones do not."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True, check=False)
    if listed.returncode == 0:
        found = [name for name in listed.stdout.decode().split("\0") if name]
    else:  # a tarball
        found = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if not LEFT_OUT & set(path.parts)]
    return sorted(name for name in set(found) if (ROOT / name).is_file())


def read_tree(wanted: Callable[[str], bool]) -> Tree:
    tree = {}
    for name in paths():
        if not wanted(name):
            continue
        try:
            tree[name] = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a binary file: no lint of text applies
    return tree


TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<!\w)\'(?:\\.|[^\'\\\n])+\'', re.S)


def blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def without_comments(text: str) -> str:
    """C++ with comments blanked; lines and columns stay where they were."""
    return TOKEN.sub(lambda m: blank(m.group()) if m.group().startswith(("//", "/*")) else m.group(), text)


def code_only(text: str) -> str:
    """C++ with comments and the insides of literals blanked (#include lines keep theirs)."""
    def keep(match: re.Match) -> str:
        token = match.group()
        line_begin = text.rfind("\n", 0, match.start()) + 1
        if token.startswith(("//", "/*")):
            return blank(token)
        if text[line_begin:match.start()].lstrip().startswith("#include"):
            return token
        return token[0] + blank(token[1:-1]) + token[-1]
    return TOKEN.sub(keep, text)


def literals(text: str) -> list[tuple[int, str]]:
    """(line, literal) of each string literal."""
    return [(text.count("\n", 0, m.start()) + 1, m.group()) for m in TOKEN.finditer(text)
            if m.group().startswith(('"', 'R"'))]


def line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def is_cpp(path: str) -> bool:
    return path.endswith((".cpp", ".hpp"))


def run(check: Check, wanted: Callable[[str], bool], bad: list[Tree], good: list[Tree]) -> None:
    for tree in bad:
        if not check(tree):
            sys.exit(f"{sys.argv[0]}: the lint is blind: it finds nothing wrong in {tree}")
    for tree in good:
        if found := check(tree):
            sys.exit(f"{sys.argv[0]}: the lint is wrong: it finds {found} in {tree}")
    if "--self-test" in sys.argv:
        return
    tree = read_tree(wanted)
    if not tree:
        sys.exit(f"{sys.argv[0]}: there is no file to look at")
    findings = sorted(set(check(tree)))
    for finding in findings:
        print(f"{finding.path}:{finding.line}: {finding.what}")
    sys.exit(1 if findings else 0)
