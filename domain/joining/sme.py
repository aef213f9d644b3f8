"""Is an organisation a small or medium-sized enterprise? An interview that asks only what decides next.

Sources: the annex to Commission Recommendation 2003/361/EC (OJ L 124, 20.5.2003, p. 36; "article" below is
one of its articles), and Commission Recommendation (EU) 2025/1099 on small mid-cap enterprises.
Answers are size classes, not figures, and are not kept: a `Verdict` says by itself what was decided and why.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TypeVar


class Outcome(StrEnum):
    SME = "yes"
    MID_CAP = "mid_cap"
    NOT_SME = "no"
    UNCLEAR = "unclear"  # a person answers


class Rule(StrEnum):
    """What decided; articles are those of the annex to 2003/361/EC."""

    CEILINGS = "2003/361/EC Art. 2(1)"
    EXCEPTED_OWNERS = "2003/361/EC Art. 3(2)"
    TIES = "2003/361/EC Art. 3(1)-(3)"
    PUBLIC_OWNERS = "2003/361/EC Art. 3(4)"
    LAST_ACCOUNTS = "2003/361/EC Art. 4(1)"
    TWO_YEARS = "2003/361/EC Art. 4(2)"
    HEADCOUNT = "2003/361/EC Art. 5"
    FIGURES_OF_OTHERS = "2003/361/EC Art. 6(2)"
    MID_CAP = "(EU) 2025/1099 annex"


class Reason(StrEnum):
    """Why, for the screens to put into words."""

    WITHIN_CEILINGS = "within_ceilings"
    WITHIN_MID_CAP = "within_mid_cap"
    TOO_MANY_STAFF = "too_many_staff"
    TOO_MUCH_MONEY = "too_much_money"  # turnover and balance sheet are both above
    PUBLIC_OWNER = "public_owner"
    STATUS_KEPT = "status_kept"  # one year on the other side of a ceiling changes nothing
    STAFF_UNSURE = "staff_unsure"
    MONEY_UNSURE = "money_unsure"
    PUBLIC_UNSURE = "public_unsure"
    OWNERSHIP_UNSURE = "ownership_unsure"
    OTHERS_NOT_COUNTED = "others_not_counted"
    EXCEPTED_AND_LINKED = "excepted_and_linked"
    YEARS_UNSURE = "years_unsure"
    BEFORE_UNSURE = "before_unsure"
    UNFINISHED = "unfinished"


@dataclass(frozen=True)
class Verdict:
    outcome: Outcome
    rule: Rule
    reason_key: Reason


class Key(StrEnum):
    """What is asked, under the name an answer is stored by."""

    STAFF = "staff"
    PUBLIC = "public"
    TURNOVER = "turnover"
    BALANCE = "balance"
    OWNERSHIP = "ownership"
    COUNTED = "counted"
    YEARS = "years"
    BEFORE = "before"


class Staff(StrEnum):
    """Annual work units of the last approved accounts, not heads (article 5).

    Full-time for the whole year is 1, part-time and seasonal work count pro rata; working owners count,
    apprentices and people on parental leave do not.
    """

    UNDER_10 = "under_10"
    FROM_10 = "10_49"
    FROM_50 = "50_249"
    FROM_250 = "250_749"
    FROM_750 = "750_plus"
    NOT_SURE = "not_sure"


class Turnover(StrEnum):
    """Of the last approved accounts, in millions of EUR without VAT (article 4(1)); "up to" includes."""

    UP_TO_2 = "up_to_2"
    UP_TO_10 = "up_to_10"
    UP_TO_50 = "up_to_50"
    UP_TO_150 = "up_to_150"
    MORE = "more"
    NOT_SURE = "not_sure"


class Balance(StrEnum):
    """The balance sheet's total of the last approved accounts, in millions of EUR."""

    UP_TO_2 = "up_to_2"
    UP_TO_10 = "up_to_10"
    UP_TO_43 = "up_to_43"
    UP_TO_129 = "up_to_129"
    MORE = "more"
    NOT_SURE = "not_sure"


class Public(StrEnum):
    """Whether public bodies hold 25 % or more of the capital or the votes, directly or not (article 3(4)).

    EXCEPTED are the owners of article 3(2): public investment corporations, universities and non-profit
    research centres, institutional investors and regional development funds, autonomous local authorities
    with a yearly budget under 10 million EUR and fewer than 5,000 inhabitants.
    """

    NO = "no"
    YES = "yes"
    EXCEPTED = "excepted"
    NOT_SURE = "not_sure"


class Ownership(StrEnum):
    """The closest tie to another enterprise, in either direction, by capital or votes (article 3(1)-(3))."""

    INDEPENDENT = "independent"  # under 25 %
    PARTNER = "partner"  # 25 to 50 %
    LINKED = "linked"  # over 50 %, or control by contract
    NOT_SURE = "not_sure"


class Counted(StrEnum):
    """Whether the figures include the others': partners' pro rata, linked ones' in full (article 6(2))."""

    YES = "yes"
    NO = "no"
    NOT_SURE = "not_sure"


class Years(StrEnum):
    """For how many accounting periods in a row the enterprise has been of this size (article 4(2))."""

    BOTH = "both"
    LAST_ONLY = "last_only"
    NEW = "new"  # no accounts of two years yet: an estimate in good faith counts (article 4(3))
    NOT_SURE = "not_sure"


class Before(StrEnum):
    """What the enterprise was until the last accounts."""

    SME = "sme"
    MID_CAP = "mid_cap"
    LARGER = "larger"
    NOT_SURE = "not_sure"


class Help(StrEnum):
    """What a question has to explain; the docstring of its options says it in full."""

    WORK_UNITS = "work_units"  # apprentices are not counted, part-time pro rata
    PUBLIC_BODIES = "public_bodies"
    LAST_ACCOUNTS = "last_accounts"
    TIES = "ties"
    COUNTING_OTHERS = "counting_others"
    TWO_YEARS = "two_years"


@dataclass(frozen=True)
class Question:
    key: Key
    options: tuple[str, ...]
    help_key: Help
    rule: Rule


QUESTIONS = {
    question.key: question
    for question in (
        Question(Key.STAFF, tuple(Staff), Help.WORK_UNITS, Rule.HEADCOUNT),
        Question(Key.PUBLIC, tuple(Public), Help.PUBLIC_BODIES, Rule.PUBLIC_OWNERS),
        Question(Key.TURNOVER, tuple(Turnover), Help.LAST_ACCOUNTS, Rule.LAST_ACCOUNTS),
        Question(Key.BALANCE, tuple(Balance), Help.LAST_ACCOUNTS, Rule.LAST_ACCOUNTS),
        Question(Key.OWNERSHIP, tuple(Ownership), Help.TIES, Rule.TIES),
        Question(Key.COUNTED, tuple(Counted), Help.COUNTING_OTHERS, Rule.FIGURES_OF_OTHERS),
        Question(Key.YEARS, tuple(Years), Help.TWO_YEARS, Rule.TWO_YEARS),
        Question(Key.BEFORE, tuple(Before), Help.TWO_YEARS, Rule.TWO_YEARS),
    )
}


def next_question(answers: Mapping[str, str]) -> Question | None:
    """What decides next, None when all is decided. An answer that is no option counts as not given."""
    given = _Given(answers)
    step = _walk(given)
    if isinstance(step, Verdict):
        return None
    question = QUESTIONS[step]
    if step is not Key.BEFORE:
        return question
    now = _STATUS[given.size.low]
    return Question(step, tuple(o for o in question.options if o != now), question.help_key, question.rule)


def judge(answers: Mapping[str, str]) -> Verdict:
    """Answers that the interview would not ask for (any more) do not count."""
    step = _walk(_Given(answers))
    if isinstance(step, Verdict):
        return step
    return Verdict(Outcome.UNCLEAR, QUESTIONS[step].rule, Reason.UNFINISHED)


class _Size(IntEnum):
    SME = (
        0  # under 250 work units, and 50 million EUR turnover or 43 million EUR balance sheet (article 2(1))
    )
    MID_CAP = 1  # under 750, and 150 or 129 million EUR (2025/1099)
    LARGER = 2


_SIZES: dict[str, _Size] = {
    **dict.fromkeys((Staff.UNDER_10, Staff.FROM_10, Staff.FROM_50), _Size.SME),
    Staff.FROM_250: _Size.MID_CAP,
    Staff.FROM_750: _Size.LARGER,
    **dict.fromkeys((Turnover.UP_TO_2, Turnover.UP_TO_10, Turnover.UP_TO_50, Balance.UP_TO_43), _Size.SME),
    **dict.fromkeys((Turnover.UP_TO_150, Balance.UP_TO_129), _Size.MID_CAP),
    Turnover.MORE: _Size.LARGER,  # and Balance.MORE, which is the same word
}
_STATUS = {_Size.SME: Before.SME, _Size.MID_CAP: Before.MID_CAP, _Size.LARGER: Before.LARGER}
_KEPT = {
    Before.SME: Outcome.SME,
    Before.MID_CAP: Outcome.MID_CAP,
    Before.LARGER: Outcome.NOT_SME,
}


@dataclass(frozen=True)
class _Span:
    """What a size can be as far as is known."""

    low: _Size
    high: _Size

    @property
    def is_settled(self) -> bool:
        return self.low is self.high


def _span(answer: str | None) -> _Span:
    if answer is None or answer not in _SIZES:
        return _Span(_Size.SME, _Size.LARGER)
    return _Span(_SIZES[answer], _SIZES[answer])


_Option = TypeVar("_Option", bound=StrEnum)


def _read(answers: Mapping[str, str], key: Key, options: type[_Option]) -> _Option | None:
    try:
        return options(answers[key])
    except (KeyError, ValueError):
        return None


class _Given:
    """The answers as far as they are given."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.staff = _read(answers, Key.STAFF, Staff)
        self.public = _read(answers, Key.PUBLIC, Public)
        self.turnover = _read(answers, Key.TURNOVER, Turnover)
        self.balance = _read(answers, Key.BALANCE, Balance)
        self.ownership = _read(answers, Key.OWNERSHIP, Ownership)
        self.counted = _read(answers, Key.COUNTED, Counted)
        self.years = _read(answers, Key.YEARS, Years)
        self.before = _read(answers, Key.BEFORE, Before)

    @property
    def size(self) -> _Span:
        """Staff, and the better of turnover and balance sheet: one of the two may exceed its ceiling."""
        staff, turnover, balance = map(_span, (self.staff, self.turnover, self.balance))
        low = max(staff.low, min(turnover.low, balance.low))
        return _Span(low, max(staff.high, min(turnover.high, balance.high)))

    @property
    def is_small(self) -> bool:
        """Under 50 work units, and 10 million EUR turnover or balance sheet (article 2(2))."""
        little_turnover = self.turnover in (Turnover.UP_TO_2, Turnover.UP_TO_10)
        little_balance = self.balance in (Balance.UP_TO_2, Balance.UP_TO_10)
        return self.staff in (Staff.UNDER_10, Staff.FROM_10) and (little_turnover or little_balance)


def _walk(given: _Given) -> Key | Verdict:
    """Along the interview to the first question without an answer, or to the end."""
    if given.staff is None:
        return Key.STAFF
    if given.staff is not Staff.FROM_750:
        step = _ask_public(given) or _ask_money(given)
        if step:
            return step
    if given.size.low is not _Size.LARGER:
        step = _ask_ties(given)
        if step:
            return step
    return _ask_years(given)


def _ask_public(given: _Given) -> Key | Verdict | None:
    if given.public is None:
        return Key.PUBLIC
    if given.public is Public.YES:
        return Verdict(Outcome.NOT_SME, Rule.PUBLIC_OWNERS, Reason.PUBLIC_OWNER)
    return None


def _ask_money(given: _Given) -> Key | Verdict | None:
    """Unsure of staff or owners, only turnover and balance sheet both above every ceiling still decide."""
    if given.turnover is None:
        return Key.TURNOVER
    can_only_be_larger = Staff.NOT_SURE is given.staff or Public.NOT_SURE is given.public
    helps = given.turnover is Turnover.MORE if can_only_be_larger else not given.size.is_settled
    if given.balance is None and helps:
        return Key.BALANCE
    return None if given.size.low is _Size.LARGER else _missing_figure(given)


def _missing_figure(given: _Given) -> Verdict | None:
    if given.staff is Staff.NOT_SURE:
        return _unclear(Rule.HEADCOUNT, Reason.STAFF_UNSURE)
    if given.public is Public.NOT_SURE:
        return _unclear(Rule.PUBLIC_OWNERS, Reason.PUBLIC_UNSURE)
    return None if given.size.is_settled else _unclear(Rule.CEILINGS, Reason.MONEY_UNSURE)


def _ask_ties(given: _Given) -> Key | Verdict | None:
    """An excepted owner must not be linked (article 3(2)); whether it is, a person finds out."""
    if given.ownership is None:
        return Key.OWNERSHIP
    if given.ownership is Ownership.INDEPENDENT:
        return None
    if given.ownership is Ownership.NOT_SURE:
        return _unclear(Rule.TIES, Reason.OWNERSHIP_UNSURE)
    if given.ownership is Ownership.LINKED and given.public is Public.EXCEPTED:
        return _unclear(Rule.EXCEPTED_OWNERS, Reason.EXCEPTED_AND_LINKED)
    if given.counted in (Counted.NO, Counted.NOT_SURE):
        return _unclear(Rule.FIGURES_OF_OTHERS, Reason.OTHERS_NOT_COUNTED)
    return None if given.counted else Key.COUNTED


def _ask_years(given: _Given) -> Key | Verdict:
    """Small enterprises are not asked: to shrink to them from above the ceilings in one year takes a sale or
    a split, and after a change of owners the two years do not count (the Commission's User Guide to the SME
    definition).
    """
    if given.is_small or given.years in (Years.BOTH, Years.NEW):
        return _by_size(given)
    if given.years is None:
        return Key.YEARS
    if given.years is Years.NOT_SURE:
        return _unclear(Rule.TWO_YEARS, Reason.YEARS_UNSURE)
    return _ask_before(given)


def _ask_before(given: _Given) -> Key | Verdict:
    if given.public is Public.NOT_SURE:
        return _unclear(Rule.PUBLIC_OWNERS, Reason.PUBLIC_UNSURE)
    if given.before is None:
        return Key.BEFORE
    if given.before is Before.NOT_SURE:
        return _unclear(Rule.TWO_YEARS, Reason.BEFORE_UNSURE)
    kept = Verdict(_KEPT[given.before], Rule.TWO_YEARS, Reason.STATUS_KEPT)
    return kept if given.before is Before.LARGER else _ask_public(given) or kept


def _by_size(given: _Given) -> Verdict:
    if given.size.low is _Size.SME:
        return Verdict(Outcome.SME, Rule.CEILINGS, Reason.WITHIN_CEILINGS)
    if given.size.low is _Size.MID_CAP:
        return Verdict(Outcome.MID_CAP, Rule.MID_CAP, Reason.WITHIN_MID_CAP)
    reason = Reason.TOO_MANY_STAFF if given.staff is Staff.FROM_750 else Reason.TOO_MUCH_MONEY
    return Verdict(Outcome.NOT_SME, Rule.CEILINGS, reason)


def _unclear(rule: Rule, reason: Reason) -> Verdict:
    return Verdict(Outcome.UNCLEAR, rule, reason)
