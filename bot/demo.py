"""The demo pact: invented people and companies at real places in Krefeld, and the sandbox's people for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import aiohttp
from sqlmodel import Session, col, delete, select, update

from bot import demo_groups, demo_mailings, demo_measures, demo_programme, demo_workshop
from domain.basics.calendar import at, is_working_day
from domain.basics.pact import Pact
from domain.events.event import EventKind
from domain.ideas.ideas import Pledge, State, Topic
from domain.joining.requests import NewRequest, PaperKind
from domain.joining.talks import OfficeHours
from domain.partners.organisations import Category, Kind, Size
from domain.partners.register import Partner
from storage.engine import people
from storage.engine.database import Database
from storage.engine.people import Writer
from storage.engine.tables import Notice, Outcome, Person
from storage.engine.turn import Turn
from storage.events import answers, planning
from storage.events.planning import NewEvent
from storage.events.tables import EventNotice
from storage.ideas import board, comments, merges, outcomes, pledges, progress, support
from storage.ideas.board import NewIdea
from storage.ideas.tables import IdeaNotice
from storage.joining import papers, requests
from storage.joining.papers import Paper
from storage.mailings.tables import MailingNotice
from storage.office import talk_hours
from storage.office.tables import OfficeNotice
from storage.partners import notes, register, taking_up
from storage.partners.tables import Organisation, PartnerNotice
from storage.workshop.tables import WorkshopNotice

COMPANY, ASSOCIATION, INSTITUTION = Category.COMPANY, Category.ASSOCIATION, Category.INSTITUTION
STAFF = {501: "Miriam Okafor", 502: "Jonas Lindner"}
FIRST_CONTACT = 511
APPLICANTS = {561: "Petra Wollny", 562: "Samir Haddad"}
STRANGER = (571, "Clara Neuhoff")
CONNECTED = 24  # contacts who have opened their personal link; the others have not yet

INITIAL = (
    ("IHK Mittlerer Niederrhein", INSTITUTION, "Nordwall 39", "47798", "Heike Brandtner"),
    ("Handwerkskammer Düsseldorf", INSTITUTION, "Georg-Schulhoff-Platz 1", "40221", "Rolf Schürmann"),
    ("Kreishandwerkerschaft Niederrhein", ASSOCIATION, "Westwall 122", "47798", "Anja Terhorst"),
    ("Hochschule Niederrhein", INSTITUTION, "Reinarzstraße 49", "47805", "Dr. Kemal Aydın"),
    ("Wirtschaftsförderung Krefeld", INSTITUTION, "Ostwall 175", "47798", "Svenja Paulsen"),
)
PARTNERS = (
    ("Seidenweberei Ostwall GmbH", COMPANY, Size.MEDIUM, "Ostwall 81", "47798", "Thomas Lüttgen"),
    ("Rheinhafen Logistik GmbH & Co. KG", COMPANY, Size.LARGE, "Hafenstraße 20", "47809", "Birgit Sanders"),
    ("Uerdinger Farbenwerk AG", COMPANY, Size.LARGE, "Duisburger Straße 110", "47829", "Dr. Ines Kallweit"),
    ("Bäckerei Hoffmanns", COMPANY, Size.SMALL, "Marktstraße 14", "47798", "Frank Hoffmanns"),
    ("Elektro Peters", COMPANY, Size.MICRO, "Hülser Straße 210", "47803", "Nadine Peters"),
    ("Solarbau Linn GmbH", COMPANY, Size.SMALL, "Rheinbabenstraße 66", "47809", "Murat Demirel"),
    ("Stahlhandel Gellep GmbH", COMPANY, Size.MEDIUM, "Düsseldorfer Straße 300", "47809", "Ulrike Vossen"),
    ("Gartenbau Traar", COMPANY, Size.SMALL, "Moerser Landstraße 410", "47802", "Jan Terbrüggen"),
    ("Druckhaus Hüls KG", COMPANY, Size.SMALL, "Kempener Straße 25", "47839", "Sabine Reiners"),
    ("Dachdecker Mertens & Söhne", COMPANY, Size.SMALL, "Gladbacher Straße 180", "47805", "Lars Mertens"),
    ("Klinik am Stadtwald", INSTITUTION, Size.LARGE, "Hüttenallee 50", "47800", "Prof. Maria Engels"),
    ("Textilpflege Nordring", COMPANY, Size.SMALL, "Nordwall 88", "47798", "Olga Schmidt"),
    ("Maschinenfabrik Bockum GmbH", COMPANY, Size.MEDIUM, "Uerdinger Straße 245", "47800", "Stefan Königs"),
    ("Wohnbau Krefeld-Süd eG", COMPANY, Size.MEDIUM, "Kölner Straße 77", "47805", "Claudia Faber"),
    (
        "Sportverein Elfrath 1921 e. V.",
        ASSOCIATION,
        Size.MICRO,
        "An der Elfrather Mühle 1",
        "47802",
        "Peter Janßen",
    ),
    ("Imkerverein Hülser Berg e. V.", ASSOCIATION, Size.MICRO, "Talring 12", "47802", "Renate Wolf"),
    ("Softwareschmiede Fischeln GmbH", COMPANY, Size.SMALL, "Kölner Straße 512", "47807", "David Kim"),
    ("Hotel Dujardin-Hof", COMPANY, Size.SMALL, "Hohenbudberger Straße 20", "47829", "Elena Marković"),
    ("Autohaus Dießem GmbH", COMPANY, Size.SMALL, "Dießemer Bruch 100", "47805", "Holger Bauer"),
    ("Steuerbüro Rembert & Yıldız", COMPANY, Size.MICRO, "Rheinstraße 60", "47799", "Aylin Yıldız"),
    ("Brauerei Königshof", COMPANY, Size.MEDIUM, "Obergath 68", "47805", "Markus Thelen"),
    ("Kinderhaus Inrath", INSTITUTION, Size.MICRO, "Inrather Straße 301", "47803", "Julia Weyers"),
    ("Recyclinghof Oppum GmbH", COMPANY, Size.MEDIUM, "Fütingsweg 30", "47809", "Andrzej Nowak"),
    ("Architekturbüro Schönwasser", COMPANY, Size.MICRO, "Schönwasserstraße 9", "47800", "Katrin Heinen"),
    ("Orthopädietechnik Tönisberg", COMPANY, Size.SMALL, "Breslauer Straße 4", "47829", "Bernd Scholz"),
)
HOURS = OfficeHours(
    place="Oberschlesienstraße 16, Raum 2.12", video_link="https://meet.example.org/klimapakt"
)
IDEAS = (
    (Topic.EXCHANGE, "Alle drei Monate ein Frühstück bei einem Partner, eine Stunde, ein Thema."),
    (
        Topic.PROJECT,
        "Gemeinsam Solarmodule für Gewerbedächer einkaufen: der Preis fällt ab zehn Betrieben deutlich.",
    ),
    (Topic.VISIBILITY, "Ein Aufkleber mit QR-Code für Schaufenster und Fahrzeuge."),
    (Topic.PROJECT, "Abwärme der Brauerei für die Wohnungen an der Obergath nutzen."),
    (Topic.EXCHANGE, "Rundgänge durch Betriebe, die ihre Druckluft saniert haben."),
    (Topic.OTHER, "Ein Ansprechpartner bei der Stadt für Ladesäulen-Anträge."),
    (Topic.PROJECT, "Lastenräder, die sich mehrere Betriebe in der Innenstadt teilen."),
    (Topic.VISIBILITY, "Jeden Monat ein Partner in der Zeitung, mit einer Zahl und einem Gesicht."),
    (Topic.EXCHANGE, "Eine Sprechstunde zum Energieaudit mit der Hochschule."),
    (Topic.PROJECT, "Azubis suchen als Energie-Scouts nach versteckten Verbrauchern."),
    (Topic.OTHER, "Vorlagen für die CO₂-Bilanz kleiner Betriebe, ohne zwanzig Tabellen."),
    (Topic.VISIBILITY, "Ein Klimapakt-Stand auf dem Flachsmarkt in Linn."),
)


WHY = (
    "Wir fragen bei der Druckerei nach Preisen.",
    "Das Gespräch mit Brauerei und Wohnbau ist im Januar.",
    "Der erste Rundgang läuft.",
    "Frau Paulsen ist seit Montag die Ansprechpartnerin.",
    "In diesem Jahr fehlt das Geld; wir fragen im Herbst wieder.",
)
FROM_OUTSIDE = "Ein Tag der offenen Tür, an dem auch Schulklassen kommen dürfen."


NOTES: tuple[tuple[str, int | None], ...] = (
    ("Wegen der Solarmodule anrufen", 0),
    ("Unterlagen zum Konzept schicken", 5),
    ("Hat im Herbst umgebaut, Heizung ist neu.", None),
)


@dataclass(frozen=True)
class Demo:
    """Fills an empty database as of `now`, through the same functions as everybody."""

    session: Session
    pact: Pact
    now: datetime

    def _turn(self, person: Person, moment: datetime | None = None) -> Turn:
        return Turn(self.session, person, self.pact, moment or self.now)

    def fill(self) -> None:
        for telegram_id, name in STAFF.items():
            person = people.set_staff(self.session, telegram_id, is_staff=True, now=self.now, name=name)
        talk_hours.set_hours(self._turn(person), HOURS)
        contacts = list(self._contacts())
        self._past_events(contacts)
        self._coming_events(contacts)
        self._ideas(contacts)
        demo_programme.fill(self._turn(people.staff(self.session)[0]), contacts)
        self._workshop(contacts)
        self._requests()
        self._notes(person, contacts)
        for number, contact in enumerate(contacts[5:17], 1):
            paper = Paper(PaperKind.PLACE, f"Ordner Klimapakt 1, Fach {number}")
            papers.file(self._turn(person), contact.organisation_id or 0, [paper])
        demo_mailings.fill(self.session, contacts, self.pact, self.now)
        demo_measures.fill(self.session, contacts, self.pact, self.now)
        self._keep_quiet()

    def _notes(self, staff: Person, contacts: list[Person]) -> None:
        """What the office has noted of partners, one of it for today."""
        for contact, (text, in_days) in zip(contacts[5:], NOTES, strict=False):
            due_on = None if in_days is None else (self.now + timedelta(days=in_days)).date()
            assert contact.organisation_id
            notes.add(self._turn(staff), contact.organisation_id, text, due_on)

    def _contacts(self) -> Iterator[Person]:
        """Every organisation with its contact; gives those who are connected."""
        rows = [(*row[:2], None, *row[2:]) for row in INITIAL] + list(PARTNERS)
        for place, (name, category, size, street, postcode, contact) in enumerate(rows):
            partner = self._partner(place, name, category, street, postcode, contact)
            (put,), _ = register.put_partners(self.session, [partner], self.pact.language, self.now)
            link = register.link_for(self.session, put, self.now)
            if link and place < CONNECTED:
                writer = Writer(FIRST_CONTACT + place, contact, self.pact.language)
                stranger = people.seen(self.session, writer, self.now)
                yield taking_up.use_invite(self._turn(stranger), link.code)[0]
            organisation = requests.find_organisation(self.session, name)
            assert organisation
            organisation.size = size
            organisation.is_listed = place < CONNECTED

    def _working_day(self, days: int) -> date:
        day = (self.now + timedelta(days=days)).astimezone(self.pact.timezone).date()
        while not is_working_day(day, self.pact.holiday_region):
            day += timedelta(days=1)
        return day

    def _keep_quiet(self) -> None:
        """Nobody is told of answers and links of days ago; what is to be sent is due now."""
        of_links = (PartnerNotice.LINK_TAKEN_UP, PartnerNotice.LINKS_TAKEN_UP)
        past = (
            EventNotice.CALENDAR_ENTRY,
            *of_links,
            *IdeaNotice,
            *MailingNotice,
            *demo_measures.PAST,
            *WorkshopNotice,
            OfficeNotice.INQUIRY,
        )
        self.session.exec(delete(Notice).where(col(Notice.kind).in_(past)))
        news = update(Notice).where(col(Notice.kind).in_(demo_programme.KNOWN), col(Notice.outcome).is_(None))
        self.session.exec(news.values(outcome=Outcome.SENT, finished_at=self.now))
        late = update(Notice).where(col(Notice.outcome).is_(None), col(Notice.due_at) < self.now)
        self.session.exec(late.values(due_at=self.now))

    def _event(self, days: int, title: str, host: str, *, hours: int = 3, **more: object) -> int:
        start = at(self._working_day(days), time(14), self.pact.timezone)
        organisation = requests.find_organisation(self.session, host)
        assert organisation
        new = NewEvent(
            title=title,
            starts_at=start,
            ends_at=start + timedelta(hours=hours),
            place=host,
            address=f"{organisation.street}, {organisation.postcode} {organisation.city}",
            host=host,
            **more,  # type: ignore[arg-type] # each keyword is a field of NewEvent
        )
        event = planning.add(
            self.session, new, self.pact, self.now if start > self.now else start - timedelta(days=40)
        )
        planning.put_hosts(self.session, event, [organisation.id], self.now)
        return event.id

    def _answer(self, event_id: int, contacts: list[Person], seats: int, days_ago: float) -> None:
        for place, contact in enumerate(contacts):
            moment = self.now - timedelta(days=days_ago, minutes=-place)
            answers.respond(self._turn(contact, moment), event_id, seats)

    def _past_events(self, contacts: list[Person]) -> None:
        kick_off = self._event(
            -300,
            "Auftakttreffen der Partner",
            "Wirtschaftsförderung Krefeld",
            description="Kennenlernen und Wünsche.",
        )
        self._answer(kick_off, contacts[:18], 1, 320)
        tour = self._event(
            -60,
            "Rundgang: Wärme aus der Wäscherei",
            "Textilpflege Nordring",
            kind=EventKind.TOUR,
            hours=2,
            capacity=20,
            description="Wie eine Wäscherei die Hälfte ihres Gases spart.",
        )
        self._answer(tour, contacts[4:15], 1, 70)

    def _partner(
        self, place: int, name: str, category: Category | None, street: str, postcode: str, contact: str
    ) -> Partner:
        is_initial = place < len(INITIAL)
        return Partner(
            name=name,
            kind=Kind.INITIAL if is_initial else Kind.PARTNER,
            category=category,
            joined_on=date(2023, 5, 4) if is_initial else date(2023, 6, 1) + timedelta(days=37 * place),
            street=street,
            postcode=postcode,
            city="Düsseldorf" if postcode.startswith("40") else self.pact.city,
            contact_name=contact,
            contact_email=f"kontakt{place + 1}@example.org",
            contact_phone=f"+492151555{place + 1:03}",
        )

    def _coming_events(self, contacts: list[Person]) -> None:
        tour = self._event(
            9,
            "Rundgang: Solardach und Speicher",
            "Solarbau Linn GmbH",
            kind=EventKind.TOUR,
            hours=2,
            capacity=12,
            seats_per_company=3,
            description="Vom Angebot bis zum ersten Sonnentag, mit allen Zahlen.",
        )
        self._answer(tour, contacts[:6], 2, 2)
        self._answer(tour, contacts[6:9], 1, 1)
        self._answer(tour, contacts[9:11], 0, 1)
        workshop = self._event(
            23,
            "Netzwerktreffen mit Ideenwerkstatt",
            "Hochschule Niederrhein",
            capacity=60,
            seats_per_company=4,
            description="Was der Pakt im nächsten Jahr tun soll: drei Tische, drei Themen, eine Liste.",
        )
        self._answer(workshop, contacts[2:9], 1, 1)
        self._event(
            44,
            "Webinar: Die kostenlose Klimaschutz-Beratung",
            "IHK Mittlerer Niederrhein",
            kind=EventKind.WEBINAR,
            hours=1,
            description="Für kleine und mittlere Betriebe: was im Konzept steht und wie man es bekommt.",
        )

    def _ideas(self, contacts: list[Person]) -> None:
        """In every state, one made of two, one that became an event, one that waits for a look."""
        ideas = []
        for place, (topic, text) in enumerate(IDEAS):
            moment = self.now - timedelta(days=30 - 2.5 * place)
            new, author = NewIdea(topic, text), contacts[place % len(contacts)]
            ideas.append(board.hand_in(self._turn(author, moment), new).id)
        for place, idea_id in enumerate(ideas):
            for contact in contacts[place : place + (7 * place) % 9]:
                support.give(self._turn(contact, self.now - timedelta(days=1)), idea_id)
        pledges.switch(self._turn(contacts[5]), ideas[1], Pledge.JOIN)
        pledges.switch(self._turn(contacts[6]), ideas[1], Pledge.EXPERTISE)
        comments.write(self._turn(contacts[7]), ideas[1], "Wir hätten 800 m² Dach.")
        office = people.staff(self.session)[0]
        for idea_id, state, why in zip(ideas[2:], list(State)[1:], WHY, strict=False):
            progress.change_state(self._turn(office), idea_id, state, why)
        coming = outcomes.coming_events(self.session, self.now)[0]
        outcomes.become(self._turn(office), ideas[4], coming, coming.title)
        merges.merge(self._turn(office), ideas[10], ideas[8])
        stranger = people.seen(self.session, Writer(*STRANGER, self.pact.language), self.now)
        board.hand_in(self._turn(stranger), NewIdea(Topic.OTHER, FROM_OUTSIDE))

    def _workshop(self, contacts: list[Person]) -> None:
        """One that is over, ten days after the first meeting."""
        office = people.staff(self.session)[0]
        demo_workshop.fill(self._turn(office, self.now - timedelta(days=290)), contacts[:18])

    def _requests(self) -> None:
        companies = ("Café Stadtgarten", "Möbelwerkstatt Cracau GmbH")
        for place, (telegram_id, name) in enumerate(APPLICANTS.items()):
            moment = self.now - timedelta(days=3 - 2 * place)
            applicant = people.seen(self.session, Writer(telegram_id, name, self.pact.language), moment)
            new = NewRequest(
                organisation=companies[place],
                category=COMPANY,
                postcode="47799",
                size=Size.MICRO if place == 0 else Size.SMALL,
                contact_name=name,
                email=f"anfrage{place + 1}@example.org",
                phone=None,
            )
            requests.ask(self._turn(applicant, moment), new)


def fill(session: Session, pact: Pact, now: datetime) -> None:
    Demo(session, pact, now).fill()


def _on_telegram(session: Session) -> list[tuple[int, str, str]]:
    """Telegram id, name and role of everybody who has written to the bot."""
    rows = session.exec(
        select(Person, Organisation)
        .join(Organisation, col(Organisation.id) == col(Person.organisation_id), isouter=True)
        .where(col(Person.telegram_id).is_not(None))
        .order_by(col(Person.telegram_id))
    )
    return [
        (person.telegram_id or 0, person.name, _role(person, organisation)) for person, organisation in rows
    ]


def _role(person: Person, organisation: Organisation | None) -> str:
    if person.is_staff:
        return "Geschäftsstelle"
    if organisation:
        return organisation.name
    return "hat angefragt" if person.telegram_id in APPLICANTS else ""


async def introduce(database: Database, address: str) -> None:
    """Give everybody an account in the sandbox and let them open the chat with the bot."""
    known = database.run_now(_on_telegram)
    async with aiohttp.ClientSession(address, raise_for_status=True) as client:
        stranger = (
            [] if STRANGER[0] in {row[0] for row in known} else [(*STRANGER, "kennt den Pakt noch nicht")]
        )
        for telegram_id, name, role in [*known, *stranger]:
            first_name, _, last_name = name.partition(" ")
            person = {
                "id": telegram_id,
                "first_name": first_name,
                "last_name": last_name,
                "language_code": "de",
            }
            await client.post("/sandbox/people", json={**person, "note": role})
            if (telegram_id, name, role) not in stranger:
                await client.post(f"/sandbox/people/{telegram_id}/messages", json={"text": "/start"})
        await demo_groups.found(client)
