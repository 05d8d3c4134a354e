"""List the codes of settings, theme, output and the machine, with examples."""

from __future__ import annotations

from plugins.core.codes import Entry, Group, story

FILES = Group("Tệp", (
    Entry("FILE_CHANGED", "Tệp đính kèm bị thay hoặc bị xóa trong lúc đang dựng trang, nên chưa được kiểm tra.",
          "Dựng lại lần nữa."),
))  # fmt: skip

SITE = Group("Cả cổng", (
    Entry("QUARANTINED", "Bài có lỗi nên bản dựng tự động để bài ấy ra ngoài, hoặc giữ bản tốt gần nhất.",
          "Sửa lỗi của bài: bản mới sẽ lên ở lần dựng sau.", story(date="32/5/2026"),
          "Lần trước bài này còn đúng.", before=story(), keeps_last_good=True),
))  # fmt: skip

SETTINGS = Group("Cấu hình và giao diện (cho người quản trị)", (
    Entry("CONTENT_MISSING", "Không có thư mục nội dung được chỉ ra.", "Sửa CONTENT=… trên dòng lệnh, hoặc PATH."),
    Entry("THEME_MISSING", "Không có thư mục giao diện.", "Sửa THEME trong pelicanconf.py."),
    Entry("CONF_MISSING", "Không có tệp cấu hình.", "Chạy lệnh trong thư mục của cổng, hoặc sửa tên sau -s."),
    Entry("CONF_SYNTAX", "Tệp cấu hình sai cú pháp Python.", "Sửa dòng được chỉ ra."),
    Entry("CONF_BROKEN", "Tệp cấu hình dừng giữa chừng khi chạy.", "Sửa theo lỗi Python ghi trong ngoặc."),
    Entry("SETTING_MISSING", "Thiếu một thiết đặt bắt buộc.", "Thêm thiết đặt vào pelicanconf.py."),
    Entry("SETTING_INVALID", "Thiết đặt không đúng dạng.", "Viết theo mẫu của thiết đặt ấy trong pelicanconf.py."),
    Entry("SETTING_UNKNOWN", "Không có thiết đặt tên này, nên nó không có tác dụng.", "Sửa tên theo gợi ý, hoặc xóa."),
    Entry("CATEGORIES", "Hai chuyên mục trùng địa chỉ, hoặc tên không dấu của một chuyên mục viết sai.",
          "Sửa CATEGORIES trong pelicanconf.py: mỗi chuyên mục một tên riêng."),
    Entry("SITEURL", "Địa chỉ của cổng chưa đúng.", "Xuất bản thì ghi SITEURL=https://… là địa chỉ thật của cổng."),
    Entry("NOW", "Thời điểm dựng không đọc được.", "Viết NOW dạng 2026-11-23 08:00; SOURCE_DATE_EPOCH là số giây Unix."),
    Entry("SETTING_UNSUPPORTED", "Thiết đặt hoặc tùy chọn này của Pelican cổng không làm theo được.",
          "Bỏ thiết đặt hoặc tùy chọn ấy; thông báo nói cách làm thay."),
    Entry("PLUGIN_BROKEN", "Một plugin trong PLUGINS không nạp được, hoặc dừng giữa chừng.",
          "Sửa tên trong PLUGINS, sửa mã hoặc cài thư viện mà plugin cần; không thì bỏ khỏi PLUGINS."),
    Entry("PLUGIN_TWICE", "Hai plugin trong PLUGINS cùng lập một mục.", "Bỏ một plugin khỏi PLUGINS, hoặc đổi name của Section."),
    Entry("SIGNAL_UNSENT", "Một plugin chờ tín hiệu của Pelican mà cổng này không phát, nên việc ấy của plugin không chạy.",
          "Bỏ plugin khỏi PLUGINS, hoặc viết lại việc ấy với tín hiệu initialized, finalized hay thành một mục.",
          is_warning=True),
    Entry("TEXTS_MISSING", "Không đọc được theme/texts.yaml.", "Lấy lại tệp ấy từ git."),
    Entry("TEXTS_SYNTAX", "Một tệp texts.yaml (của giao diện hay của một mục) sai cú pháp YAML.", "Sửa dòng được chỉ ra."),
    Entry("TEXTS_CLASH", "Hai tệp texts.yaml cùng đặt một tên, nên chữ này sẽ đè chữ kia.", "Đổi tên ở một tệp."),
    Entry("SCRIPT_TWICE", "Hai mục có tệp .js, .css hay .svg cùng tên, nên mẫu trang không biết gọi tệp nào.", "Đặt tên tệp theo tên mục."),
    Entry("TEMPLATE", "Một mẫu trang không vẽ được.", "Sửa mẫu tại dòng được chỉ ra."),
    Entry("TEMPLATE_SYNTAX", "Một mẫu trang sai cú pháp Jinja.", "Sửa mẫu tại dòng được chỉ ra."),
    Entry("OUTPUT_NOT_OURS", "Thư mục xuất bản có tệp không do cổng tạo ra; dựng vào đó có thể mất tệp.",
          "Chọn một thư mục trống, hoặc dời tệp lạ đi. Bản dựng cũ của cổng thì xóa đi rồi dựng lại."),
    Entry("FOLDERS_OVERLAP", "Hai thư mục của cổng (nội dung, giao diện, xuất bản, bộ nhớ đệm) trùng nhau hoặc nằm trong nhau.",
          "Chọn hai thư mục tách rời nhau: CONTENT=…, OUTPUT=…, CACHE=…"),
))  # fmt: skip

MACHINE = Group("Máy (cho người quản trị)", (
    Entry("MACHINE", "Máy không làm được một việc: hết chỗ, thiếu quyền, tệp bị khóa.",
          "Xem lý do trong thông báo: chỗ trống, quyền ghi của thư mục."),
    Entry("WORKER_KILLED", "Máy dừng một tiến trình đang dựng cổng, có lẽ thiếu bộ nhớ.", "Dựng lại khi máy rảnh hơn."),
))  # fmt: skip

GROUPS = (FILES, SITE)

#: What only who runs the portal can mend.
OPERATORS = (SETTINGS, MACHINE)
