"""List the vocabulary of the corpus: what a union's news is made of. No sentence reports a real event."""

PLACES = (
    "Phan Thiết", "La Gi", "Tuy Phong", "Bắc Bình", "Tánh Linh",
    "Đức Linh", "Hàm Tân", "Phú Quý", "Mũi Né", "Liên Hương",
)  # fmt: skip

SUBJECTS = (
    "hiến máu", "mùa hè xanh", "thắp sáng", "học bổng", "trồng rừng", "biển sạch", "bơi lội", "sách cũ", "bóng đá",
    "xe đạp", "hợp tác xã", "chợ quê", "nhà bia", "trung thu", "mùa thi", "áo ấm", "dân ca", "ngoại ngữ", "cầu nhỏ",
    "vườn rau",
)  # fmt: skip

#: What stands in an article's ``tags``: 200 of them.
TAGS = tuple(f"{subject} {place}" for subject in SUBJECTS for place in PLACES)

UNITS = (
    "Tỉnh đoàn", "Ban Phong trào", "Đoàn khối Doanh nghiệp", "Hội Sinh viên", "Hội đồng Đội", "Đoàn phường",
    "Đoàn xã", "chi đoàn thôn", "Đoàn trường Cao đẳng", "câu lạc bộ Ngư dân trẻ", "đội Tri thức trẻ",
)  # fmt: skip

DEEDS = (
    "dọn rác ven kè", "sửa đường liên thôn", "sơn lại phòng học", "trồng phi lao chắn cát", "tập huấn sơ cứu",
    "dạy trẻ em bơi", "giúp bà con nộp hồ sơ trực tuyến", "gói bánh tặng người già neo đơn", "lắp đèn năng lượng mặt trời",
    "thu gom sách giáo khoa cũ", "hướng dẫn nông dân bán hàng qua mạng", "khám mắt cho học sinh", "xây sân chơi cho thiếu nhi",
)  # fmt: skip

THINGS = (
    "chiếc xe đạp", "suất học bổng", "bộ áo phao", "tủ sách", "bóng đèn", "cây giống", "phần quà", "thẻ bảo hiểm y tế",
    "chiếc cặp phao", "thùng phân loại rác",
)  # fmt: skip

PEOPLE = ("đoàn viên", "sinh viên", "học sinh", "công nhân trẻ", "ngư dân", "thầy cô giáo", "hội viên", "phụ huynh")

TITLES = (
    "{unit} {place} {deed}",
    "{place}: {n} {people} cùng {deed}",
    "Trao {n} {thing} cho {people} {place}",
    "{people} {place} và chuyện {deed}",
    "Một ngày {deed} ở {place}",
    "{unit} {place} tổng kết đợt {deed}",
)

SENTENCES = (
    "Từ sáng sớm, hơn {n} {people} ở {place} đã có mặt để {deed}, mỗi người một tay dù trời nắng gắt",
    "{unit} {place} cho biết đợt này kéo dài {few} tuần và sẽ chuyển dần sang các thôn ở xa trung tâm",
    "Kinh phí {n} triệu đồng do {people} quyên góp, phần còn lại được các cửa hàng quanh chợ {place} ủng hộ",
    "Trước đó, {unit} đã khảo sát {few} điểm và chọn những nơi có nhiều {people} gặp khó khăn nhất",
    "Buổi chiều, các nhóm chia nhau {deed} rồi ghi lại từng việc còn dang dở để tuần sau làm tiếp",
    "Bà con kể rằng mấy năm trước muốn {deed} phải chờ cả tháng, nay chỉ cần gọi là có {people} đến giúp",
    "Ngoài việc {deed}, ban tổ chức còn tặng {n} {thing} cho các gia đình ở khu phố gần cảng",
    "Số liệu của {unit} cho thấy {n} lượt {people} đã tham gia, tăng {few} lần so với cùng kỳ năm ngoái",
    "Nhiều {people} lần đầu đi tình nguyện nói rằng điều khó nhất là giữ nhịp khi công việc lặp đi lặp lại",
    "Theo kế hoạch, cuối quý này {place} sẽ có thêm {few} đội hình như vậy, mỗi đội từ mười đến mười lăm người",
    "Anh bí thư chi đoàn vừa phát dụng cụ vừa nhắc mọi người uống nước, vì gió biển làm ai cũng quên là mình khát",
    "Cách làm ấy được {unit} {place} học từ một xã đảo, rồi sửa lại cho hợp với giờ giấc của {people}",
    "Đến trưa, {n} mét đường đã sạch, mấy bức tường cũ được quét vôi và treo lại bảng tên cho ngay ngắn",
    "Khi được hỏi vì sao chọn {place}, các bạn chỉ cười, bảo rằng ở đâu cần {deed} thì mình tới đó",
    "Phần việc nặng nhất là vận chuyển {n} {thing} qua con dốc, phải nhờ thêm xe của hợp tác xã",
    "{unit} cũng mở một lớp học buổi tối cho {people}, ban đầu có {few} người, nay đã kín chỗ đến tháng sau",
    "Tổ kỹ thuật lập một bảng theo dõi chung để ai cũng thấy hôm nay còn thiếu gì và đã xong những gì",
    "Trong số {n} phiếu góp ý gửi về, nhiều nhất là đề nghị {deed} thường xuyên hơn, không chỉ vào ngày cuối tuần",
)

POINTS = (
    "{unit} lo dụng cụ, nước uống và túi sơ cứu cho {n} người",
    "{people} ở {place} phụ trách đón khách và ghi tên",
    "mỗi nhóm nhận {few} {thing}, dùng xong trả lại kho",
    "nơi nào đã {deed} thì cắm cờ nhỏ để nhóm sau biết",
    "ảnh chụp gửi về {unit} trước sáu giờ chiều",
)

QUOTES = (
    "Chúng tôi không mong làm được việc lớn, chỉ mong năm sau quay lại vẫn thấy {n} {thing} ấy còn được dùng",
    "Các cháu đến {deed} mà vui như đi hội, làm bà con ở {place} cũng muốn ra góp một tay",
    "Nếu mỗi {people} dành {few} buổi trong một mùa thì việc gì cũng xong, không cần chờ ai giao",
)

HEADINGS = (
    "Bắt đầu từ việc nhỏ", "Người trong cuộc nói gì", "Những con số sau đợt ra quân", "Việc còn lại", "Cách làm ở thôn xa",
    "Một buổi chiều ở {place}", "Chuyện của {people}", "Khi trời trở gió",
)  # fmt: skip

PICTURES = (
    "{people} {place} đang {deed}",
    "Hàng {thing} xếp trước sân nhà văn hóa {place}",
    "{unit} họp nhanh trước giờ ra quân ở {place}",
)
