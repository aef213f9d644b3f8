"""No setting of the machine reaches these tests."""

from pathlib import Path

import pytest

from bot.settings import Settings


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # or the library warns of what it will change
    monkeypatch.chdir(tmp_path)
