"""The register: what every field keeps of people, in one list. A new field is a line in HOLDINGS."""

from sqlmodel import Session, select

from storage import fields  # noqa: F401 # all tables are known
from storage.engine import privacy as engine
from storage.engine.inventory import Holding, Kept, Period
from storage.events import privacy as events
from storage.ideas import privacy as ideas
from storage.joining import privacy as joining
from storage.mailings import privacy as mailings
from storage.measures import privacy as measures
from storage.office import privacy as office
from storage.partners import privacy as partners
from storage.privacy import privacy as own
from storage.privacy.tables import PrivacyPeriod
from storage.programme import privacy as programme
from storage.team_chats import privacy as team_chats
from storage.workshop import privacy as workshop

HOLDINGS: tuple[Holding, ...] = (
    engine.HOLDING,
    partners.HOLDING,
    joining.HOLDING,
    events.HOLDING,
    ideas.HOLDING,
    workshop.HOLDING,
    programme.HOLDING,
    measures.HOLDING,
    mailings.HOLDING,
    team_chats.HOLDING,
    office.HOLDING,
    own.HOLDING,
)
KEPT: tuple[Kept, ...] = tuple(kept for holding in HOLDINGS for kept in holding.kept)
BY_NAME = {kept.name: kept for kept in KEPT}
PERIODS: dict[str, Period] = {
    period.name: period
    for holding in HOLDINGS
    for period in (*(kept.period for kept in holding.kept), *holding.periods)
}


def days_of(session: Session) -> dict[str, int]:
    """How long everything with a number of days is kept, as the office has set it, within its bounds."""
    wanted = {row.name: row.days for row in session.exec(select(PrivacyPeriod))}
    return {
        name: min(max(wanted.get(name, period.days), period.least), period.most)
        for name, period in PERIODS.items()
        if period.days is not None
    }
