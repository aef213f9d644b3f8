"""What a personal link is made of, a random code and perhaps a word, kept as hashes; when it is forgotten."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import and_, or_
from sqlmodel import Session, col, delete, select, update

from domain.partners.contacts import GUESSES_COUNT, MOST_GUESSES
from domain.partners.refusals import TooManyGuesses
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.partners.tables import Invite, WrongGuess

CODE_BYTES = 12
SYLLABLES = 4  # of a word: some twenty-three bits, for five attempts
CONSONANTS, VOWELS = "bdfgklmnprst", "aeiou"


@dataclass(frozen=True)
class MadeLink:
    """A personal link as it is made: from then on nobody knows its code but who is shown it now."""

    contact_id: int
    code: str
    word: str = ""  # where the office is cautious


def new_code() -> str:
    return secrets.token_urlsafe(CODE_BYTES)


def new_word() -> str:
    """To be copied from a letter: “kamu-rodi”."""
    syllables = [secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _ in range(SYLLABLES)]
    return "-".join("".join(syllables[place : place + 2]) for place in range(0, SYLLABLES, 2))


def hashed(code: str) -> str:
    """Plainly: nobody finds 96 random bits by trying, so that a salt or a slow hash would add nothing."""
    return sha256(code.encode()).hexdigest()


def key_of(code: str) -> str:
    """What the hash of a link's word is made with, so that nobody can try words without its code."""
    return hashed(f"word:{code}")


def hashed_word(key: str, typed: str) -> str:
    """Of the letters alone, however somebody writes them."""
    return hashed(f"{key}:{''.join(letter for letter in typed.casefold() if letter.isalnum())}")


def check_guesses(turn: Turn) -> None:
    """Who was wrong too often comes back later; by then nothing is noted either, so that it stays few."""
    counted = col(WrongGuess.guessed_at) > turn.now - GUESSES_COUNT
    guessed = select(WrongGuess.guessed_at).where(WrongGuess.person_id == turn.person.id, counted)
    times = turn.session.exec(guessed.order_by(col(WrongGuess.guessed_at))).all()
    if len(times) >= MOST_GUESSES:
        raise TooManyGuesses(times[0] + GUESSES_COUNT)


def note_guess(turn: Turn) -> None:
    turn.session.add(WrongGuess(person_id=turn.person.id, guessed_at=turn.now))


def forget(session: Session, now: datetime) -> None:
    """Nightly: wrong guesses, and links that are over; of one for a successor stays whom they replace."""
    session.exec(delete(WrongGuess).where(col(WrongGuess.guessed_at) <= now - GUESSES_COUNT))
    expired = and_(col(Invite.used_at).is_(None), col(Invite.expires_at) < now)
    is_over = or_(expired, col(Invite.revoked_at).is_not(None))
    session.exec(update(Invite).where(is_over).values(code_hash=None, word_hash=None))
    still_there = select(Person.id).where(col(Person.organisation_id).is_not(None))
    replaces_nobody = or_(col(Invite.replaces_id).is_(None), col(Invite.replaces_id).not_in(still_there))
    session.exec(delete(Invite).where(is_over, replaces_nobody))
