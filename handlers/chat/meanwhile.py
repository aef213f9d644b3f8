"""Two people change the same thing: what becomes of a form while others change what it was opened with.

Only what a person changed is written. What they left alone follows what others have made of it, and where
both changed the same, whoever comes second is asked.
"""

from handlers.chat.questions import MOVED, SHOWN, Answers

MET = "met"  # among the answers: what others have made of what this person has changed as well


def met(answers: Answers) -> Answers:
    return answers.get(MET) or {}


def meet(answers: Answers, there: Answers) -> Answers:
    """The answers, now that `there` is what is stored."""
    shown = answers.get(SHOWN, {})
    moved = {key: there.get(key) for key in {*shown, *there} if shown.get(key) != there.get(key)}
    if there.get(MOVED, answers) is None:
        moved.pop(MOVED, None)  # the last who did something is this person
    both = {key: value for key, value in moved.items() if _is_own(key, answers) and answers[key] != value}
    theirs = {key: value for key, value in moved.items() if key not in both}
    followed = {key: value for key, value in theirs.items() if key in answers}
    return {**answers, **followed, SHOWN: {**shown, **theirs}, MET: both}


def _is_own(key: str, answers: Answers) -> bool:
    return key in answers and answers[key] != answers.get(SHOWN, {}).get(key)


def settle(answers: Answers, *, takes_mine: bool) -> Answers:
    """After the word of the person: what others made of it counts as seen, or as the answer."""
    theirs = met(answers)
    kept = {} if takes_mine else theirs
    return {**answers, **kept, SHOWN: {**answers.get(SHOWN, {}), **theirs}, MET: {}}
