"""Texts: HTML and Markdown rules, UTF-16 lengths, entities Telegram finds itself, and safe rendering."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.markup import parse_html
from sandbox.refusals import Refused
from sandbox.rendering import render
from sandbox.tags import units
from sandbox.texts import compose
from tests.sandbox.conftest import Telegram


def html(text: str) -> tuple[str, list[dict[str, Any]]]:
    return compose(text, "HTML", None, 4096)


def refused(text: str, mode: str = "HTML") -> str:
    with pytest.raises(Refused) as caught:
        compose(text, mode, None, 4096)
    assert caught.value.violation
    return caught.value.description.removeprefix("Bad Request: can't parse entities: ")


@pytest.mark.parametrize(
    ("source", "text", "kinds"),
    [
        ("<b>a</b>", "a", [("bold", 0, 1)]),
        ("<strong>a</strong><em>b</em>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<ins>a</ins><del>b</del>", "ab", [("underline", 0, 1), ("strikethrough", 1, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<B>a</b >", "a", [("bold", 0, 1)]),
        ("<b>a</>", "a", [("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        ("😀<b>a</b>", "😀a", [("bold", 2, 1)]),
        ("a &lt; b &amp;amp; &#65;&#x42;", "a < b &amp; AB", []),
        ("&nbsp;&copy;", "&nbsp;&copy;", []),
        ("  <b> a </b>  ", " a", [("bold", 0, 2)]),
        ("a\n\n", "a", []),
    ],
)
def test_html(source: str, text: str, kinds: list[tuple[str, int, int]]) -> None:
    found, entities = html(source)
    assert found == text
    assert [(one["type"], one["offset"], one["length"]) for one in entities] == kinds


def test_links() -> None:
    _, (link,) = html('<a href="https://example.org/?a=1&amp;b=2">hier</a>')
    assert link == {"type": "text_link", "offset": 0, "length": 4, "url": "https://example.org/?a=1&b=2"}
    assert html('<a href="javascript:alert(1)">hier</a>') == ("hier", [])


def test_preformatted_with_language() -> None:
    _, entities = html('<pre><code class="language-python">x</code></pre>')
    assert entities == [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]


def test_time_in_the_readers_zone() -> None:
    _, entities = html('<tg-time unix="1893456000" format="wDT">Neujahr</tg-time>')
    assert entities == [
        {
            "type": "date_time",
            "offset": 0,
            "length": 7,
            "unix_time": 1893456000,
            "date_time_format": "wDT",
        }
    ]
    assert refused('<tg-time unix="1" format="?">x</tg-time>') == "Invalid date-time format specified"


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("ä</b>", "Unexpected end tag at byte offset 2"),
        ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("a <3", "Unclosed start tag at byte offset 2"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=x:y>a</a>", "Unexpected end of name token at byte offset 8"),
        ("<a =x>a</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
    ],
)
def test_html_that_does_not_parse(source: str, error: str) -> None:
    assert refused(source) == error


@pytest.mark.parametrize(
    ("source", "text", "kinds"),
    [
        ("*a* _b_ __c__ ~d~ ||e||", "a b c d e", ["bold", "italic", "underline", "strikethrough", "spoiler"]),
        ("*a _b_*", "a b", ["bold", "italic"]),
        (r"1\.5 \*", "1.5 *", []),
        ("`a*b`", "a*b", ["code"]),
        ("```python\nx\n```", "x", ["pre"]),
        ("[hier](https://example.org/x)", "hier", ["text_link"]),
        (">Zitat\nText", "Zitat\nText", ["blockquote"]),
    ],
)
def test_markdown_v2(source: str, text: str, kinds: list[str]) -> None:
    found, entities = compose(source, "MarkdownV2", None, 4096)
    assert (found, [one["type"] for one in entities]) == (text, kinds)


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("a.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("*a", "Can't find end of Bold entity at byte offset 0"),
        ("`a", "Can't find end of Code entity at byte offset 0"),
    ],
)
def test_markdown_v2_that_does_not_parse(source: str, error: str) -> None:
    assert refused(source, "MarkdownV2") == error


def test_legacy_markdown() -> None:
    text, entities = compose("*a* _b_ 1.5 [hier](https://example.org/)", "Markdown", None, 4096)
    assert text == "a b 1.5 hier"
    assert [one["type"] for one in entities] == ["bold", "italic", "text_link"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("/start abc", ["bot_command"]),
        ("siehe /hilfe.", ["bot_command"]),
        ("https://www.klimapakt-krefeld.de/termine.", ["url"]),
        ("klimapakt@krefeld.de", ["email"]),
        ("@KlimapaktBot #klima", ["mention", "hashtag"]),
        ("krefeld.de", ["url"]),
        ("3,5 t und 12.10.2026 um 14:00", []),
        ("a/b", []),
    ],
)
def test_entities_telegram_finds(text: str, kinds: list[str]) -> None:
    assert [one["type"] for one in compose(text, None, None, 4096)[1]] == kinds


def test_nothing_is_found_inside_code_and_links() -> None:
    _, entities = html('<code>/start</code> <a href="https://a.de/">@KlimapaktBot</a>')
    assert [one["type"] for one in entities] == ["code", "text_link"]


async def test_text_length_counts_after_parsing_in_utf16(telegram: Telegram, anna: int) -> None:
    async def send(text: str) -> int:
        return (await telegram.bot("sendMessage", chat_id=anna, text=text, parse_mode="HTML")).status

    assert await send("<b>" + "ä" * 4096 + "</b>") == 200
    assert await send("&lt;" * 4096) == 200
    assert await send("😀" * 2048) == 200
    assert await send("😀" * 2048 + "a") == 400
    assert await telegram.violations() == ["Bad Request: message is too long"]


async def test_caption_length(telegram: Telegram, anna: int) -> None:
    async def send(caption: str) -> str | None:
        files = {"document": ("a.txt", b"x")}
        answer = await telegram.upload(
            "sendDocument", files, chat_id=anna, caption=caption, parse_mode="HTML"
        )
        return None if answer.status == 200 else answer.error

    assert await send("<i>" + "x" * 1024 + "</i>") is None
    assert await send("x" * 1025) == "Bad Request: message caption is too long"


async def test_entities_can_be_given(telegram: Telegram, anna: int) -> None:
    entities = [{"type": "bold", "offset": 0, "length": 2}]
    answer = await telegram.bot("sendMessage", chat_id=anna, text="ab <b>", entities=entities)
    assert (answer.result["text"], answer.result["entities"]) == ("ab <b>", entities)


TEXTS = st.text(alphabet=st.sampled_from("ab<>&\"'/ =;#x😀ä\n-"), max_size=40)


@given(TEXTS)
def test_any_html_is_parsed_or_refused(source: str) -> None:
    try:
        text, entities = parse_html(source)
    except Refused:
        return
    assert all(one["offset"] >= 0 and one["offset"] + one["length"] <= units(text) for one in entities)


@given(TEXTS, st.lists(st.sampled_from(["b", "i", "u", "code", "pre", "blockquote"]), max_size=3))
def test_rendering_never_lets_markup_through(inside: str, tags: list[str]) -> None:
    escaped = inside.replace("&", "&amp;").replace("<", "&lt;")
    source = "".join(f"<{t}>" for t in tags) + escaped + "".join(f"</{t}>" for t in reversed(tags))
    rendered = render(*compose(source, "HTML", None, 4096))
    known = r"</?(b|i|u|code|pre|blockquote|span|a)( [^<>]*)?>"
    assert not re.search("[<>]", re.sub(known, "", rendered))


def test_rendering_nests_and_escapes() -> None:
    text, entities = html('<b>a &lt;<i>b</i></b> <a href="https://a.de/?x=&quot;y">z</a> 😀<u>c</u>')
    assert render(text, entities) == (
        "<b>a &lt;<i>b</i></b> "
        '<a href="https://a.de/?x=&#34;y" target="_blank" rel="noopener noreferrer">z</a> 😀<u>c</u>'
    )
