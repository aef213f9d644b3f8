"""Addresses of pages that nobody can guess: whoever has one may look, while there is something to see."""

import base64
import hmac
from dataclasses import dataclass

BYTES = 16  # of what nobody can guess


@dataclass(frozen=True)
class Pages:
    """`root` is where browsers reach the process; empty: nowhere. `secret` is known to no one else."""

    root: str = ""
    secret: str = ""

    def link(self, folder: str, subject_id: int, code: str) -> str:
        """Nothing where there are no pages. `code` is the subject's own, so that no number is used twice."""
        return f"{self.root}/{folder}/{self.name(folder, subject_id, code)}" if self.root else ""

    def name(self, folder: str, subject_id: int, code: str) -> str:
        words = f"{folder}/{subject_id}/{code}"
        digest = hmac.digest(self.secret.encode(), words.encode(), "sha256")[:BYTES]
        return f"{subject_id}-{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"

    def is_name(self, given: str, folder: str, subject_id: int, code: str) -> bool:
        return hmac.compare_digest(
            given.encode(errors="surrogatepass"), self.name(folder, subject_id, code).encode()
        )


def subject_of(name: str) -> int:
    """Whose page it would be; 0 is nobody's."""
    number = name.partition("-")[0]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
