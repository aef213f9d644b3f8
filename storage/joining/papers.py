"""The signed agreement of a partner, as the office files it: copies of it, and where the paper is kept."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlmodel import Session, col, select

from domain.joining.refusals import PaperIsGone
from domain.joining.requests import PaperKind
from storage.engine import people
from storage.engine.turn import Turn
from storage.joining.tables import FiledPaper, JoinRequest
from storage.partners import contacts
from storage.partners.tables import Organisation


class Paper(NamedTuple):
    """What is to be filed: a copy by Telegram's id of it, or, without one, where the paper is kept."""

    kind: PaperKind
    name: str
    file_id: str = ""


class Folder(NamedTuple):
    """`signed_on` is the day on which they became a partner."""

    organisation: Organisation
    signed_on: date
    papers: Sequence[FiledPaper]


def folder(turn: Turn, organisation_id: int) -> Folder:
    people.check_staff(turn.person)
    organisation = contacts.get_organisation(turn, organisation_id)
    joined = select(JoinRequest).where(JoinRequest.organisation_id == organisation_id)
    newest_first = turn.session.exec(joined.order_by(col(JoinRequest.id).desc()))
    days = [one.signed_on for one in newest_first if one.signed_on]
    return Folder(organisation, (*days, organisation.joined_on)[0], of(turn.session, organisation_id))


def name_of(session: Session, organisation_id: int) -> str:
    return session.get_one(Organisation, organisation_id).name


def of(session: Session, organisation_id: int) -> Sequence[FiledPaper]:
    mine = select(FiledPaper).where(FiledPaper.organisation_id == organisation_id)
    return session.exec(mine.order_by(col(FiledPaper.id))).all()


def file(turn: Turn, organisation_id: int, papers: Sequence[Paper]) -> Folder:
    people.check_staff(turn.person)
    contacts.get_organisation(turn, organisation_id)
    for kind, name, file_id in papers:
        turn.session.add(
            FiledPaper(
                organisation_id=organisation_id,
                kind=kind,
                name=name,
                file_id=file_id,
                filed_by_id=turn.person.id,
                filed_at=turn.now,
            )
        )
    turn.session.flush()
    return folder(turn, organisation_id)


def show(turn: Turn, paper_id: int) -> FiledPaper:
    people.check_staff(turn.person)
    paper = turn.session.get(FiledPaper, paper_id)
    if paper is None:
        raise PaperIsGone
    return paper


def remove(turn: Turn, paper_id: int) -> Folder:
    paper = show(turn, paper_id)
    turn.session.delete(paper)
    turn.session.flush()
    return folder(turn, paper.organisation_id)
