"""List what can be wrong with a campaign, with examples."""

from plugins.core.codes import Entry, Files, story, text


def campaign(name: str = "an-toan", **fields: str) -> Files:
    defaults = {"title": "An toàn giao thông", "gathers": "[an toàn giao thông]"}
    return {f"chuyen-de/{name}/index.md": text(defaults | fields)}


CODES = (
    Entry("GATHERS_NOTHING", "Chuyên đề chưa gom được bài nào theo một từ khóa, có lẽ từ khóa gõ nhầm.",
          "Sửa gathers theo gợi ý, hoặc thêm từ khóa ấy vào các bài.",
          {**campaign(gathers="[an toàn giao thôn]"), **story(tags="[an toàn giao thông]")}),
    Entry("TRANSLATION_OF_NOTHING", "Bản dịch của một chuyên đề không có.", "Ghi tên thư mục của bản gốc.",
          {**campaign(), **campaign("an-toan-ru", lang="ru", translates="an-toann")}),
    Entry("TRANSLATION_OF_TRANSLATION", "Bản dịch dẫn tới một bản dịch khác.", "Ghi tên thư mục của bản gốc.",
          {**campaign(), **campaign("an-toan-ru", lang="ru", translates="an-toan"),
           **campaign("an-toan-en", lang="en", translates="an-toan-ru")}),
    Entry("TRANSLATION_TWICE", "Một chuyên đề có hai bản cùng một thứ tiếng.", "Sửa lang, hoặc xóa một bản.",
          {**campaign(), **campaign("an-toan-ru", lang="vi", translates="an-toan")}),
)  # fmt: skip
