#!/usr/bin/env python3
"""server/ names no gateway: what one of them needs is a trait or a key in its own folder. The simulator is ours, and "generic" is nobody's name."""
import re
from support.lint import Finding, Tree, is_cpp, line_of, paths, run, without_comments

KNOWN = {"africastalking", "bird", "clickatell", "gammu", "infobip", "kannel", "messagebird", "messenger", "plivo", "signal_cli", "smsgate",
         "smstools", "telegram", "twilio", "twiml", "viber", "vonage", "whatsapp"}


def folders() -> set[str]:
    # "signal" and "generic" are words of C++'s, too; "signal_cli" is found.
    return {name.split("/")[1] for name in paths() if name.startswith("adapters/") and name.count("/") > 1} - {"simulator", "generic", "signal"}


NAMES = re.compile(r"\b(?:\w*_)?(" + "|".join(sorted(KNOWN | folders())) + r")(?:_\w*|\b)", re.I)


def check(tree: Tree) -> list[Finding]:
    findings = []
    for path, text in tree.items():
        code = without_comments(text)
        for match in NAMES.finditer(code):
            findings.append(Finding(path, line_of(code, match.start()), f"'{match.group()}' names a gateway; make it a trait (channel/channel.hpp)"))
    return findings


run(check, lambda p: is_cpp(p) and p.startswith("server/") and p != "server/app.cpp",
    bad=[{"server/inbox/a.cpp": 'if (gateway == "twilio") {}'}, {"server/outbox/a.cpp": "int kannel_limit = 1;"},
         {"server/inbox/a.cpp": "auto t = Twilio::make();"}],
    good=[{"server/inbox/a.cpp": '// Twilio retries nothing\nif (gateway == "simulator") {}\nraise(signal);'}])
