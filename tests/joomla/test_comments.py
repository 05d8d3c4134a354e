"""Approved comments of JComments come along as their words, with who wrote them and nothing else."""

import json

import pytest

from scripts.joomla.comments import add_comments, to_html
from scripts.joomla.database import read_database
from scripts.joomla.model import OldComment

DUMP = """\
INSERT INTO jos_content (id, title) VALUES (1, 'Bài');
INSERT INTO `jos_jcomments` (`id`,`parent`,`object_id`,`object_group`,`userid`,`name`,`username`,`email`,`ip`,`comment`,`date`,`published`,`deleted`) VALUES
(3,0,1,'com_content',62,'Lan','lan','lan@bi.mat','10.0.0.1','Hay quá!<br />Cảm ơn [b]các bạn[/b] &amp; thầy','2012-04-01 02:00:00',1,0),
(4,3,1,'com_content',0,'','','x@bi.mat','10.0.0.2','Trả lời','2012-04-01 03:00:00',1,0),
(5,0,1,'com_content',0,'Rác','','','','spam','2012-04-01 03:00:00',0,0),
(6,0,9,'com_other',0,'Khác','','','','khác','2012-04-01 03:00:00',1,0);
"""


def test_comments_come_with_their_answers_and_without_addresses(tmp_path):
    (tmp_path / "cu.sql").write_text(DUMP, "utf-8")
    site = read_database(tmp_path / "cu.sql")
    path = tmp_path / "cache" / "comments.json"
    assert add_comments(path, site.comments(), {"a1": "/tin-tuc/2012/04/bai/"}) == 2
    site.close()
    first, second = json.loads(path.read_text("utf-8"))
    assert (first["author"], first["created"]) == ("Lan", 1333245600)
    assert first["html"] == "<p>Hay quá!<br>Cảm ơn <strong>các bạn</strong> &amp; thầy</p>"
    assert second["parent"] == first["id"] and second["author"] == "Bạn đọc"
    assert "bi.mat" not in path.read_text("utf-8") and "10.0.0" not in path.read_text("utf-8")


def test_those_of_an_isso_server_stay_and_a_second_run_adds_none(tmp_path):
    path = tmp_path / "comments.json"
    path.write_text('[{"thread":"/x/","id":7,"created":1,"html":"<p>Isso</p>"}]', "utf-8")
    comment = OldComment(article="k2", id=7, parent=0, author="An", created="", text="K2", is_bbcode=False)
    for _ in range(2):
        add_comments(path, [comment], {"k2": "/x/"})
    assert [row["html"] for row in json.loads(path.read_text("utf-8"))] == ["<p>K2</p>", "<p>Isso</p>"]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[url=http://a.vn]chữ[/url] [img]x.gif[/img]", '<p><a href="http://a.vn">chữ</a> x.gif</p>'),
        ("<script>alert(1)</script> a < b", "<p>alert(1) a &lt; b</p>"),
        ("[quote=An]lời[/quote]\n\nđáp", "<p><blockquote>lời</blockquote></p><p>đáp</p>"),
        ("  ", ""),
    ],
)
def test_marks_of_comments(text, html):
    assert to_html(text, is_bbcode=True) == html
