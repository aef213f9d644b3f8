"""Does a typed organisation name mean one that is known? Compares names and knows no register.

Words differ in what they tell: a family name decides, a trade ("Bäckerei") tells less, a place or "am" hardly
anything. A word that only one name has is forgiven; words that stand against each other are not.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

# Of 178 pairs (`python -m benchmarks.names`) 0.75 finds 91 % of those that are the same, and 98 % of its
# finds are right; 0.65 finds no more, 0.80 finds 86 %. A find leads to a question, a miss to a duplicate.
LIKELY = 0.75
DECIDES, TRADE, TELLS_LITTLE = 1.0, 0.4, 0.1  # what a word weighs
MOST_COMMAS = 5  # in one name
_AND = re.compile(r"(?i)(?<!\S)(?:und|and|sowie|&|u\.)(?!\S)")
SPARE = 0.33  # of a word's weight is lost where the other name has no such word

_UMLAUTS = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ø": "oe",
        "æ": "ae",
        "œ": "oe",
        "ł": "l",
        "ı": "i",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ŧ": "t",
    }
)
_APOSTROPHES = re.compile(r"['’‘´`]")
_OWNER = re.compile(r"\b(?:inh|inhaber|inhaberin)\b.*")  # and all that follows
_SPACED_FORM = re.compile(r"(?<= e) (?=[gkv]\b)")
_INITIALS = re.compile(r"\b([^\W\d]) (?=[^\W\d]\b)")
_CUT_WORD = re.compile(r"\b(\w{2,})\.")  # begun at words, or each letter of a long one would be
_LEGAL_FORMS = re.compile(
    r"(?<=\S)(?: (?:g?gmbh|mbh|(?:gesellschaft )?mit beschraenkter haftung|ag|aktiengesellschaft|se|kgaa|kg"
    r"|ohg|gbr|ug|haftungsbeschraenkt|partg|partgmbb|mbb|e[gvk]|e kf[mr]|eingetragener verein|ltd|bv|nv|co"
    r"))+(?= |$)|^(?:g?gmbh|aktiengesellschaft)(?= )"
)
_ABBREVIATIONS = {
    "fa": "firma",
    "gebr": "gebrueder",
    "ges": "gesellschaft",
    "hs": "hochschule",
    "hwk": "handwerkskammer",
    "ihk": "industrie handelskammer",
    "ing": "ingenieur",
    "kh": "kreishandwerkerschaft",
    "nachf": "nachfolger",
    "st": "sankt",
    "sv": "sportverein",
    "tv": "turnverein",
    "vhs": "volkshochschule",
}
_FILLERS = frozenset({
    "am", "an", "auf", "bei", "beim", "das", "de", "dem", "den", "der", "des", "die", "for", "fuer", "im",
    "in", "mit", "of", "the", "u", "und", "vom", "von", "zu", "zum", "zur",
    "deutschland", "dipl", "dr", "firma", "germany", "gesellschaft", "nachfolger", "prof",
})  # fmt: skip
_TRADES = (
    "apotheke|architekt|autohaus|baeckerei|bank|bau|beratung|blumen|buero|cafe|chemie|consulting|dachdecker"
    "|druck|elektro|energie|fleischerei|foerderung|friseur|gaertnerei|gebrueder|gruppe|handel|handwerk|haustechnik"
    "|hausverwaltung|heizung|hochschule|holding|hotel|immobilien|industrie|ingenieur|kammer|kanzlei|kita|klinik"
    "|konditorei|logistik|maler|metzgerei|partner|praxis|produktion|rechtsanwael|restaurant|roesterei|sanitaer"
    "|schlosserei|schreinerei|schule|service|soehne|solutions|sparkasse|stadtwerke|steuerberat|systeme|technik"
    "|tischlerei|transport|umwelt|veredlung|verarbeitung|verein|verpackungen|versicherung|vertrieb|verwaltung"
    "|zentrum"
)
FEW, START = 40, 4  # names that share a beginning; its letters
_IS_TRADE = re.compile(rf"(?:{_TRADES}).{{0,4}}$|^(?:{_TRADES})")


@dataclass(frozen=True)
class _Name:
    text: str
    words: tuple[str, ...]
    cut: frozenset[str]  # words that ended in a full stop
    initials: str
    joined: str
    heads: frozenset[str]


def normalise(name: str) -> str:
    """The words that remain of a name, in lower case and plain letters, without legal forms and "und".

    A name of nothing but a legal form keeps it.
    """
    return _parse(name).text


def similarity(a: str, b: str, places: Collection[str] = ()) -> float:
    """From 0 (nothing in common) to 1 (the same). `places` tell little: the city, its parts, its region."""
    return _compare(_parse(a), _parse(b), _forms(tuple(places)))


def similar(name: str, known: Iterable[str], limit: int = 3, places: Collection[str] = ()) -> list[str]:
    """Those of `known` that are likely to mean `name`, best first; in the order given where they tie."""
    typed, forms = _parse(name), _forms(tuple(places))
    scores = ((_compare(typed, _parse(other), forms), other) for other in known)
    likely = sorted((pair for pair in scores if pair[0] >= LIKELY), key=lambda pair: -pair[0])
    return [other for _, other in likely[:limit]]


def alike(new: Iterable[str], known: Iterable[str], places: Collection[str] = ()) -> dict[str, str]:
    """Of the new names those that may mean a known one, or one before them in the same list.

    Only names that share the beginning of a word which few have are compared, so thousands take seconds.
    """
    by_start: dict[str, list[str]] = defaultdict(list)
    found: dict[str, str] = {}
    for name in known:
        for start in _starts(name):
            by_start[start].append(name)
    for name in new:
        near = [by_start[start] for start in _starts(name)]
        candidates = dict.fromkeys(other for some in near if len(some) <= FEW for other in some)
        likely = similar(name, candidates, limit=1, places=places)
        if likely:
            found[name] = likely[0]
        for some in near:
            some.append(name)
    return found


def _starts(name: str) -> set[str]:
    parsed = _parse(name)
    return {word[:START] for word in (*parsed.words, parsed.joined)}


def beginning(part: str, known: Iterable[str]) -> list[str]:
    """Those of `known` that begin with `part`; if none does, those of which a word begins with it."""
    wanted = normalise(part)
    names = {other: normalise(other) for other in known}
    first = [other for other, text in names.items() if text.startswith(wanted)]
    return first or [other for other, text in names.items() if f" {wanted}" in text]


def listed(typed: str, known: Iterable[str]) -> list[str]:
    """The names in a list with commas, semicolons, "and" or in lines.

    A comma of a known name parts nothing, and the longest counts: "Schmitz, Weber & Partner" is one of them.
    """
    texts, found = {normalise(name) for name in known}, []
    for line in re.split(r"[;\n]", typed):
        parts = [part for part in (piece.strip() for piece in line.split(",")) if part]
        while parts:
            joins = (", ".join(parts[:count]) for count in range(MOST_COMMAS + 1, 1, -1))
            name = next((join for join in joins if normalise(join) in texts), parts[0])
            del parts[: name.count(",") + 1]
            found.extend(_joined_by_and(name, texts))
    return found


def _joined_by_and(name: str, texts: Collection[str]) -> list[str]:
    """What an "and" joins, if all of it is known and the whole is not: "Alpha GmbH und Beta KG"."""
    parts = [part.strip() for part in _AND.split(name)]
    are_known = normalise(name) not in texts and all(normalise(part) in texts for part in parts)
    return parts if are_known else [name]


@lru_cache(maxsize=8)
def _forms(places: tuple[str, ...]) -> frozenset[str]:
    """In a name, Krefeld is "krefeld" or "krefelder"."""
    words = {word for place in places for word in _parse(place).words}
    return frozenset(word + ending for word in words for ending in ("", "er", "s"))


def fold(name: str) -> str:
    """In lower case and plain letters, as who searches may type it: "yildiz", "koenigs"."""
    text = unicodedata.normalize("NFC", name).casefold().translate(_UMLAUTS)
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _APOSTROPHES.sub("", text)


@lru_cache(maxsize=8192)  # a register's worth of names, each compared again and again
def _parse(name: str) -> _Name:
    folded = fold(name)
    text = " ".join(re.sub(r"[\W_]+", " ", folded).split()) or " ".join(name.split())
    spaced = _SPACED_FORM.sub("", _OWNER.sub("", text) or text)
    plain = _LEGAL_FORMS.sub("", _INITIALS.sub(r"\1", spaced)).strip() or text
    words = [word for part in plain.split() for word in _ABBREVIATIONS.get(part, part).split()]
    words = [word for word in words if word not in ("und", "u")] or words
    telling = [word for word in words if word not in _FILLERS]
    return _Name(
        " ".join(words),
        tuple(words),
        frozenset(_CUT_WORD.findall(folded)),
        "".join(word[0] for word in telling),
        "".join(telling),
        frozenset(word[0] for word in words),
    )


@lru_cache(maxsize=8192)
def _weight(word: str) -> float:
    if word in _FILLERS or (len(word) == 4 and word.isdigit()):  # a year of foundation
        return TELLS_LITTLE
    return TRADE if _IS_TRADE.search(word) else DECIDES


def _compare(one: _Name, other: _Name, places: frozenset[str]) -> float:
    if one.text == other.text:
        return 1.0
    if one.heads.isdisjoint(other.heads):  # most pairs of a register end here
        return 0.0
    if other.text < one.text:
        one, other = other, one  # so that the order of the two does not matter
    score = _by_words(one, other, places)
    if len(one.words) != len(other.words):
        score = max(score, _in_one_word(one, other))
    return score


def _by_words(one: _Name, other: _Name, places: frozenset[str]) -> float:
    """The weight that both have, of all the weight; words that stand against each other count twice."""
    left, right, pairs = _pair(one, other)
    common = total = 0.0
    for word, twin, likeness in pairs:
        weight = max(_weigh((word,), places), _weigh((twin,), places))
        common, total = common + likeness * weight, total + weight
    if not pairs:
        return 0.0
    clash = min(_weigh(left, places, TRADE), _weigh(right, places, TRADE))
    spare = abs(_weigh(left, places) - _weigh(right, places))
    return common / (total + 2 * clash + SPARE * spare)


def _weigh(words: Iterable[str], places: frozenset[str], place: float = TELLS_LITTLE) -> float:
    """Two places against each other tell as much as two trades."""
    return sum(place if word in places else _weight(word) for word in words)


def _pair(one: _Name, other: _Name) -> tuple[list[str], list[str], list[tuple[str, str, float]]]:
    """What is left of either name, and which words are one, and how surely: equal before similar ones."""
    left, right, pairs = [], list(other.words), []
    for word in one.words:
        if word in right:
            right.remove(word)
            pairs.append((word, word, 1.0))
        else:
            left.append(word)
    cut = one.cut | other.cut
    for word in tuple(left):
        near = [twin for twin in right if twin[0] == word[0] or twin.endswith(word) or word.endswith(twin)]
        likeness, twin = max(((_alike(word, twin, cut), twin) for twin in near), default=(0.0, ""))
        if likeness:
            left.remove(word)
            right.remove(twin)
            pairs.append((word, twin, likeness))
    return left, right, pairs


def _alike(a: str, b: str, cut: frozenset[str]) -> float:
    """Two different words that can be one: mistyped, cut short, compounded, or two forms of one trade."""
    short, long = sorted((a, b), key=len)
    if short in cut and long.startswith(short):
        return 0.95
    if long.startswith(short) and len(short) > 5 and len(long) - len(short) > 3:
        return 0.85
    if _weight(short) == _weight(long) == TRADE and _same_trade(short, long):
        return 0.85
    return _mistyped(short, long)


def _same_trade(short: str, long: str) -> bool:
    """Druck and Druckerei, Praxis and Zahnarztpraxis, Steuerberater and Steuerberatung."""
    return long.startswith(short) or long.endswith(short) or short[:-3] == long[: len(short) - 3]


def _mistyped(short: str, long: str) -> float:
    """One slip in a word of four letters or more, two from nine on, not in the first letter.

    In a short word another letter makes another name (Meier, Meyer); a missing or swapped one does not.
    """
    most = 1 if len(long) < 9 else 2
    if len(long) < 4 or short[0] != long[0]:
        return 0.0
    slips = OSA.distance(short, long, score_cutoff=most)
    is_other_letter = len(short) == len(long) < 9 and sorted(short) != sorted(long)
    return 0.0 if slips > most or is_other_letter else 1 - slips / 10


def _in_one_word(one: _Name, other: _Name) -> float:
    """Schmitz Druck and Schmitzdruck; an abbreviation and the words whose initials it is."""
    if one.text == other.initials or other.text == one.initials:
        return 0.85 if min(len(one.text), len(other.text)) > 2 else 0.0
    slips = OSA.distance(one.joined, other.joined, score_cutoff=1)
    return 0.95 - slips / 10 if slips < 2 and min(len(one.joined), len(other.joined)) > 7 else 0.0
