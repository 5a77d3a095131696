"""How often the public form may be sent: per address and session, and, far above that, per network address.

Counted in this process, within the last minutes only; nothing is kept. A school sits behind one
network address, so that one is let through 2,000 times a minute.
"""

import time
from collections import OrderedDict, deque

from app.models.folding import fold

TRIES_AN_EMAIL, EMAIL_SECONDS = 6, 600.0
TRIES_AN_ADDRESS, ADDRESS_SECONDS = 2_000, 60.0
KEYS_REMEMBERED = 50_000


class Meter:
    """Allows so many tries a key within so many seconds."""

    def __init__(self, most: int, seconds: float) -> None:
        self.most = most
        self.seconds = seconds
        self.tries: OrderedDict[str, deque[float]] = OrderedDict()

    def allows(self, key: str, moment: float) -> bool:
        """Count one try; false where there were too many already. `moment` is in seconds."""
        made = self.tries.pop(key, deque[float]())
        while made and made[0] <= moment - self.seconds:
            made.popleft()
        self.tries[key] = made
        if len(self.tries) > KEYS_REMEMBERED:
            self.tries.popitem(last=False)
        if len(made) >= self.most:
            return False
        made.append(moment)
        return True


_emails = Meter(TRIES_AN_EMAIL, EMAIL_SECONDS)
_addresses = Meter(TRIES_AN_ADDRESS, ADDRESS_SECONDS)


def may_register(slug: str, email: str, address: str) -> bool:
    """Count a try to register. Known and unknown e-mail addresses are counted alike."""
    moment = time.monotonic()
    return _addresses.allows(address, moment) and _emails.allows(f"{slug}\n{fold(email.strip())}", moment)


def forget_tries() -> None:
    """Begin to count anew."""
    _emails.tries.clear()
    _addresses.tries.clear()
