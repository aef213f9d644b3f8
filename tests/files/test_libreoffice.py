"""Our register, opened and saved again by LibreOffice where it is found, says the same as before."""

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from domain.basics.sheets import SheetKind
from domain.partners.organisations import Category, Kind, Sector, Size
from domain.partners.register import Partner
from handlers.partners.sheets import write_partners
from tests.files.test_coming_in import GERMAN, partners

SOFFICE = shutil.which("soffice")
GERMAN_CSV = "59,34,76,1,,1031,false,true"  # semicolons, UTF-8, German, numbers and days recognised
SAVED_AS = {
    "ods": "ods",
    "xls": "xls",
    "xlsx": "xlsx",
    "csv": f"csv:Text - txt - csv (StarCalc):{GERMAN_CSV}",
}
PAIRS = [(SheetKind.XLSX, target) for target in SAVED_AS] + [(SheetKind.CSV, "csv"), (SheetKind.CSV, "xlsx")]
ODD = (
    "Mai 2025 GmbH",
    "Mai 2025",
    "Jan 1",
    "50%",
    "5 €",
    "WAHR",
    "12:30",
    "1.2.24",
    "1/2",
    "0800",
    "1E5",
    "2025-03-30",
    "1.234,50",
    "=1+1",
    "+49 Partner",
    "-Anna-",
    "@home",
    "'s Lädchen",
    '"Alte Post" Gasthaus',
    "Blumen; Kränze",
    "Öğüt & Söhne",
    "مقهى السلام",
    "花店",
    "4.92151E+11",
)


def register() -> list[Partner]:
    return [
        Partner(
            name=name,
            kind=Kind.PARTNER,
            category=Category.COMPANY,
            street=name,
            postcode="01067",
            city=name,
            phone="+492151123456",
            sector=Sector.CRAFTS,
            size=Size.SMALL,
            employees=12,
            joined_on=date(2025, 3, 30),
            is_listed=bool(place % 2),
            contact_name=f"Anna {name}",
            contact_role=name,
            contact_email=f"anna{place}@firma.de",
            contact_phone="+4917112345678",
        )
        for place, name in enumerate(ODD)
    ]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes, str, str], bytes]:
    folder = tmp_path_factory.mktemp("office")

    def saved(content: bytes, kind: str, target: str) -> bytes:
        given = folder / f"register.{kind}"
        given.write_bytes(content)
        out = folder / "out"
        command = [str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        command += [f"--infilter=CSV:{GERMAN_CSV}"] if kind == "csv" else []
        command += ["--convert-to", SAVED_AS[target], "--outdir", str(out), str(given)]
        german = {**os.environ, "LC_ALL": "de_DE.UTF-8"}
        subprocess.run(command, check=True, capture_output=True, timeout=120, env=german)
        return Path(out / f"register.{target}").read_bytes()

    return saved


@pytest.mark.skipif(SOFFICE is None, reason="there is no LibreOffice here")
@pytest.mark.parametrize(("kind", "target"), PAIRS)
def test_register_comes_back_as_it_was(
    office: Callable[[bytes, str, str], bytes], kind: SheetKind, target: str
) -> None:
    given = register()
    back = partners(office(write_partners(given, kind, GERMAN), kind, target))
    assert [(row.line, row.problems) for row in back.rejected] == []
    assert [partner for _, partner in back.taken] == given
