"""What the pact is, in the office's own words: `locales/pages.<language>.md`, which it may change.

A line with `# ` begins a page, `- ` a bullet; {pact}, {city}, {office}, {email}, {homepage} are filled in.
"""

import re
from dataclasses import dataclass
from functools import cache

from domain.basics.pact import Pact
from handlers.chat.context import Context
from handlers.chat.texts import CATALOGUES
from handlers.home.buttons import ShowPage
from handlers.home.screens.pages import render_contents, render_page


@dataclass(frozen=True)
class Page:
    title: str
    text: str


async def asked_about_the_pact(context: Context) -> None:
    await context.settle()
    found = pages(context.t.language, context.house.pact)
    await context.show(render_contents([page.title for page in found], context.house.pact, context.t))


async def asked_for_page(context: Context, tap: ShowPage) -> None:
    await context.settle()
    found = pages(context.t.language, context.house.pact)
    if tap.number in range(len(found)):
        page = found[tap.number]
        await context.show(render_page(page.title, page.text, context.t))
    else:  # the office has taken pages out since
        await context.show(render_contents([page.title for page in found], context.house.pact, context.t))


@cache
def pages(language: str, pact: Pact) -> list[Page]:
    own, english = (CATALOGUES / f"pages.{code}.md" for code in (language, "en"))
    source = (own if own.exists() else english).read_text(encoding="utf-8")
    for name in ("pact", "city", "office", "email", "homepage"):
        source = source.replace(f"{{{name}}}", str(getattr(pact, "name" if name == "pact" else name)))
    found = []
    for part in f"\n{source}".split("\n# ")[1:]:
        title, _, text = part.partition("\n")
        text = re.sub(r"^- ", "• ", text.strip(), flags=re.MULTILINE)
        found.append(Page(title.strip(), text))
    return found
