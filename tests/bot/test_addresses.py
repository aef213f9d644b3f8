"""Every web address has a rule, and whoever it is not for gets nothing."""

import re
from fnmatch import fnmatch
from pathlib import Path

from aiohttp.test_utils import TestClient, TestServer

from bot import web
from bot.addresses import REACHES, Reach
from bot.clock import Clock
from bot.projector import Projector
from storage.engine.database import Database
from tests.support.post import Post

CADDY = Path(__file__).parents[2] / "deploy" / "Caddyfile"
FORBIDDEN, NOT_FOUND, FOUND = 403, 404, 200
GUESSED = "x" * 20


async def test_each_address_answers_only_whom_its_rule_lets_in(sqlite: Database) -> None:
    post, clock = Post(sqlite), Clock()
    application = web.build(post.house, clock, projector=Projector(post.house, clock, "krefeld_bot"))
    web.add_webhook(application, post.receiver, "https://bot.example/hook", "secret")
    reaches = application[REACHES]
    assert {resource.canonical for resource in application.router.resources()} == set(reaches)
    (open_ones,) = re.findall(r"@open path (.*)", CADDY.read_text())
    async with TestClient(TestServer(application)) as client:
        for path, reach in reaches.items():
            address = path.replace("{name}", GUESSED).replace("{key}", GUESSED)
            if reach is Reach.KEY:
                assert (await client.get(address)).status == NOT_FOUND, path
            elif reach is Reach.TELEGRAM:
                assert (await client.post(address, json={})).status == FORBIDDEN, path
            elif reach is Reach.ALL:
                assert (await client.get(address)).status == FOUND, path
            else:
                assert not any(fnmatch(path, one) for one in open_ones.split()), path
