"""List the codes of file names and folders, with examples."""

from __future__ import annotations

from plugins.core.codes import STORY_PATH, Entry, Group, attachment, story
from plugins.core.media.codes import gif

_FOLDER = STORY_PATH.removesuffix("index.md")

FILES = Group("Tệp", (
    Entry("FOLDER_UNKNOWN", "Bài nằm ngoài các thư mục chuyên mục, nên không thuộc trang nào.",
          "Chuyển bài vào một thư mục có trong thông báo.", story(at="tin-moi/vi-du/index.md")),
    Entry("TEXT_NAME", "Tên tệp làm bài không được đọc: đuôi không phải .md, có chữ hoa, hay tên là bản sao của index.",
          "Đổi tên như thông báo.", story(at=STORY_PATH.replace("index.md", "INDEX.MD"))),
    Entry("TEXT_COPY", "Bản sao của một bài nằm cạnh nó; chỉ bài gốc được đăng.", "Xóa bản sao, hoặc đặt tên thật.",
          {**story(), **story(at=STORY_PATH.replace("index.md", "index - Copy.md"))}),
    Entry("FILE_TWINS", "Hai tệp trùng tên, chỉ khác chữ hoa hoặc cách mã hóa dấu (thường do chép từ máy Mac).",
          "Đổi tên một tệp thành chữ không dấu.",
          {f"{_FOLDER}\u1ea3nh.gif": gif(), f"{_FOLDER}a\u0309nh.gif": gif()},
          "Thư mục có hai tệp cùng hiện là “ảnh.gif”: một tên dùng dấu tổ hợp."),
    Entry("FILE_SPECIAL", "Đây là liên kết (symlink) hoặc tệp đặc biệt, không phải tệp thường.",
          "Chép tệp thật vào thay.", attachment("anh-1.jpg", None), "anh-1.jpg là liên kết tới một tệp ngoài content/."),
    Entry("NAME_WINDOWS", "Máy Windows không chép được tên này, nên không tải cổng về được.",
          "Đổi tên: chữ không dấu, số, gạch nối.", story(at="tin-tuc/2026/05/aux/index.md")),
    Entry("NAME_ENCODING", "Tên tệp hoặc thư mục không ở mã UTF-8 (thường do giải nén từ máy cũ).",
          "Đổi tên: chữ không dấu, số, gạch nối."),
    Entry("GIT_NESTED", "Trong thư mục có một kho git riêng, nên các tệp ở đó không theo lên cổng.",
          "Xóa .git bên trong thư mục ấy, rồi git add lại.",
          {**story(), **attachment(".git", b"gitdir: ../../.git/modules/vi-du\n")}),
    Entry("FILE_UNREADABLE", "Máy không cho đọc tệp.", "Xem lại quyền đọc tệp, hoặc chép lại tệp."),
    Entry("UPLOAD_JUNK", "Tệp do máy tự sinh ra.", "Xóa tệp.", attachment("Thumbs.db", b"x"),
          "Windows để lại tệp này trong thư mục ảnh."),
))  # fmt: skip

GROUPS = (FILES,)
