"""How days and times are written: the patterns that `moments.py` looks for."""

import re

from domain.basics.named_days import A_MONTH as _A_MONTH

FILLERS = {
    *(
        "am",
        "um",
        "von",
        "ab",
        "den",
        "der",
        "dem",
        "on",
        "at",
        "from",
        "the",
        "uhr",
        "h",
        "und",
        "in",
        "gegen",
    ),
    *(
        "nächsten",
        "nächster",
        "nächste",
        "naechsten",
        "kommenden",
        "kommende",
        "diesen",
        "next",
        "this",
        "coming",
    ),
}


CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?(?: ?(?:uhr|h)\b)?(?: ?(am|pm)\b)?"
SPAN = re.compile(rf"(?<![\d.]){CLOCK} ?- ?{CLOCK}(?![\d.]|:)")
GERMAN_AM = re.compile(  # “on”, no half of a day
    r" am (?=\d|(?:mo|di|mi|do|fr|sa|so)(?:[. ]|ntag|enstag|ttwoch|nnerstag|eitag|mstag|nnabend|nntag)"
    r"|nächst|naechst|kommend|diese|vormittag|mittag|nachmittag|abend|morgen)"
)
DEADLINE = re.compile(r"^ (?:(?:bis|until|till|by|spätestens|zum) )+")
TIME = re.compile(r"(?<![\d.])(\d{1,2})(?:[:.](\d{2})(?: ?(am|pm)\b)?| ?(am|pm)\b| ?(?:uhr|h)\b)(?!\.?\d)")
HOUR = re.compile(r"(?<![\d.:])(\d{1,2})(?![\d.:])")
HOUR_AFTER_WORD = re.compile(rf"\b(?:um|ab|von|gegen|at|from) {HOUR.pattern}")
DATES = (
    re.compile(r"(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})"),
    re.compile(r"(?<![\d-])(?P<d>\d{1,2})-(?P<m>\d{1,2})-(?P<y>\d{4})(?!\d)"),
    re.compile(r"(?<![\d/])(?P<d>\d{1,2})/(?P<m>\d{1,2})(?:/(?P<y>\d{4}|\d{2}))?(?![\d/])"),
    re.compile(
        r"(?<!\d)(?P<d>\d{1,2})\. ?(?P<m>\d{1,2})\. ?"
        r"(?P<y>\d{4}|(?:(?<=\.)\d{2}|2[5-9]|[3-9]\d)(?![\d:.]| ?(?:-|uhr|h\b)))?"  # "10.12. 14" is an hour
    ),
    re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})(?:\.|st|nd|rd|th)? ?(?P<name>{_A_MONTH})\b\.?(?: (?P<y>\d{{4}}))?"),
    re.compile(rf"\b(?P<name>{_A_MONTH})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<y>\d{{4}}))?(?![\d:])"),
    re.compile(  # what could be a time as well
        r"(?<![\d.])(?<!um )(?<!ab )(?<!at )(?<!von )(?P<d>\d{1,2})\.(?P<m>0?[1-9]|1[0-2])"
        r"(?![\d.]| ?(?:-|uhr|h\b))"
    ),
)
DAYS_OF_A_MONTH = re.compile(
    rf"(?<![\d.:])(\d{{1,2}})(?:\.? ?-|\. ?/) ?"
    rf"(?=\d{{1,2}}\. ?(?:0?[1-9]|1[0-2])\.|\d{{1,2}}\.? ?(?:{_A_MONTH})\b)"
)
OTHERWISE = (  # other ways to write what is read
    re.compile(r"\b([ap])\.m\."),
    re.compile(r" ?\bo['’]clock\b"),
    re.compile(r"\bthe day after tomorrow\b"),
    re.compile(r"\bin a fortnight\b"),
    re.compile(r"\b(?:heute|today) (?=in (?:\d\d?|[a-zäöüß]+) [wtd])"),
    re.compile(r"(day) week\b"),  # which Monday a “Monday week” is, is not known
    re.compile(rf"(\d(?:st|nd|rd|th)?) of (?={_A_MONTH})"),
    re.compile(r"['’](\d\d)\b"),
    re.compile(r"(\d) \.(?=\d{4}\b)"),
    re.compile(r"(-\d\d)t(?=\d\d:)"),  # 2026-12-10T14:00
    re.compile(r"(:[0-5]\d):00\b"),
)
SAME = (
    *(r"\1m", " uhr", "übermorgen", "in 2 weeks", "", r"\1 weeks"),
    *(r"\1 ", r"20\1", r"\1.", r"\1 ", r"\1"),
)
