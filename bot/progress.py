"""How far long work of the command line is: shown in a terminal, and never in a pipe."""

import contextlib
from collections.abc import Iterator

from tqdm import tqdm

from storage.engine.copies import Tell

DELAY = 0.5  # seconds; what is done sooner needs no bar


@contextlib.contextmanager
def shown(what: str, unit: str) -> Iterator[Tell]:
    with tqdm(desc=what, unit=f" {unit}", delay=DELAY, disable=None, leave=False) as bar:

        def tell(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield tell
