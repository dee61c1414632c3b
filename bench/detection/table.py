"""Prints how often each tool was right; exits 1 when ours is beaten, or takes more than ten times CLD2's time.
usage: table.py LINES NAME=CODES:MICROSECONDS…     ours and cld2 must be among them"""

import sys

SAME = {"hr": "bs", "sr": "bs", "sr-Latn": "bs", "sh": "bs", "fa-AF": "fa", "prs": "fa", "zh-Hant": "zh", "kmr": "ku"}
MOST_TIMES_CLD2 = 10


def plain(code):
    return SAME.get(code, code)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        wanted = [line.rstrip("\n").split("\t")[:2] for line in file]
    kinds = list(dict.fromkeys(kind for _, kind in wanted))
    right, times = {}, {}
    for argument in sys.argv[2:]:
        name, rest = argument.split("=", 1)
        codes_path, times_path = rest.split(":")
        with open(codes_path, encoding="utf-8") as file:
            codes = file.read().split("\n")[:-1]
        if len(codes) != len(wanted):
            sys.exit(f"bench/language: {name} answered {len(codes)} of {len(wanted)} lines")
        with open(times_path, encoding="utf-8") as file:
            times[name] = float(file.read())
        right[name] = {}
        for kind in kinds:
            of_kind = [plain(code) == plain(language) for code, (language, its) in zip(codes, wanted) if its == kind]
            right[name][kind] = 100 * sum(of_kind) / len(of_kind)
    counts = {kind: sum(its == kind for _, its in wanted) for kind in kinds}
    print(f"{'% right':<14}" + "".join(f"{kind:>12}" for kind in kinds) + f"{'us a line':>12}")
    print(f"{'lines':<14}" + "".join(f"{counts[kind]:>12}" for kind in kinds))
    for name in right:
        print(f"{name:<14}" + "".join(f"{right[name][kind]:>12.1f}" for kind in kinds) + f"{times[name]:>12.1f}")
    failures = [f"{name} is better at '{kind}'" for name in right for kind in kinds
                if name != "ours" and right[name][kind] >= right["ours"][kind]]
    if times["ours"] > MOST_TIMES_CLD2 * times["cld2"]:
        failures.append(f"ours takes {times['ours'] / times['cld2']:.1f} times as long as CLD2")
    for failure in failures:
        print("bench/language:", failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
