"""Which page of a list is shown."""


def nearest_page(total: int, size: int, asked: int) -> tuple[int, int]:
    """Give the page there is that is nearest to the one asked for, and how many there are: at least one."""
    pages = max(1, -(-total // size))
    return min(max(asked, 1), pages), pages
