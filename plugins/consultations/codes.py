"""List what can be wrong with a consultation, with examples."""

from plugins.core.codes import Entry, Files, text


def consultation(body: str = "Nội dung.", **fields: str) -> Files:
    defaults = {"title": "Dự thảo Quy chế", "date": "2026-11-01 08:00", "closes": "2026-12-31", "unit": "Văn phòng"}
    return {"gop-y/quy-che/index.md": text(defaults | fields, body)}


CODES = (
    Entry("CLOSES_BEFORE_OPENS", "Đợt góp ý đóng trước khi mở.", "Sửa closes hoặc opens.",
          consultation(opens="2027-01-15")),
    Entry("CONSULTATION_EMPTY", "Đợt góp ý không có tệp dự thảo, câu hỏi hay nội dung nào.",
          "Thêm files, questions, hoặc viết nội dung.", consultation(body="")),
    Entry("ANSWERED_BEFORE_CLOSES", "Ngày trả lời sớm hơn hạn góp ý.", "Sửa answered hoặc closes.",
          consultation("## Tiếp thu, giải trình", closes="2026-11-10", answered="2026-11-05")),
    Entry("ANSWER_MISSING", "Có ngày trả lời mà không có bản tiếp thu, giải trình.",
          "Thêm mục “## Tiếp thu, giải trình” vào bài, hoặc dòng answer với tên tệp cạnh bài.",
          consultation(closes="2026-11-10", answered="2026-11-20")),
    Entry("ANSWER_OVERDUE", "Đợt góp ý đóng đã hơn 30 ngày mà chưa trả lời.",
          "Viết phần tiếp thu, giải trình, rồi thêm dòng answered.",
          consultation(date="2026-09-01 08:00", closes="2026-10-15")),
)  # fmt: skip
