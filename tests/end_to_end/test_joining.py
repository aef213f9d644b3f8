"""Joining, from the first word to the signed partner."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from tests.support.town import Actor, Town

SUBMIT = ("[Anfrage absenden]", "ist angekommen")
NO_CONCEPT = (("[Nein]", "Wer ist unser Kontakt?"),)
SME = (
    ("[Ja, bitte prüfen]", "öffentliche Stellen"),  # how many work there was asked before
    ("[Nein]", "Umsatz"),
    ("[bis 2]", "anderen Unternehmen"),
    ("[Unabhängig]", "Wer ist unser Kontakt?"),
)


async def fills_in(
    person: Actor,
    organisation: str = "Café <b>Stadtgarten</b> & Söhne",
    concept: tuple[tuple[str, str], ...] = NO_CONCEPT,
    size: str = "10 bis 49",
) -> None:
    await person.goes_through(
        ("/beitreten", "Wie heißt Ihre Organisation?"),
        (organisation, "Art von Organisation"),
        ("[Unternehmen]", "Postleitzahl"),
        ("47799", "In welcher Branche?"),
        ("[Hotel, Gastronomie]", "Wie viele Menschen"),
        (f"[{size}]", "Was erhoffen Sie sich?"),
        ("[Fördermittel finden]", "Bisher: Fördermittel finden"),
        ("Mut <machen>", "Bisher: Fördermittel finden, Mut <machen>"),
        ("[Fertig]", "Was tun Sie schon"),
        ("LED überall", "kostenlos ein Klimaschutzkonzept"),
        *concept,
        ("Petra Wollny", "Welche Funktion"),
        ("Inhaberin", "E-Mail-Adresse"),
        ("petra@example.org", "telefonisch"),
    )
    await person.shares_phone("+49 2151 123456")
    await person.sees("Darf die Geschäftsstelle")
    await person.goes_through(("[Ja, ich stimme zu]", "bitte prüfen"), SUBMIT)


async def test_straight_through_to_signed(town: Town) -> None:
    office, petra = await town.office(), await town.person("Petra Wollny")
    await petra.sends("/start")
    await petra.sees("Der Beitritt ist freiwillig")
    await fills_in(petra, concept=SME)
    await office.sees("Café <b>Stadtgarten</b> & Söhne")
    await office.sees("Erwartungen: Fördermittel finden, Mut <machen>")
    await office.sees("Möchte das kostenlose Konzept; Prüfung: KMU")
    await petra.taps("Zeit für das Gespräch wählen")
    await petra.taps("Telefon")
    await petra.sees("An welchem Tag?")
    await petra.taps_first_day()
    await petra.taps(":", within=10)
    await petra.sees("noch nicht bestätigt")
    await office.sees("Welche Zeit passt?")
    await office.taps("✓")
    await office.sees("Orientierungsgespräch vereinbart")
    assert b"METHOD:PUBLISH" in await petra.receives_file("Gespraech")
    await town.forward(timedelta(days=9))
    await office.sees("ist vorbei")
    await office.goes_through(
        ("[Ergebnis festhalten]", "Was kam bei dem Gespräch heraus?"),
        ("[Will beitreten]", "Bis wann geht die Vereinbarung hinaus?"),
        ("[Morgen]", "bitte prüfen"),
        ("[Speichern]", "Stand: Gespräch geführt"),
    )
    await petra.sees("die Klimapartnerschaftsvereinbarung.")
    await office.goes_through(
        ("[Vereinbarung ist verschickt]", "erfahren es sofort"),
        ("[Ja, mitteilen]", "Stand: Vereinbarung verschickt"),
    )
    await petra.sees("Bitte unterzeichnen Sie sie")
    await office.goes_through(
        ("[Vereinbarung unterzeichnet]", "An welchem Tag"),
        ("[Heute]", "bitte prüfen"),
        ("[Als Partner aufnehmen]", "Stand: unterzeichnet"),
    )
    await petra.sees("Willkommen beim Krefelder Klimapakt")
    certificate = PdfReader(io.BytesIO(await petra.receives_file("urkunde"))).pages
    assert len(certificate) == 1
    assert "Café <b>Stadtgarten</b> & Söhne" in certificate[0].extract_text().replace("\n", " ")
    await petra.goes_through(
        ("/start", "Für Café <b>Stadtgarten</b> & Söhne"), ("/profil", "der Hauptkontakt")
    )
    assert town.rows("SELECT state FROM concept") == [("registered",)]


async def test_request_is_declined_with_a_reason(town: Town) -> None:
    office, petra = await town.office(), await town.person("Petra Wollny")
    await fills_in(petra, "Café Fern")
    await office.sees("Café Fern")
    await office.goes_through(
        ("[Mehr]", "Café Fern"),
        ("[Ablehnen]", "Warum wird die Anfrage abgelehnt?"),
        ("Der Sitz liegt in <Moers>.", "bitte prüfen"),
        ("[Anfrage ablehnen]", "Stand: abgelehnt"),
    )
    await petra.sees("Grund: Der Sitz liegt in <Moers>.")


async def test_seat_outside_the_city_is_explained_and_can_still_ask(town: Town) -> None:
    office, petra = await town.office(), await town.person("Petra Wollny")
    await petra.goes_through(
        ("/beitreten", "Wie heißt"),
        ("Mühle Moers", "Art von"),
        ("[Verband oder Verein]", "Postleitzahl"),
        ("47441", "liegt nicht in Krefeld. Der Pakt steht"),
        ("[Zurück]", "Postleitzahl"),
        ("47798", "In welcher Branche?"),
        ("[Zurück]", "Bisher: 47798"),
        ("47441", "eine Niederlassung genügt"),
        ("[Trotzdem anfragen]", "In welcher Branche?"),
        ("[Sonstiges]", "Wie viele Menschen"),
        ("[1 bis 9]", "Was erhoffen Sie sich?"),
        ("[Überspringen]", "Was tun Sie schon"),
        ("[Überspringen]", "Klimaschutzkonzept"),
        *NO_CONCEPT,
        ("Max Müller", "Welche Funktion"),
        ("[Überspringen]", "E-Mail"),
        ("max@example.org", "telefonisch"),
        ("Überspringen", "Darf die Geschäftsstelle"),
        ("[Ja, ich stimme zu]", "bitte prüfen"),
        SUBMIT,
    )
    await office.sees("Postleitzahl 47441 liegt nicht in Krefeld")


@pytest.mark.parametrize(
    ("steps", "outcome"),
    [
        (SME, "KMU"),
        (
            (
                ("[Ja, bitte prüfen]", "Vollzeitstellen"),
                ("[250 bis 749]", "öffentliche Stellen"),
                ("[Nein]", "Umsatz"),
                ("[bis 150]", "anderen Unternehmen"),
                ("[Unabhängig]", "wie vielen Jahren"),
                ("[Zwei Jahre]", "Wer ist unser Kontakt?"),
            ),
            "kleines Midcap",
        ),
        (
            (
                ("[Ja, bitte prüfen]", "Vollzeitstellen"),
                ("[750 oder mehr]", "wie vielen Jahren"),
                ("[Zwei Jahre]", "Wer ist unser Kontakt?"),
            ),
            "kein KMU",
        ),
        (
            (
                ("[Ja, bitte prüfen]", "öffentliche Stellen"),
                ("[Ja]", "Wer ist unser Kontakt?"),
            ),
            "kein KMU",
        ),
        (
            (
                ("[Ja, bitte prüfen]", "öffentliche Stellen"),
                ("[Weiß ich nicht]", "Umsatz"),
                ("[Weiß ich nicht]", "Wer ist unser Kontakt?"),
            ),
            "unklar",
        ),
    ],
    ids=["yes", "mid-cap", "no", "public owner", "unclear"],
)
async def test_wish_for_the_concept_is_checked_within_the_form(
    town: Town, steps: tuple[tuple[str, str], ...], outcome: str
) -> None:
    office, petra = await town.office(), await town.person("Petra Wollny")
    is_large = ("[Ja, bitte prüfen]", "Vollzeitstellen") in steps
    await fills_in(petra, "Café", steps, "250 oder mehr" if is_large else "10 bis 49")
    await office.sees(f"Prüfung: {outcome}")


async def test_wrong_answers_are_explained_and_nothing_is_lost(town: Town) -> None:
    petra = await town.person("Petra Wollny")
    await petra.goes_through(("/beitreten", "Wie heißt"), ("x" * 3000, "höchstens 160"), ("Café", "Art von"))
    await petra.sends_sticker()
    await petra.sees("Bitte antworten Sie mit Text")
    await petra.goes_through(
        ("irgendwas", "Bitte tippen Sie auf eine der Tasten"),
        ("unternehmen", "Postleitzahl"),
        ("🌍", "fünf Ziffern"),
        ("47805", "In welcher Branche?"),
        ("[Handel]", "Wie viele"),
        ("[1 bis 9]", "Was erhoffen"),
        ("[Sichtbar werden]", "Bisher: Sichtbar werden"),
        ("[✓ Sichtbar werden]", "Was erhoffen"),
        ("[Überspringen]", "Was tun Sie schon"),
        ("[Überspringen]", "Klimaschutzkonzept"),
        *NO_CONCEPT,
        ("Petra Wollny", "Welche Funktion"),
        ("[Überspringen]", "E-Mail"),
        ("petra@", "keine vollständige E-Mail-Adresse"),
        ("petra@example.org", "telefonisch"),
        ("12", "keine gültige Telefonnummer"),
        ("Überspringen", "Darf die Geschäftsstelle"),
        ("[Zurück]", "telefonisch"),
        ("02151 123456", "Darf die Geschäftsstelle"),
        ("[Ja, ich stimme zu]", "Telefon: +49 2151 123456"),
        ("[Etwas ändern]", "Was möchten Sie ändern?"),
        ("[Organisation]", "Bisher: Café"),
        ("Café Neu", "Organisation: Café Neu"),
    )


async def test_form_survives_a_kill_and_other_forms(town: Town) -> None:
    petra = await town.person("Petra Wollny")
    await petra.goes_through(("/beitreten", "Wie heißt"), ("Café", "Art von"))
    await town.kill_bot()
    await town.start_bot()
    await petra.goes_through(
        ("[Unternehmen]", "Postleitzahl"),
        ("/termine", "kein Termin geplant"),
        ("/idee", "„Dem Pakt beitreten“ ruht und wird danach wieder angeboten"),
        ("/abbrechen", "Abgebrochen"),
        ("[Weiter: Dem Pakt beitreten, Frage 3 von 13]", "Postleitzahl"),
        ("/frage", "„Dem Pakt beitreten“ ruht"),
        ("Was kostet er?", "bitte prüfen"),
        ("[Frage absenden]", "liegt der Geschäftsstelle vor"),
        ("[Weiter: Dem Pakt beitreten, Frage 3 von 13]", "Postleitzahl"),
        ("/abbrechen", "Abgebrochen"),
        ("/abbrechen", "nichts abzubrechen"),
    )


async def test_tapping_send_twice_sends_once(town: Town) -> None:
    await town.office()
    petra = await town.person("Petra Wollny")
    await fills_in(petra)
    await petra.forges("ft:join:summary:submit")
    assert "gilt nicht mehr" in petra.alert
    assert town.rows("SELECT count(*) FROM join_request") == [(1,)]
    await petra.goes_through(("/beitreten", "Ihre Anfrage: Café"), ("[Zurückziehen]", "Dürfen wir den Grund"))
    await petra.goes_through(("[Überspringen]", "bitte prüfen"), ("[Zurückziehen]", "Stand: zurückgezogen"))


async def test_personal_link_works_once_and_says_why_not(town: Town) -> None:
    (link,) = await town.import_partners("Seide GmbH,partner,company,,47798,Krefeld,Tom Lüttgen,,,2024-01-01")
    code = link.rpartition("=")[2]
    tom, eve = await town.person("Tommy"), await town.person("Eve")
    await tom.goes_through(("/idee", "Worum"), (f"/start {code}", "Sind Sie das?"))
    await tom.goes_through(("[Ja, das bin ich]", "Willkommen, Tom Lüttgen!"))
    await tom.goes_through(
        (f"/start {code}", "den Link brauchen Sie nicht mehr"), ("/hilfe", "Für Seide GmbH")
    )
    await eve.goes_through(
        (f"/start {code}", "wurde schon benutzt"), ("/start unsinn", "wurde schon benutzt")
    )
    assert town.rows("SELECT count(*) FROM person WHERE telegram_id = ?", tom.telegram_id) == [(1,)]


async def test_colleague_of_a_known_partner_is_led_to_its_contact(town: Town) -> None:
    """Another spelling of a known company leads to no second one."""
    office, frank = await town.office(), await town.partner("Bäckerei Hoffmanns GmbH", "Frank")
    await frank.goes_through(("/profil", "genannt: nein"), ("[Uns als Partner nennen]", "genannt: ja"))
    petra, eve = await town.person("Petra Wollny"), await town.person("Eve")
    for person, name in ((petra, "Petra Wollny"), (eve, "Eve Fremd")):
        await person.goes_through(
            ("/beitreten", "Wie heißt"),
            ("baeckerei hofmanns", "Bäckerei Hoffmanns GmbH ist schon Partner. Sind Sie von dort?"),
            ("[Ja]", "Wer ist unser Kontakt?"),
            (name, "Darf die Geschäftsstelle"),
            ("[Ja, ich stimme zu]", "bitte prüfen"),
            ("[Anfrage absenden]", "Der Hauptkontakt ist gefragt"),
        )
        await frank.sees(f"{name} gehört nach eigenen Angaben zu Bäckerei Hoffmanns GmbH")
        if person is petra:
            await frank.goes_through(("[Ja, aufnehmen]", "Stand: aufgenommen"))
            await petra.sees("Sie sind jetzt Kontakt von Bäckerei Hoffmanns GmbH")
        await town.forward(timedelta(minutes=1))  # those of a minute come as one message
    await frank.goes_through(("[Kenne ich nicht]", "wartet auf die Geschäftsstelle"))
    await office.sees("Eve Fremd gehört nach")
    await office.goes_through(("[Ablehnen]", "Stand: abgelehnt"))
    await eve.sees("kennt man Sie nicht")
    assert town.rows("SELECT count(*) FROM join_request") == [(0,)]
    await eve.goes_through(
        ("/beitreten", "Wie heißt"), ("Bäckerei Hoffmanns", "Sind Sie von dort?"), ("[Nein, eine]", "Art von")
    )


async def test_form_tells_nobody_that_a_partner_is_one_who_is_not_to_be_named(town: Town) -> None:
    await town.partner("Bäckerei Hoffmanns GmbH", "Frank")
    eve = await town.person("Eve")
    await eve.goes_through(("/beitreten", "Wie heißt"), ("Bäckerei Hoffmanns GmbH", "Art von"))
    assert "schon Partner" not in await eve.screen()
