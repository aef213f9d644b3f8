"""The SME check: cases with their verdicts, and what holds of every interview."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.joining.sme import (
    QUESTIONS,
    Help,
    Key,
    Outcome,
    Question,
    Reason,
    Rule,
    Verdict,
    judge,
    next_question,
)

SME, MID_CAP, NOT_SME, UNCLEAR = Outcome.SME, Outcome.MID_CAP, Outcome.NOT_SME, Outcome.UNCLEAR

ASKED = {  # the words of the table below, question by question
    Key.STAFF: ("under_10", "10_49", "50_249", "250_749", "750_plus"),
    Key.PUBLIC: ("private", "public", "excepted"),
    Key.TURNOVER: (),
    Key.BALANCE: (),
    Key.OWNERSHIP: ("independent", "partner", "linked"),
    Key.COUNTED: ("counted", "not_counted"),
    Key.YEARS: ("both", "last_only", "new"),
    Key.BEFORE: ("was_sme", "was_mid_cap", "was_larger"),
}
OPTION = {
    "private": "no",
    "public": "yes",
    "counted": "yes",
    "not_counted": "no",
    "was_sme": "sme",
    "was_mid_cap": "mid_cap",
    "was_larger": "larger",
}


def case(story: str) -> dict[str, str]:
    """`10_49 private turnover:up_to_2 public?`: an answer each; `public?` is "not sure"."""
    answers: dict[str, str] = {}
    for word in story.split():
        if word.endswith("?"):
            answers[Key(word[:-1])] = "not_sure"
        elif ":" in word:
            key, _, option = word.partition(":")
            answers[Key(key)] = option
        else:
            answers[next(key for key, words in ASKED.items() if word in words)] = OPTION.get(word, word)
    return answers


CEILINGS, CAP, YEARS = Rule.CEILINGS, Rule.MID_CAP, Rule.TWO_YEARS
WITHIN = (SME, CEILINGS, Reason.WITHIN_CEILINGS)
WITHIN_CAP = (MID_CAP, CAP, Reason.WITHIN_MID_CAP)
TOO_MANY = (NOT_SME, CEILINGS, Reason.TOO_MANY_STAFF)
TOO_MUCH = (NOT_SME, CEILINGS, Reason.TOO_MUCH_MONEY)
PUBLIC = (NOT_SME, Rule.PUBLIC_OWNERS, Reason.PUBLIC_OWNER)
NO_STAFF = (UNCLEAR, Rule.HEADCOUNT, Reason.STAFF_UNSURE)
NO_MONEY = (UNCLEAR, CEILINGS, Reason.MONEY_UNSURE)
NO_PUBLIC = (UNCLEAR, Rule.PUBLIC_OWNERS, Reason.PUBLIC_UNSURE)
NO_TIES = (UNCLEAR, Rule.TIES, Reason.OWNERSHIP_UNSURE)
NO_OTHERS = (UNCLEAR, Rule.FIGURES_OF_OTHERS, Reason.OTHERS_NOT_COUNTED)
NO_YEARS = (UNCLEAR, YEARS, Reason.YEARS_UNSURE)
NO_BEFORE = (UNCLEAR, YEARS, Reason.BEFORE_UNSURE)

CASES = {
    "a baker of four is asked four things": (
        "under_10 private turnover:up_to_2 independent", WITHIN),
    "a workshop of thirty is asked four things": (
        "10_49 private turnover:up_to_10 independent", WITHIN),
    "a small trader with much turnover and a little balance sheet": (
        "10_49 private turnover:more balance:up_to_10 independent", WITHIN),
    "a small firm of middling turnover is asked about the years": (
        "10_49 private turnover:up_to_50 independent both", WITHIN),
    "a medium firm": ("50_249 private turnover:up_to_50 independent both", WITHIN),
    "a medium firm of little turnover": ("50_249 private turnover:up_to_2 independent both", WITHIN),
    "turnover is above, the balance sheet is not": (
        "50_249 private turnover:up_to_150 balance:up_to_43 independent both", WITHIN),
    "turnover is far above, the balance sheet is not": (
        "50_249 private turnover:more balance:up_to_43 independent both", WITHIN),
    "a young firm goes by its estimate": ("50_249 private turnover:up_to_50 independent new", WITHIN),
    "a balance sheet within settles an unsure turnover": (
        "50_249 private turnover? balance:up_to_43 independent both", WITHIN),
    "partners are counted in": (
        "50_249 private turnover:up_to_50 partner counted both", WITHIN),
    "a small group is counted in": (
        "10_49 private turnover:up_to_2 linked counted", WITHIN),
    "a university holds a third": ("50_249 excepted turnover:up_to_50 independent both", WITHIN),
    "a university and a partner, counted in": (
        "10_49 excepted turnover:up_to_2 partner counted", WITHIN),
    "too many staff, little money": (
        "250_749 private turnover:up_to_10 independent both", WITHIN_CAP),
    "few staff, turnover and balance sheet above": (
        "50_249 private turnover:up_to_150 balance:up_to_129 independent both", WITHIN_CAP),
    "few staff, turnover above, balance sheet far above": (
        "50_249 private turnover:up_to_150 balance:more independent both", WITHIN_CAP),
    "few staff, turnover far above, balance sheet above": (
        "under_10 private turnover:more balance:up_to_129 independent both", WITHIN_CAP),
    "a mid-cap by all it has": (
        "250_749 private turnover:up_to_150 independent both", WITHIN_CAP),
    "a mid-cap whose balance sheet settles an unsure turnover": (
        "250_749 private turnover? balance:up_to_129 independent both", WITHIN_CAP),
    "a mid-cap with its group counted in": (
        "250_749 private turnover:up_to_150 linked counted both", WITHIN_CAP),
    "a young mid-cap": ("250_749 private turnover:up_to_50 independent new", WITHIN_CAP),
    "750 work units decide at once": ("750_plus both", TOO_MANY),
    "a young firm of 750": ("750_plus new", TOO_MANY),
    "both figures far above decide for a firm of five": (
        "under_10 private turnover:more balance:more both", TOO_MUCH),
    "both figures far above decide for a mid-cap's staff": (
        "250_749 private turnover:more balance:more both", TOO_MUCH),
    "both figures far above decide without the staff": (
        "staff? private turnover:more balance:more both", TOO_MUCH),
    "both figures far above decide without the owners": (
        "50_249 public? turnover:more balance:more both", TOO_MUCH),
    "the city holds a quarter of a workshop": ("10_49 public", PUBLIC),
    "the city holds a quarter of a mid-cap": ("250_749 public", PUBLIC),
    "the city holds a quarter, staff unknown": ("staff? public", PUBLIC),
    "an SME grew last year only": (
        "250_749 private turnover:up_to_50 independent last_only was_sme",
        (SME, YEARS, Reason.STATUS_KEPT)),
    "a mid-cap shrank last year only": (
        "50_249 private turnover:up_to_50 independent last_only was_mid_cap",
        (MID_CAP, YEARS, Reason.STATUS_KEPT)),
    "a large firm shrank last year only": (
        "50_249 private turnover:up_to_50 independent last_only was_larger",
        (NOT_SME, YEARS, Reason.STATUS_KEPT)),
    "a large firm shrank to a mid-cap last year only": (
        "250_749 private turnover:up_to_50 independent last_only was_larger",
        (NOT_SME, YEARS, Reason.STATUS_KEPT)),
    "a mid-cap passed 750 last year only": (
        "750_plus last_only was_mid_cap private", (MID_CAP, YEARS, Reason.STATUS_KEPT)),
    "an SME passed 750 last year only": (
        "750_plus last_only was_sme private", (SME, YEARS, Reason.STATUS_KEPT)),
    "an SME passed 750 last year only, a university holds a third": (
        "750_plus last_only was_sme excepted", (SME, YEARS, Reason.STATUS_KEPT)),
    "an SME passed 750 last year only, and belongs to the city": (
        "750_plus last_only was_sme public", PUBLIC),
    "an SME passed 750 last year only, owners unknown": (
        "750_plus last_only was_sme public?", NO_PUBLIC),
    "an SME's figures went far above last year only": (
        "50_249 private turnover:more balance:more last_only was_sme",
        (SME, YEARS, Reason.STATUS_KEPT)),
    "staff unknown": ("staff? private turnover:up_to_50", NO_STAFF),
    "staff unknown, and one figure is not far above": (
        "staff? private turnover:more balance:up_to_129", NO_STAFF),
    "staff and owners unknown": ("staff? public? turnover:up_to_2", NO_STAFF),
    "owners unknown": ("under_10 public? turnover:up_to_2", NO_PUBLIC),
    "owners unknown, and a turnover unknown": ("under_10 public? turnover?", NO_PUBLIC),
    "owners unknown, and far above last year only": (
        "50_249 public? turnover:more balance:more last_only", NO_PUBLIC),
    "both figures unknown": ("50_249 private turnover? balance?", NO_MONEY),
    "turnover above, balance sheet unknown": (
        "50_249 private turnover:up_to_150 balance?", NO_MONEY),
    "turnover unknown, balance sheet above": (
        "10_49 private turnover? balance:up_to_129", NO_MONEY),
    "turnover unknown, balance sheet far above, with a mid-cap's staff": (
        "250_749 private turnover? balance:more", NO_MONEY),
    "ties unknown": ("under_10 private turnover:up_to_2 ownership?", NO_TIES),
    "ties of a mid-cap unknown": ("250_749 private turnover:up_to_2 ownership?", NO_TIES),
    "a partner is not counted in": (
        "under_10 private turnover:up_to_2 partner not_counted", NO_OTHERS),
    "a group is not counted in": ("50_249 private turnover:up_to_2 linked not_counted", NO_OTHERS),
    "whether the group is counted in is unknown": (
        "50_249 private turnover:up_to_2 linked counted?", NO_OTHERS),
    "a university holds a third, and there is a group": (
        "under_10 excepted turnover:up_to_2 linked",
        (UNCLEAR, Rule.EXCEPTED_OWNERS, Reason.EXCEPTED_AND_LINKED)),
    "the year before is unknown": ("50_249 private turnover:up_to_50 independent years?", NO_YEARS),
    "the year before is unknown at 750": ("750_plus years?", NO_YEARS),
    "the status before is unknown": (
        "50_249 private turnover:up_to_50 independent last_only before?", NO_BEFORE),
    "the status before is unknown at 750": ("750_plus last_only before?", NO_BEFORE),
}  # fmt: skip


@pytest.mark.parametrize(("story", "verdict"), CASES.values(), ids=CASES)
def test_interview_asks_what_the_case_says_and_judges(
    story: str, verdict: tuple[Outcome, Rule, Reason]
) -> None:
    answers = case(story)
    asked: dict[str, str] = {}
    while question := next_question(asked):
        assert question.key in answers, f"{question.key} is asked, too"
        asked[question.key] = answers[question.key]
    assert asked == answers, "and nothing less"
    assert judge(asked) == Verdict(*verdict)


def test_there_are_cases_for_every_reason_and_rule() -> None:
    verdicts = [judge(case(story)) for story, _ in CASES.values()]
    assert {verdict.reason_key for verdict in verdicts} == set(Reason) - {Reason.UNFINISHED}
    assert {verdict.rule for verdict in verdicts} == set(Rule) - {Rule.LAST_ACCOUNTS}


@dataclass(frozen=True)
class Branch:
    """An interview so far, with the question that comes next and what may come of it; None at its end."""

    answers: dict[str, str]
    question: Question | None
    reachable: frozenset[Outcome]
    next: tuple["Branch", ...]

    def walk(self) -> Iterator["Branch"]:
        yield self
        for branch in self.next:
            yield from branch.walk()


def grow(answers: dict[str, str]) -> Branch:
    question = next_question(answers)
    if question is None:
        return Branch(answers, None, frozenset({judge(answers).outcome}), ())
    branches = tuple(grow({**answers, question.key: option}) for option in question.options)
    return Branch(answers, question, frozenset().union(*(branch.reachable for branch in branches)), branches)


@cache
def interviews() -> tuple[Branch, ...]:
    return tuple(grow({}).walk())


def test_every_interview_ends_within_eight_questions() -> None:
    assert max(len(branch.answers) for branch in interviews()) == 8


def test_every_question_can_change_the_outcome() -> None:
    for branch in interviews():
        if branch.question:
            steps = {(after.reachable, after.question and after.question.key) for after in branch.next}
            assert len(branch.reachable) > 1, branch.answers
            assert len(steps) > 1, branch.answers


def test_every_outcome_is_reached_from_the_start_and_every_question_asked_by_someone() -> None:
    assert interviews()[0].reachable == set(Outcome)
    assert {branch.question.key for branch in interviews() if branch.question} == set(Key)


def test_unfinished_interview_is_unclear_and_a_finished_one_is_not_unfinished() -> None:
    for branch in interviews():
        verdict = judge(branch.answers)
        assert (verdict.reason_key is Reason.UNFINISHED) == (branch.question is not None)
        assert verdict.outcome is UNCLEAR or not branch.question


def test_sure_verdict_past_an_unsure_answer_is_the_same_for_every_true_answer() -> None:
    """But for a status kept: a small enterprise would not have been asked for it."""
    checked = 0
    for branch in interviews():
        verdict = judge(branch.answers)
        if verdict.outcome is UNCLEAR or verdict.reason_key is Reason.STATUS_KEPT:
            continue
        for key in [key for key, option in branch.answers.items() if option == "not_sure"]:
            for option in QUESTIONS[Key(key)].options:
                sure = judge({**branch.answers, key: option})
                assert sure.outcome is verdict.outcome or sure.reason_key is Reason.UNFINISHED
                checked += 1
    assert checked > 100


def test_unsure_where_it_would_decide_stays_unclear() -> None:
    """Whoever could be told yes or no by a sure answer, all else alike, is not told either when unsure."""
    for branch in interviews():
        if branch.question and branch.question.key is not Key.BEFORE:
            *sure, unsure = branch.next
            if all(len(after.reachable) == 1 for after in branch.next):
                outcomes = {judge(after.answers).outcome for after in sure}
                assert len(outcomes) == 1 or judge(unsure.answers).outcome is UNCLEAR


ANSWERS = st.fixed_dictionaries(
    {}, optional={str(key): st.sampled_from(question.options) for key, question in QUESTIONS.items()}
)


@given(st.data())
def test_interview_never_asks_the_same_twice(data: st.DataObject) -> None:
    answers: dict[str, str] = {}
    while question := next_question(answers):
        assert question.key not in answers
        answers[question.key] = data.draw(st.sampled_from(question.options))
    assert len(answers) <= 8


@given(ANSWERS)
def test_interview_goes_on_from_any_answers_and_needs_no_given_one_again(answers: dict[str, str]) -> None:
    question = next_question(answers)
    assert question is None or question.key not in answers
    assert question is None or judge(answers).outcome is UNCLEAR


STAFF = [option for option in QUESTIONS[Key.STAFF].options if option != "not_sure"]


@given(ANSWERS, st.sampled_from(STAFF), st.sampled_from(STAFF))
def test_more_staff_never_turns_a_no_into_a_yes(answers: dict[str, str], one: str, other: str) -> None:
    fewer, more = sorted((one, other), key=STAFF.index)
    if judge({**answers, Key.STAFF: fewer}).outcome is NOT_SME:
        assert judge({**answers, Key.STAFF: more}).outcome is not SME


def staff_class(work_units: int) -> str:
    classes = ((10, "under_10"), (50, "10_49"), (250, "50_249"), (750, "250_749"))
    return next((name for limit, name in classes if work_units < limit), "750_plus")


def money_class(millions: int, ceilings: tuple[int, ...]) -> str:
    return next((f"up_to_{ceiling}" for ceiling in ceilings if millions <= ceiling), "more")


@given(st.integers(0, 1000), st.integers(0, 200), st.integers(0, 200))
def test_classes_decide_as_the_figures_do(work_units: int, turnover: int, balance: int) -> None:
    """Article 2(1) and the mid-cap's ceilings in their own words: staff, millions of EUR."""
    answers = {
        **case("private independent both"),
        Key.STAFF: staff_class(work_units),
        Key.TURNOVER: money_class(turnover, (2, 10, 50, 150)),
        Key.BALANCE: money_class(balance, (2, 10, 43, 129)),
    }
    if work_units < 250 and (turnover <= 50 or balance <= 43):
        assert judge(answers).outcome is SME
    elif work_units < 750 and (turnover <= 150 or balance <= 129):
        assert judge(answers).outcome is MID_CAP
    else:
        assert judge(answers).outcome is NOT_SME


@pytest.mark.parametrize("answers", [{}, {"staff": ""}, {"staff": "12"}, {"other": "yes"}])
def test_answer_that_is_no_option_counts_as_not_given(answers: dict[str, str]) -> None:
    assert next_question(answers) == QUESTIONS[Key.STAFF]
    assert judge(answers) == Verdict(UNCLEAR, Rule.HEADCOUNT, Reason.UNFINISHED)


def test_answers_from_before_a_correction_do_not_count() -> None:
    grown = case("750_plus last_only was_sme public")
    assert judge({**grown, Key.YEARS: "both"}) == Verdict(*TOO_MANY)
    corrected = {
        **case("50_249 private turnover:up_to_50 linked not_counted both"),
        "ownership": "independent",
    }
    assert judge(corrected) == Verdict(*WITHIN)


@pytest.mark.parametrize(
    ("story", "options"),
    [
        ("50_249 private turnover:up_to_50 independent last_only", ("mid_cap", "larger", "not_sure")),
        ("250_749 private turnover:up_to_50 independent last_only", ("sme", "larger", "not_sure")),
        ("750_plus last_only", ("sme", "mid_cap", "not_sure")),
    ],
)
def test_what_the_enterprise_is_now_is_not_what_it_was_before(story: str, options: tuple[str, ...]) -> None:
    question = next_question(case(story))
    assert question
    assert question.key is Key.BEFORE
    assert question.options == options


def test_staff_question_explains_how_to_count() -> None:
    assert QUESTIONS[Key.STAFF].help_key is Help.WORK_UNITS


def test_every_question_can_be_answered_with_not_sure() -> None:
    assert all(question.options[-1] == "not_sure" for question in QUESTIONS.values())
    assert list(QUESTIONS) == list(Key)
