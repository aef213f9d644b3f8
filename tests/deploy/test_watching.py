"""Alarms and the dashboard ask for what there is, from the first moment on."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

DEPLOY = Path(__file__).parents[2] / "deploy"
NEW = "from bot import metrics; print(metrics.generate_latest(metrics.REGISTRY).decode())"


@pytest.fixture(scope="module")
def series() -> str:
    """Those of a process that has done nothing yet."""
    return subprocess.run(
        [sys.executable, "-c", NEW], cwd=DEPLOY.parent, capture_output=True, text=True, check=True
    ).stdout


def expressions() -> list[str]:
    dashboard = json.loads((DEPLOY / "dashboard.json").read_text())
    rules = yaml.safe_load((DEPLOY / "alerts.yml").read_text())["groups"][0]["rules"]
    shown = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    return [rule["expr"] for rule in rules] + shown


@pytest.mark.parametrize("expression", expressions())
def test_what_is_asked_for_exists(series: str, expression: str) -> None:
    asked = re.findall(r"pact_\w+", expression)
    labels = re.findall(r'(\w+)="([^"]+)"', expression)
    grouped = [name for names in re.findall(r"by \(([^)]+)\)", expression) for name in names.split(", ")]
    assert asked
    for name in asked:
        assert re.search(rf"^{name}[ {{]", series, re.MULTILINE)
    for name, value in labels:
        assert f'{name}="{value}"' in series
    for name in grouped:
        assert f'{name}="' in series


def test_first_failure_is_an_increase(series: str) -> None:
    for line in (
        'pact_updates_total{outcome="parked"} 0.0',
        'pact_notices_total{outcome="refused"} 0.0',
        'pact_calls_total{method="sendMessage",result="timeout"} 0.0',
    ):
        assert line in series


def test_alarms_ring_when_they_should() -> None:
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("there is no promtool here")
    done = subprocess.run(
        [promtool, "test", "rules", "alerts.test.yml"],
        cwd=DEPLOY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
