"""A signed-in browser before the HTTP doors, with everything that stands around them."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import select
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from app.delivery import papers
from app.delivery.web import Around
from app.models import clock
from app.models.database import transaction
from app.models.queries.logins import LOGIN_COOKIE, token_hash
from app.models.tables import Login, Person
from tests.delivery.world import NOW
from tests.support.asgi import Asking


def open_doors(routes: Sequence[BaseRoute], email: str) -> Asking:
    """A browser in which this person is signed in; "" for nobody."""
    inner = Starlette(routes=routes, exception_handlers={Exception: papers.failed})
    around = Around(inner, pages=[], private_pages=[], error_page=papers.broken)
    if not email:
        return Asking(around)
    with transaction() as db:
        person = db.exec(select(Person).where(Person.email == email)).one()
        later = clock.now() + timedelta(days=1)
        db.add(Login(person_id=person.id, token_hash=token_hash(email), created_at=NOW, expires_at=later))
    return Asking(around, cookie=f"{LOGIN_COOKIE}={email}")
