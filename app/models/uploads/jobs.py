"""Checks and carries out uploads in the background: which worker has which, and how far it has come.

A job is claimed for a while; what each row did is kept in the row's own transaction, so that
a worker that takes a dead one's job over does nothing twice. Between short transactions others write.
"""

import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import load_only
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock, history, hub
from app.models.batches import last_notice
from app.models.database import reading, transaction
from app.models.errors import Refusal
from app.models.permissions import Viewer, load_viewer
from app.models.tables import Upload, UploadRow
from app.models.uploads.kinds import Around, Kind
from app.models.uploads.registry import KINDS
from app.models.uploads.sheets import around_of, check, end_early, settle_check, write_verdicts
from app.models.uploads.telling import tell_uploader
from app.models.words import RowStatus, UploadKind, UploadStatus

CLAIM_LASTS = {UploadStatus.READING: timedelta(minutes=2), UploadStatus.APPLYING: timedelta(seconds=10)}
"""How long a dead worker keeps a job: its claim is renewed with every few rows, but not while a file is checked.

To take a live one's job over does no harm: it sees that the job is no longer its own before it writes.
"""
CHUNK = 100
CHUNK_SECONDS = 0.15
"""A transaction takes up no further rows after this: nobody else can write meanwhile."""
REST_SECONDS = 0.03
WAKE_SECONDS = 1.0
"""Open pages read again no more often than this while a job runs."""
MEANWHILE = "Somebody changed the same people at this moment. Upload this row again."
UNFIT = "The database does not take one of its values. Correct it, and upload this row again."
BROKEN = (
    "Something went wrong on the server, so this upload has stopped. What was carried out stays; "
    "upload the result file to go on."
)
PORTION = 1_000
TRIES = 4
PATIENCE_SECONDS = 2.0
PASSES = (RowStatus.VALID, RowStatus.LATER)
"""What the rows of the first and of the second pass are marked by while they wait."""
ODD = (DBAPIError, LookupError, TypeError, ValueError)
"""What a job may raise that is not as it should be."""

log = logging.getLogger(__name__)


def work_once(worker: str, stopped: Callable[[], bool] = lambda: False) -> bool:
    """Take one upload up and bring it as far as it goes; whether there was one. Ends early when `stopped`."""
    upload_id = claim(worker, clock.now())
    if upload_id is None:
        return False
    try:
        _work(upload_id, worker, stopped)
    except ODD:
        # Whoever took it up next would meet the same, and no other upload would get its turn.
        log.exception("Upload %s failed", upload_id)
        give_up(upload_id, worker)
    release(upload_id, worker)
    hub.wake()
    return True


def _work(upload_id: int, worker: str, stopped: Callable[[], bool]) -> None:
    last_wake = 0.0
    while not stopped() and _patient_step(upload_id, worker):
        if time.monotonic() - last_wake > WAKE_SECONDS:
            hub.wake()
            last_wake = time.monotonic()
        time.sleep(REST_SECONDS)


def _patient_step(upload_id: int, worker: str) -> bool:
    """Do the next piece; a database that is busy or away for a moment is asked again."""
    for _ in range(TRIES - 1):
        try:
            return step(upload_id, worker)
        except OperationalError:
            log.warning("Upload %s waits for the database", upload_id, exc_info=True)
            time.sleep(PATIENCE_SECONDS)
    return step(upload_id, worker)


def claim(worker: str, now: datetime) -> int | None:
    """Take up an upload that waits for a worker, or whose worker died."""
    free = sa.or_(col(Upload.claimed_by) == "", col(Upload.claimed_at).is_(None))
    open_to_work = [
        sa.and_(col(Upload.status) == status, sa.or_(free, col(Upload.claimed_at) <= now - lasts))
        for status, lasts in CLAIM_LASTS.items()
    ]
    query = select(Upload).where(sa.or_(*open_to_work)).order_by(col(Upload.id)).limit(1)
    with transaction() as db:
        upload = db.exec(query.with_for_update(skip_locked=True)).one_or_none()
        if upload is None:
            return None
        upload.claimed_by, upload.claimed_at = worker, now
        return upload.id


def release(upload_id: int, worker: str) -> None:
    """Give a job back, done or not."""
    with transaction() as db:
        mine = (col(Upload.id) == upload_id, col(Upload.claimed_by) == worker)
        db.execute(sa.update(Upload).where(*mine).values(claimed_by="", claimed_at=None))


def give_up(upload_id: int, worker: str) -> None:
    """End a job that cannot go on, and say so; what it has carried out stays."""
    with transaction() as db:
        upload = _mine(db, upload_id, worker)
        if upload is not None:
            end_early(db, upload, clock.now(), UploadStatus.FAILED, BROKEN)


def step(upload_id: int, worker: str) -> bool:
    """Do the next piece of a job in short transactions of its own; whether there may be more."""
    with transaction() as db:
        upload = _mine(db, upload_id, worker)
        if upload is None:
            return False
        db.info[history.BATCH] = upload.batch_id
        now = clock.now()
        upload.claimed_at = now
        viewer = load_viewer(db, upload.person_id)
        kind = KINDS[UploadKind(upload.kind)]
        if viewer is None or not kind.may(viewer):
            end_early(db, upload, now, UploadStatus.FAILED, "Whoever uploaded this file may no longer do so.")
            return False
        if upload.status == UploadStatus.APPLYING:
            return _apply_some(db, viewer, now, upload, kind)
    _check(upload_id, worker, viewer, now)
    return False


def _check(upload_id: int, worker: str, viewer: Viewer, now: datetime) -> None:
    """Check a whole file, then write what was found a portion at a time."""
    with reading() as db:
        checked = check(db, viewer, now, db.get_one(Upload, upload_id))
    for some in checked.portions(PORTION):
        with transaction() as db:
            upload = _mine(db, upload_id, worker)
            if upload is None or upload.version != checked.version:
                return  # stopped, or other options were chosen meanwhile: they are checked next
            write_verdicts(db, some)
            upload.rows_done += len(some)
            upload.claimed_at = clock.now()
        hub.wake()
    with transaction() as db:
        upload = _mine(db, upload_id, worker)
        if upload is not None and upload.version == checked.version:
            settle_check(upload, checked, clock.now())


def _mine(db: Db, upload_id: int, worker: str) -> Upload | None:
    """Hold the job, if it is still this worker's to go on with: it may have been stopped, or taken over."""
    query = select(Upload).where(Upload.id == upload_id).with_for_update()
    upload = db.exec(query).one_or_none()
    under_way = (UploadStatus.READING, UploadStatus.APPLYING)
    return upload if upload and upload.claimed_by == worker and upload.status in under_way else None


def _apply_some(db: Db, viewer: Viewer, now: datetime, upload: Upload, kind: Kind) -> bool:
    """Carry out the next few rows of the first pass that is not through."""
    around = around_of(upload)
    for stage, status in enumerate(PASSES):
        if rows := _waiting(db, upload.id or 0, status):
            kind.prepare(db, viewer, around, [row.plan for row in rows])
            newest = last_notice(db)
            upload.rows_done += _apply_rows(db, viewer, now, kind, around, rows, stage)
            kind.settle(db, now, around, newest)
            return True
    if kind.wrap_up(db, now, around):
        return True
    finish(upload, now)
    if upload.kind == UploadKind.SESSIONS:
        tell_uploader(db, now, upload)
    return False


def _waiting(db: Db, upload_id: int, status: RowStatus) -> Sequence[UploadRow]:
    query = (
        select(UploadRow)
        .where(UploadRow.upload_id == upload_id, UploadRow.status == status)
        .order_by(col(UploadRow.id))  # the order of the file, and of the index that finds them
        .limit(CHUNK)
        .options(load_only(UploadRow.upload_id, UploadRow.number, UploadRow.plan, UploadRow.result, UploadRow.status))  # pyright: ignore[reportArgumentType]
    )
    return db.exec(query).all()


def _apply_rows(
    db: Db, viewer: Viewer, now: datetime, kind: Kind, around: Around, rows: Sequence[UploadRow], stage: int
) -> int:
    """Carry rows out until the time is over, and count them.

    Where one of several is refused, fewer are tried at once, and more again when it goes well: of a sheet
    whose rows are all refused, each is tried about once.
    """
    begun, done = time.monotonic(), 0
    size = 1 if _follows_a_refusal(db, rows[0]) else CHUNK
    while done < len(rows) and not (done and time.monotonic() - begun > CHUNK_SECONDS):
        size = min(size, kind.together([row.plan for row in rows[done:]]))
        piece = rows[done : done + size]
        if not _apply(db, viewer, now, kind, around, piece, stage):
            size = len(piece) // 2
            continue
        done += len(piece)
        size = 1 if piece[0].status == RowStatus.FAILED else 2 * size
    return done


def _follows_a_refusal(db: Db, row: UploadRow) -> bool:
    before = select(UploadRow.status).where(UploadRow.upload_id == row.upload_id, UploadRow.number < row.number)
    return db.exec(before.order_by(col(UploadRow.number).desc()).limit(1)).first() == RowStatus.FAILED


def _apply(
    db: Db, viewer: Viewer, now: datetime, kind: Kind, around: Around, rows: Sequence[UploadRow], stage: int
) -> bool:
    """Carry all of these rows out, or none; whether that is settled. A row that is refused by itself has failed."""
    try:
        with db.begin_nested():
            outcomes = kind.apply(db, viewer, now, around, [row.plan for row in rows], stage)
    except (Refusal, IntegrityError, DataError) as error:
        if len(rows) > 1:
            return False
        why = str(error) if isinstance(error, Refusal) else MEANWHILE if isinstance(error, IntegrityError) else UNFIT
        _say(rows[0], why)
        rows[0].status = RowStatus.FAILED
        return True
    for row, done in zip(rows, outcomes, strict=True):
        _say(row, done.said)
        if done.made_id is not None:
            row.result = row.result | {"id": done.made_id, "before": dict(done.before)}
        row.status = RowStatus.LATER if max(row.plan["stages"]) > stage else RowStatus.DONE
    return True


def _say(row: UploadRow, what: str) -> None:
    row.result = {"said": f"{row.result.get('said', '')} {what}".strip()}


def finish(upload: Upload, now: datetime) -> None:
    """Close a job that is through."""
    upload.status, upload.finished_at = UploadStatus.DONE, now
    upload.version += 1
