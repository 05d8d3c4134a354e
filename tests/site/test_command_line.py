"""``python -m pelican`` as an operator sees it: what it says, and how it exits."""


def test_a_good_build_exits_0_and_says_a_line_for_each_phase(tiny):
    done = tiny.pelican()
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stderr.splitlines() if line]
    assert len(lines) == 4 and all("giây" in line for line in lines)
    assert (tiny.output / "index.html").exists()


def test_it_tells_when_the_portal_will_change_by_itself(tiny):
    tiny.story("mai", date="2030-12-01 08:00")
    assert "2030-12-01 08:00" in tiny.pelican().stderr


def test_mistakes_exit_1_with_every_line_and_no_traceback(tiny):
    tiny.story("mot", date="32/5/2026")
    tiny.story("hai", category="xay-dung-doann")
    done = tiny.pelican()
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "content/tin-tuc/2026/05/mot/index.md:3:7: [DATE_INVALID]" in done.stderr
    assert (
        "content/tin-tuc/2026/05/hai/index.md:4:11: [CATEGORY_UNKNOWN]" in done.stderr
        and "“xay-dung-doan”" in done.stderr
    )
    assert "2 lỗi, 0 cảnh báo." in done.stderr
    assert not (tiny.output / "index.html").exists()


def test_publishing_needs_a_real_address(tiny):
    for address in ("", "http://tinhdoan.example.vn", "https://localhost"):
        done = tiny.pelican(conf="publishconf.py", SITEURL=address)
        assert done.returncode == 2 and "[SITEURL]" in done.stderr and "Traceback" not in done.stderr
    done = tiny.pelican(conf="publishconf.py", SITEURL="https://tinhdoan.example.vn")
    assert done.returncode == 0
    page = tiny.page("tin-tuc/2026/05/bai/index.html")
    assert page.find("link", rel="canonical")["href"] == "https://tinhdoan.example.vn/tin-tuc/2026/05/bai/"
    assert not [path for path, data in tiny.files().items() if b"localhost" in data]


def test_an_unknown_section_exits_2(tiny):
    done = tiny.pelican("-e", 'PLUGINS=["plugins.news", "plugins.khong_co"]')
    assert done.returncode == 2 and "plugins.khong_co" in done.stderr and "Traceback" not in done.stderr


def test_check_says_the_same_without_rendering_a_page(tiny):
    tiny.story("mot", date="32/5/2026")
    done = tiny.check()
    assert done.returncode == 1 and "[DATE_INVALID]" in done.stdout and not tiny.output.exists()
    (tiny.content / "tin-tuc/2026/05/mot/index.md").unlink()
    done = tiny.check()
    assert (done.returncode, done.stdout.strip()) == (0, "Không có lỗi.")


def test_check_of_a_folder_that_is_not_there_exits_2(tiny):
    tiny.content.rename(tiny.root / "doi-ten")
    done = tiny.check()
    assert done.returncode == 2 and "[CONTENT_MISSING]" in done.stdout and "Traceback" not in done.stderr
