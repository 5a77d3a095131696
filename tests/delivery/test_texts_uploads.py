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
