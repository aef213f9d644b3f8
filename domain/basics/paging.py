"""Pages of lists. They count from 0."""


def page_within(number: int, count: int, size: int) -> tuple[int, int]:
    """The page that is nearest to the one asked for, and how many there are: at least one."""
    pages = max(-(-count // size), 1)
    return min(max(number, 0), pages - 1), pages
