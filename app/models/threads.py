"""Whose a thread of messages is, and whether it can be written in. Pure.

A thread belongs to a relationship and to its two people. A manager who is neither of them reads
nothing of it, whatever else they may see; so nothing here asks what somebody manages.
"""

import sqlalchemy as sa
from sqlmodel import col

from app.models.permissions import Viewer
from app.models.tables import Message, Person, Relationship, ThreadMark

ENDED = "This relationship has ended, so nothing more can be written here."
CLOSED = "A manager closed this conversation, so nothing can be written here."
GONE = "{name} has no account any more, so nothing can be written here."


def own_threads(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Give the condition for the relationships of which the viewer is one of the two people."""
    me = viewer.person_id
    return sa.or_(col(Relationship.mentor_id) == me, col(Relationship.mentee_id) == me)


def marks_of(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Give the condition that joins a relationship with how far the viewer has read in it."""
    return sa.and_(
        col(ThreadMark.relationship_id) == col(Relationship.id), col(ThreadMark.person_id) == viewer.person_id
    )


def is_unread(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Give the condition for messages the viewer has not read; `marks_of` must be outer-joined."""
    return sa.and_(
        col(Message.sender_id) != viewer.person_id, col(Message.id) > sa.func.coalesce(col(ThreadMark.read_id), 0)
    )


def why_silent(relationship: Relationship, other: Person) -> str:
    """Say why nothing can be written in a thread; "" where one can."""
    if relationship.ended_at is not None:
        return ENDED
    if relationship.thread_closed_at is not None:
        return CLOSED
    return GONE.format(name=other.name) if other.deactivated_at is not None else ""
