"""Draw the demonstration's pictures from scripts/demo/recipes/*.yaml.

python scripts/demo/draw.py [--only TEXT] [--force] [--out content] [--sheet FILE] [--jobs N] [--check]
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import yaml
from lettering import font
from PIL import Image, ImageDraw
from registry import Spec, draw, load_scenes

HERE = Path(__file__).resolve().parent
LIGHTS = ("dawn", "day", "dusk", "night")
LIMIT = 220_000


def _spec(entry: dict) -> Spec:
    """A recipe entry as a Spec; raises ValueError with the reason."""
    name = entry.get("scene")
    if name not in load_scenes():
        raise ValueError(f"unknown scene {name!r}")
    light = entry.get("light", "day")
    if light not in LIGHTS:
        raise ValueError(f"unknown light {light!r} (one of {', '.join(LIGHTS)})")
    size = entry.get("size", (1440, 960))
    if not (
        isinstance(size, (list, tuple)) and len(size) == 2 and all(isinstance(v, int) and 40 <= v <= 4000 for v in size)
    ):
        raise ValueError(f"size must be two integers, not {size!r}")
    text = entry.get("text") or []
    text = [text] if isinstance(text, str) else text
    return Spec(name, light, int(entry.get("seed", 1)), entry.get("people"), tuple(size), tuple(str(t) for t in text))


def read_recipes(folder: Path):
    """(jobs, errors): jobs are (path, [specs], is_film), errors readable lines."""
    jobs, errors, seen, pictures = [], [], {}, {}
    for file in sorted(folder.glob("*.yaml")):
        try:
            entries = yaml.safe_load(file.read_text("utf-8")) or []
        except yaml.YAMLError as e:
            errors.append(f"{file.name}: not valid YAML: {e}")
            continue
        for n, entry in enumerate(entries, 1):
            where = f"{file.name} #{n}"
            if not isinstance(entry, dict) or not entry.get("path"):
                errors.append(f"{where}: no path")
                continue
            path = str(entry["path"])
            where = f"{file.name}: {path}"
            if path.startswith("/") or ".." in path.split("/"):
                errors.append(f"{where}: the path must stay inside content/")
                continue
            if path in seen:
                errors.append(f"{where}: also in {seen[path]}")
                continue
            seen[path] = file.name
            try:
                if "film" in entry:
                    if not path.endswith(".mp4"):
                        raise ValueError("a film's path ends in .mp4")
                    jobs.append((path, [_spec({**e, "size": [960, 540]}) for e in entry["film"]], True))
                else:
                    if not path.endswith((".jpg", ".jpeg")):
                        raise ValueError("a picture's path ends in .jpg")
                    spec = _spec(entry)
                    if spec in pictures:
                        errors.append(f"{where}: the same picture as {pictures[spec]} (change the seed)")
                    pictures.setdefault(spec, path)
                    jobs.append((path, [spec], False))
            except (ValueError, TypeError) as e:
                errors.append(f"{where}: {e}")
    return jobs, errors


def save_jpeg(im: Image.Image, path: Path):
    """Save within the size limit, without metadata, replacing the file whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    tmp = path.with_name(path.name + ".part")
    for quality in (86, 82, 78, 72):
        im.save(tmp, "JPEG", quality=quality, optimize=True, progressive=True, subsampling="4:2:0")
        if tmp.stat().st_size <= LIMIT:
            break
    os.replace(tmp, path)


def make(job, out: str):
    """Draw one job; returns (path, bytes, seconds, error)."""
    path, specs, film = job
    start, target = time.time(), Path(out) / path
    try:
        load_scenes()
        if film:
            from film import make_film

            make_film([draw(s) for s in specs], target, seed=specs[0].seed)
        else:
            save_jpeg(draw(specs[0]), target)
        return path, target.stat().st_size, time.time() - start, None
    except Exception as e:  # report and go on with the others
        import traceback

        at = traceback.extract_tb(e.__traceback__)[-1]
        return (
            path,
            0,
            time.time() - start,
            f"{specs[0].scene}: {type(e).__name__}: {e} ({Path(at.filename).name}:{at.lineno})",
        )


def _thumb(args):
    name, light, seed, size = args
    load_scenes()
    text = ("Tuổi trẻ Bình Thuận", "Xung kích, tình nguyện") if name.startswith("poster") else ()
    im = draw(Spec(name, light, seed, None, size, text))
    im.thumbnail((480, 320))
    return name, light, seed, im


def sheet(file: Path, only="", jobs=2, seeds=(1,), lights=None):
    """A contact sheet of every scene."""
    names = [n for n in load_scenes() if only in n]
    hours = ("day", "dawn", "dusk")
    todo = [
        (
            n,
            lights
            or (
                "night"
                if n in ("campfire", "children_lantern", "dragonfruit_lamps", "memorial", "stage")
                else hours[(i + s) % 3]
            ),
            s,
            (720, 480),
        )
        for i, n in enumerate(names)
        for s in seeds
    ]
    cols = 4
    rows = -(-len(todo) // cols)
    page = Image.new("RGB", (cols * 490 + 10, rows * 350 + 10), "#ffffff")
    d = ImageDraw.Draw(page)
    with ProcessPoolExecutor(jobs) as pool:
        for i, (name, light, seed, im) in enumerate(pool.map(_thumb, todo)):
            x, y = 10 + i % cols * 490, 10 + i // cols * 350
            page.paste(im, (x, y))
            d.text((x, y + 321), f"{name} · {light} · {seed}", font=font(16, False), fill="#111")
    page.save(file)


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--only", default="", help="only paths (or scenes, with --sheet) that contain this")
    ap.add_argument("--scene", default="", help="only pictures of these scenes (comma-separated)")
    ap.add_argument("--force", action="store_true", help="draw again what exists")
    ap.add_argument("--out", default=str(HERE.parent.parent / "content"))
    ap.add_argument("--recipes", default=str(HERE / "recipes"))
    ap.add_argument("--jobs", type=int, default=os.cpu_count() or 2)
    ap.add_argument("--sheet", help="write a contact sheet of all scenes to FILE and stop")
    ap.add_argument("--seeds", default="1", help="seeds of the contact sheet")
    ap.add_argument("--light", help="light of the contact sheet")
    ap.add_argument("--check", action="store_true", help="only check the recipes")
    a = ap.parse_args()
    if a.sheet:
        sheet(Path(a.sheet), a.only, a.jobs, [int(s) for s in a.seeds.split(",")], a.light)
        return 0
    jobs, errors = read_recipes(Path(a.recipes))
    for e in errors:
        print("recipe error:", e, file=sys.stderr)
    wanted = {s for s in a.scene.split(",") if s}
    todo = [
        j
        for j in jobs
        if a.only in j[0]
        and (not wanted or any(s.scene in wanted for s in j[1]))
        and (a.force or not (Path(a.out) / j[0]).exists())
    ]
    print(f"{len(jobs)} recipes, {len(errors)} errors, {len(todo)} to draw")
    if a.check:
        return bool(errors)
    failed = total = 0
    with ProcessPoolExecutor(a.jobs) as pool:
        for n, done in enumerate(as_completed([pool.submit(make, j, a.out) for j in todo]), 1):
            path, size, secs, error = done.result()
            total += size
            failed += bool(error)
            print(
                f"[{n}/{len(todo)}] {path}  " + (f"FAILED {error}" if error else f"{size / 1000:.0f} KB  {secs:.1f} s"),
                flush=True,
            )
    print(f"{len(todo) - failed} drawn, {total / 1e6:.1f} MB, {failed} failed, {len(errors)} recipe errors")
    return 1 if failed or errors else 0


if __name__ == "__main__":
    sys.exit(main())
