"""What an upload's page shows and does, for every kind of file. It must not decide anything."""

from app.components.upload import Upload
from app.state.upload import UploadState

BOX = Upload(
    shown=UploadState.shown,
    missing=UploadState.missing,
    shows=UploadState.shows,
    editing=UploadState.editing,
    asks=UploadState.asks,
    problem=UploadState.problem,
    said=UploadState.said,
    mails_leave=UploadState.mails_leave,
    filter_by=UploadState.filter_by,
    go_to=UploadState.go_to,
    edit_row=UploadState.edit_row,
    correct=UploadState.correct,
    choose_program=UploadState.choose_program,
    choose_access=UploadState.choose_access,
    swap=UploadState.swap,
    ask=UploadState.ask,
    confirm=UploadState.confirm,
    stop=UploadState.stop,
    undo=UploadState.undo,
)
