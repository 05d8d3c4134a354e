"""A stand-in for the portal: text files in, pages out, its exit codes and its error lines.

A line `LỖI` is a content error; with KEEP_LAST_GOOD the page is taken from PORTAL_BEFORE. A line `CSS a` links a style
sheet of the store, of which `a` is text and name. A line `CHỜ` makes the build wait until the file CACHE/go exists,
at most a minute: so a test can do something in the middle of a build without guessing at seconds.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path

content, output, cache = map(Path, sys.argv[1:])
cache.mkdir(parents=True, exist_ok=True)
problems = 0
stale, shared = [], set()
before = Path(os.environ.get("PORTAL_BEFORE", "")) if os.environ.get("KEEP_LAST_GOOD") == "1" else None
for source in sorted(content.glob("*.txt")):
    lines = source.read_text("utf-8").splitlines()
    if "LỖI" in lines and before and (before / "content" / source.name).exists():
        print(f"content/{source.name}:1: [QUARANTINED] Có lỗi: đang dùng bản tốt gần nhất. (cảnh báo)")
        lines = (before / "content" / source.name).read_text("utf-8").splitlines()
        stale.append(source.name)
    for number, line in enumerate(lines, start=1):
        if line == "LỖI":
            problems += 1
            name = f"content/{source.name}"
            print(f"{name}:{number}: [DATE_INVALID] “32/5/2026” không phải ngày. Viết: 2026-05-31")
        elif line.startswith("CSS "):
            sheet = Path(os.environ["PORTAL_STORE"], "theme", f"{line[4:]}.css")
            sheet.parent.mkdir(parents=True, exist_ok=True)
            if not sheet.exists():  # readers may be loading it
                draft = sheet.with_name(f"{sheet.name}.{os.getpid()}.new")
                draft.write_text(line[4:], "utf-8")
                draft.replace(sheet)
            shared.add(f"theme/{sheet.name}")
        elif line == "CHỜ":
            (cache / "waiting").touch()
            for _ in range(3000):
                if (cache / "go").exists():
                    break
                time.sleep(0.02)
            (cache / "go").unlink(missing_ok=True)
            (cache / "waiting").unlink()
    output.mkdir(exist_ok=True)
    # As careful programs write: through a temporary file, which is private to its owner.
    handle, temporary = tempfile.mkstemp(dir=output)
    page = "\n".join([*lines, f"<link rel=canonical href={os.environ['SITEURL']}/{source.stem}.html>"])
    os.write(handle, page.encode())
    os.close(handle)
    Path(temporary).replace(output / f"{source.stem}.html")
if output.exists() and not problems:
    notes = output / ".portal-build" / "files"
    pages = {f"{source.stem}.html" for source in content.glob("*.txt")}
    # Only what an earlier build made is deleted.
    for name in set(notes.read_text("utf-8").splitlines() if notes.exists() else ()) - pages:
        (output / name).unlink(missing_ok=True)
    notes.parent.mkdir(exist_ok=True)
    notes.unlink(missing_ok=True)
    notes.write_text("".join(f"{name}\n" for name in sorted(pages)), "utf-8")
    notes.with_name("shared").unlink(missing_ok=True)
    notes.with_name("shared").write_text("".join(f"{name}\n" for name in sorted(shared)), "utf-8")
    if "PORTAL_RESULT" in os.environ:
        moment = int(os.environ.get("NEXT_CHANGE", 0))
        Path(os.environ["PORTAL_RESULT"]).write_text(json.dumps({"next_change": moment, "stale": stale}), "utf-8")
print(f"Dựng xong, {problems} lỗi.")
sys.exit(1 if problems else 0)
