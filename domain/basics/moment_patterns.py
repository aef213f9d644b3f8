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
        "by",
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
    *("bitte", "gern", "gerne", "lieber", "passt", "please", "ganztägig", "ganztags", "mez", "mesz", "cet"),
    *("vom", "zum", "je", "jeweils"),
}


CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?(?: ?(?:uhr|h)\b)?(?: ?(am|pm)\b)?"
SPAN = re.compile(rf"(?<![\d.]){CLOCK} ?- ?{CLOCK}(?![\d.]|:)")
GERMAN_AM = re.compile(  # “on”, no half of a day
    r" am (?=\d|(?:mo|di|mi|do|fr|sa|so)(?:[. ]|ntag|enstag|ttwoch|nnerstag|eitag|mstag|nnabend|nntag)"
    r"|nächst|naechst|kommend|diese|vormittag|mittag|nachmittag|abend|morgen)"
)
DEADLINE = re.compile(r"^ (?:(?:bis|until|till|by|spätestens|zum) )+")
TIME = re.compile(
    r"(?<![\d.])(\d{1,2})(?:[:.](\d{2})(?: ?(am|pm)\b)?| ?(am|pm)\b| ?(?:uhr|h)\b)(?!\.?\d)"
    r"(?!(?<=\.0\d)\.|(?<=\.1[0-2])\.)"  # “11.12.” is a day
)
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
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:\.|st|nd|rd|th)? ?(?P<name>{_A_MONTH})\b\.?"
        r"(?: (?P<y>\d{4}|2[5-9]|[3-9]\d)(?![\d:.]))?"
    ),
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
_TO_AN_HOUR = r"(?:(?:halb|half past|(?:drei)?viertel(?: vor| nach)?|quarter (?:to|past)) )?"
_WORD = rf"{_TO_AN_HOUR}(?:\d{{1,2}}(?:[:.]\d\d)?(?: ?(?:uhr|h|am|pm))?|[a-zäöüß]{{3,9}})"
BETWEEN = re.compile(rf"\b(?:zwischen|between) ({_WORD}) (?:und|and) ", re.IGNORECASE)
NOISE = re.compile(
    r"^ ?\d{1,2}\) |^ ?\d\. (?=\d{1,2}\.\d)|[^\w\s.,:/'’-]"
)  # bullets, brackets, quotes, emoji
_WAYS = (  # other ways to write what is read
    (r"^- ", ""),
    (r"(?<=\.|[a-z]): (?=\d)", " "),
    (r"\b(?:datum|uhrzeit|termin|zeit|date|time|beginn|start|wann|when)\b(?! of):? ?", ""),
    (BETWEEN.pattern, r"von \1 bis "),
    (r"\bso (?=gegen|um|ca\b|etwa)", ""),
    (r"\b(bis|to|until|till) (?:ca|circa|etwa|ungefähr|gegen|about|around)\b\.? ", r"\1 "),
    (r"\b(?:ca|circa|zirka|etwa|ungefähr|around|about|punkt|genau|pünktlich)\b\.?(?: um\b)?", "gegen"),
    (r"\bs\.t\.?(?= |$)", ""),
    (r"\b(\d{1,2})(?::00)?(?: uhr)? c\.t\.?(?= |$)", r"\1:15"),
    (r"(?<=[\dmhr]) ?(?:-|to|until|till|bis) ?(?:noon|midday|mittags?)\b", "-12:00"),
    (r"\b([ap])\.m\.", r"\1m"),
    (r"\b(\d{1,2}) ?o['’]clock\b", r"at \1"),
    (r" ?\bo['’]clock\b", " uhr"),
    (r"\bthe day after tomorrow\b", "übermorgen"),
    (r"\bin a fortnight\b", "in 2 weeks"),
    (r"\b(\w{1,9}) (days?|weeks?) from (?:today|now)\b", r"in \1 \2"),
    (r"\bthis (?=morning|afternoon|evening)", "today "),
    (r"\ba (?=quarter)", ""),
    (r"\b(?:heute|today) (?=in (?:\d\d?|[a-zäöüß]+) [wtd])", ""),
    (r"(day) week\b", r"\1 weeks"),  # a “Monday week” is no Monday of this week
    (r"\b(di|mi|fr|sa|so)(?:e|t|tt|m|n)\.?,? (?=\d\d?\. ?[\da-z])", r"\1 "),  # “Die 1.12.”
    (rf"(\d(?:st|nd|rd|th)?) of (?={_A_MONTH})", r"\1 "),
    (rf"\b(\d\d?)-({_A_MONTH})-(?=\d)", r"\1 \2 "),
    (r"['’](\d\d)\b", r"20\1"),
    (r"(\d) \.(?=\d{1,4}\b)", r"\1."),
    (r"(\d\.\d{1,2}\.(?:\d{4}|\d\d)?) ?[-/] ?(?=\d{1,2}(?::\d| ?(?:uhr|h)\b))", r"\1 "),
    (r"(-\d\d)t(?=\d\d:)", r"\1 "),  # 2026-12-10T14:00
    (r"(:[0-5]\d):00\b", r"\1"),
)
OTHERWISE = tuple(re.compile(pattern) for pattern, _ in _WAYS)
SAME = tuple(same for _, same in _WAYS)
