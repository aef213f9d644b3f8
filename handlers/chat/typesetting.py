"""Pages and pictures from the Typst templates in `locales/`: the same words are the same bytes everywhere."""

from functools import cache
from typing import Any, Literal

from handlers.chat.texts import CATALOGUES

NO_FONT = "could not be displayed with font"


def typeset(template: str, inputs: dict[str, str], *, as_picture: bool = False, ppi: int = 110) -> bytes:
    """A PDF is PDF/UA: tagged, with title and language. A letter that no font has costs it that claim."""
    import typst  # noqa: PLC0415 # it takes long to load, and few chats need it

    def compiled(kind: Literal["pdf", "png"], standard: Literal["ua-1"] | None = None) -> bytes:
        file = str(CATALOGUES / f"{template}.typ")
        return typst.compile(
            file, format=kind, ppi=ppi, sys_inputs=inputs, pdf_standards=standard, font_paths=_fonts()
        )

    if as_picture:
        return compiled("png")
    try:
        return compiled("pdf", "ua-1")
    except typst.TypstError as error:
        if NO_FONT not in str(error):
            raise
        return compiled("pdf")


@cache
def _fonts() -> Any:
    """Those that come along, none of the machine's."""
    import typst  # noqa: PLC0415 # as above

    return typst.Fonts(include_system_fonts=False, font_paths=[str(CATALOGUES / "fonts")])
