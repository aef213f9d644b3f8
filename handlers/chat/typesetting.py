"""Pages and pictures from the Typst templates in `locales/`."""

from handlers.chat.texts import CATALOGUES


def typeset(template: str, inputs: dict[str, str], *, as_picture: bool = False, ppi: int = 110) -> bytes:
    import typst  # noqa: PLC0415 # it takes long to load, and few chats need it

    file = str(CATALOGUES / f"{template}.typ")
    return bytes(typst.compile(file, format="png" if as_picture else "pdf", ppi=ppi, sys_inputs=inputs))
