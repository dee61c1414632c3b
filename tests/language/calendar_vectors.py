#!/usr/bin/env python3
"""Every day of 1900 to 2100 in the Persian and the Ethiopic calendar, by Debian's python3-convertdate:
day, tab, year-month-day of the one, tab, of the other. The Ethiopic calendar has the months of the Coptic one, and
counts 276 years more."""
import datetime
import functools

from convertdate import coptic, persian

# It looks for the sun of the same spring some thousand times.
persian.equinox_jd = functools.lru_cache(maxsize=None)(persian.equinox_jd)

day = datetime.date(1900, 1, 1)
while day.year <= 2100:
    solar = persian.from_gregorian(day.year, day.month, day.day)
    year, month, date = coptic.from_gregorian(day.year, day.month, day.day)
    print(day.isoformat(), "-".join(str(part) for part in solar), f"{year + 276}-{month}-{date}", sep="\t")
    day += datetime.timedelta(days=1)
