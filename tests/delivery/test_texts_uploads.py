"""The mail about an uploaded file of sessions."""

from app.delivery.mail import compose
from app.models.words import NoticeKind
from tests.delivery.world import NOW, World, text_of


def test_uploader_reads_how_many_rows_were_carried_out_and_where_the_result_is(world: World) -> None:
    facts = {"upload_id": 7, "file": "autumn.csv", "valid": 1999, "invalid": 1}
    world.say(world.arjun, NoticeKind.UPLOADED, facts)
    mail = compose(world.letter(world.arjun), NOW)
    assert mail["Subject"] == "autumn.csv: 1,999 rows carried out, 1 invalid"
    assert "Correct the invalid rows in it, and upload it again." in text_of(mail)
    assert "/sessions/bulk?id=7" in text_of(mail)


def test_uploader_reads_why_a_job_ended_early_and_how_to_go_on(world: World) -> None:
    facts = {"upload_id": 7, "file": "autumn.csv", "valid": 120, "invalid": 0, "left": 1880}
    world.say(world.arjun, NoticeKind.UPLOADED, facts | {"status": "failed", "problem": "The disk is full."})
    mail = compose(world.letter(world.arjun), NOW)
    assert mail["Subject"] == "autumn.csv: 120 rows carried out, 1,880 left out"
    assert "The upload of autumn.csv has failed. The disk is full." in text_of(mail)
    assert "Upload it again for the rows that were left out." in text_of(mail)
