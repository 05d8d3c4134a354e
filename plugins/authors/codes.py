"""List what can be wrong with an author's name, with examples."""

from plugins.core.codes import Entry, story

CODES = (
    Entry("NAME_SPELLING", "Tên một tác giả hoặc đơn vị được viết hai cách (chữ hoa, vị trí dấu thanh); cả hai chung một trang.",
          "Chọn một cách viết cho mọi bài.",
          {**story(author="Lê Thủy"), **story(at="tin-tuc/2026/05/vi-du-2/index.md", author="LÊ THUỶ")}),
    Entry("NAME_ALIKE", "Hai tác giả có tên chỉ khác dấu, nên địa chỉ trang của người viết sau có thêm số.",
          "Nếu là một người thì viết thống nhất; đúng là hai người thì để yên.",
          {**story(author="Lê Thủy"), **story(at="tin-tuc/2026/05/vi-du-2/index.md", author="Lê Thụy")}),
)  # fmt: skip
