"""Times as people say them, put into digits: "halb drei" is 14:30, as an office has no nights."""

import re
from enum import StrEnum


class Part(StrEnum):
    """Of a day."""

    EARLY = "early"
    NOON = "noon"
    LATE = "late"


PARTS = {
    **dict.fromkeys(
        ("früh", "frueh", "morgens", "vormittag", "vormittags", "morning", "forenoon"), Part.EARLY
    ),
    **dict.fromkeys(("mittag", "mittags", "noon", "midday"), Part.NOON),
    **dict.fromkeys(("nachmittag", "nachmittags", "abend", "abends", "afternoon", "evening"), Part.LATE),
}
_HOURS = (
    *("eins one ein", "zwei two", "drei three", "vier four", "fünf five fuenf", "sechs six", "sieben seven"),
    *("acht eight", "neun nine", "zehn ten", "elf eleven", "zwölf twelve zwoelf"),
    *("dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn", "zwanzig"),
    *("einundzwanzig", "zweiundzwanzig"),
)
HOURS = {name: number for number, names in enumerate(_HOURS, 1) for name in names.split()}
QUARTERS = {  # minutes from the full hour
    **dict.fromkeys(("viertel vor", "quarter to", "dreiviertel", "drei viertel"), -15),
    **dict.fromkeys(("viertel nach", "quarter past"), 15),
    "viertel": -45,  # in the east and south
    "halb": -30,
    "half past": 30,
    "half": 30,
}
FEW = {"fünf": 5, "zehn": 10, "zwanzig": 20, "five": 5, "ten": 10, "twenty": 20}
MINUTES = {
    "fünfzehn": 15,
    "dreissig": 30,
    "fünfundvierzig": 45,
    "fifteen": 15,
    "thirty": 30,
    "forty-five": 45,
    **FEW,
}
OFFICE_OPENS = 7  # “um drei” is 15:00, “um sieben” 7:00

_NUMBER = "|".join(HOURS)
_HALF = r"(?: ?(am|pm)\b)?"
_PART = re.compile(rf"\b(?:{'|'.join(PARTS)})\b")
_GLUED = re.compile(r"(?<=tag|och)(?=(?:vor|nach)?mittags?\b|abends?\b|morgens?\b)")  # Freitagabend
_MORNING = re.compile(r"(?<=tag|och|end|ute|day) morgen\b")  # “Freitag morgen” is no tomorrow
_FEW = re.compile(
    rf"\b(5|10|20|fünf|zehn|zwanzig|five|ten|twenty)(?: minuten| minutes)? (vor|nach|past) (halb )?"
    rf"(\d{{1,2}}|{_NUMBER})\b(?: uhr\b)?{_HALF}"
)
_QUARTER = re.compile(rf"\b({'|'.join(QUARTERS)}) (\d{{1,2}}|{_NUMBER})\b(?: uhr\b)?{_HALF}")
_AFTER_WORD = re.compile(
    rf"\b(um|ab|von|gegen|bis|at|from|to|until|till) ({_NUMBER})\b"
    rf"(?! [a-z]*(?:tag|woche|day|week))(?: uhr\b)?{_HALF}"
)
_MONTH = "jan|feb|mär|mae|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec"
_NO_DATE = rf"(?![\d.:/]| ?(?:{_MONTH}))"
_WITH_MINUTES = re.compile(
    rf"\b({_NUMBER})(?: uhr |[ -])({'|'.join(MINUTES)}|[0-5]\d{_NO_DATE})\b(?: uhr\b)?{_HALF}"
)
_UHR_MINUTES = re.compile(rf"(?<=\d uhr )({'|'.join(MINUTES)})\b")
_BEFORE_WORD = re.compile(rf"\b({_NUMBER})(?= uhr\b| ?-| (?:bis|to|until|till) )")
_MINUTES = re.compile(rf"(?<![\d.:])(\d{{1,2}}) ?(?:uhr|h) ?([0-5]\d){_NO_DATE}")
FOUR_DIGITS = re.compile(r"(?<![\d.:/])([01]\d|2[0-3])([0-5]\d)(?![\d.:/])")
_FOUR_WITH_WORD = re.compile(rf"{FOUR_DIGITS.pattern}(?= ?(?:uhr|h)\b)")


def take_part(words: str) -> tuple[Part | None, str]:
    """The part of the day that is named, and the words without it."""
    words = _MORNING.sub(" früh", _GLUED.sub(" ", words.replace("tonight", "today evening")))
    found = _PART.search(words)
    if found is None:
        return None, words
    return PARTS[found[0]], f"{words[: found.start()]} {words[found.end() :]}"


def in_digits(words: str, part: Part | None) -> str:
    def quarter(found: "re.Match[str]") -> str:
        return _clock(_hour(found[2]) * 60 + QUARTERS[found[1]], part, found[3])

    def few(found: "re.Match[str]") -> str:
        minutes = FEW[found[1]] if found[1] in FEW else int(found[1])
        minutes *= -1 if found[2] == "vor" else 1
        return _clock(_hour(found[4]) * 60 + minutes - (30 if found[3] else 0), part, found[5])

    def with_minutes(found: "re.Match[str]") -> str:
        minutes = MINUTES[found[2]] if found[2] in MINUTES else int(found[2])
        return _clock(HOURS[found[1]] * 60 + minutes, part, found[3])

    words = _UHR_MINUTES.sub(lambda found: str(MINUTES[found[1]]), words)
    words = _WITH_MINUTES.sub(with_minutes, words)
    words = _QUARTER.sub(quarter, _FEW.sub(few, words))
    words = _AFTER_WORD.sub(lambda found: f"{found[1]} {_clock(HOURS[found[2]] * 60, part, found[3])}", words)
    words = _BEFORE_WORD.sub(lambda found: _clock(HOURS[found[1]] * 60, part), words)
    return _FOUR_WITH_WORD.sub(r"\1:\2", _MINUTES.sub(r"\1:\2", words))


def _hour(text: str) -> int:
    return int(text) if text.isdigit() else HOURS[text]


def _clock(minutes: int, part: Part | None, half: str | None = None) -> str:
    hour, minute = divmod(minutes, 60)
    hour = hour or 12  # “halb eins” is half an hour after noon
    if hour <= 12:  # on the face of a clock
        if half:
            part = Part.LATE if half == "pm" else Part.EARLY
        hour = later(hour, part) if part else hour + 12 * (hour < OFFICE_OPENS)
    return f"{hour}:{minute:02}"


def later(hour: int, part: Part | None) -> int:
    """An hour as a part of the day means it: in the afternoon 3 is 15."""
    is_later = part is Part.LATE or (part is Part.NOON and hour < OFFICE_OPENS)
    return hour + 12 if is_later and 0 < hour < 12 else hour  # noon
