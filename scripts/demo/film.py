"""Short silent films from drawn scenes: a slow pan and zoom over each, crossfaded, H.264."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from pathlib import Path

from PIL import Image

W, H, FPS = 640, 360, 24
LIMIT = 250_000


def _view(im: Image.Image, a, b, t: float) -> Image.Image:
    """The frame at time t (0..1) of a move between two (cx, cy, zoom) framings."""
    e = t * t * (3 - 2 * t) * 0.4 + t * 0.6  # gentle at both ends
    cx, cy, z = (p + (q - p) * e for p, q in zip(a, b, strict=True))
    w, h = im.width / z, im.height / z
    x = min(max(cx * im.width - w / 2, 0), im.width - w)
    y = min(max(cy * im.height - h / 2, 0), im.height - h)
    return im.resize((W, H), Image.BICUBIC, box=(x, y, x + w, y + h))


def frames(pictures, seed: int, seconds=3.0, fade=0.5):
    """The frames of the film, in order."""
    rng = random.Random(seed)
    moves = []
    for i in range(len(pictures)):
        wide = (0.5, 0.5, 1.03)
        close = (rng.uniform(0.38, 0.62), rng.uniform(0.45, 0.6), rng.uniform(1.16, 1.26))
        moves.append((wide, close) if (i + seed) % 2 == 0 else (close, wide))
    n, f = int(seconds * FPS), int(fade * FPS)
    for i, (im, (a, b)) in enumerate(zip(pictures, moves, strict=True)):
        last = i == len(pictures) - 1
        for k in range(n):
            frame = _view(im, a, b, k / (n + f))
            if i and k < f:  # the end of the one before fades out
                pa, pb = moves[i - 1]
                old = _view(pictures[i - 1], pa, pb, (n + k) / (n + f))
                frame = Image.blend(old, frame, (k + 1) / (f + 1))
            if last and k > n - f // 2:
                frame = Image.blend(frame, Image.new("RGB", (W, H), "#0b1a33"), (k - n + f // 2) / (f // 2) * 0.9)
            yield frame


def make_film(pictures, target: Path, seed=1, total=9.0):
    """Encode the pictures as an mp4 of about `total` seconds, at most 250 KB."""
    exe = shutil.which("ffmpeg")
    if not exe:
        raise RuntimeError("ffmpeg is needed for films")
    target.parent.mkdir(parents=True, exist_ok=True)
    raw = b"".join(f.tobytes() for f in frames(pictures, seed, min(total / len(pictures), 4.0)))
    tmp = target.with_name(target.name + ".part")
    for crf in (27, 29, 31, 33, 36):
        subprocess.run(
            [
                exe,
                "-v",
                "error",
                "-y",
                "-f",
                "rawvideo",
                "-pix_fmt",
                "rgb24",
                "-s",
                f"{W}x{H}",
                "-r",
                str(FPS),
                "-i",
                "-",
                "-an",
                "-c:v",
                "libx264",
                "-preset",
                "slow",
                "-tune",
                "animation",
                "-crf",
                str(crf),
                "-pix_fmt",
                "yuv420p",
                "-profile:v",
                "main",
                "-threads",
                "1",
                "-map_metadata",
                "-1",
                "-fflags",
                "+bitexact",
                "-flags:v",
                "+bitexact",
                "-movflags",
                "+faststart",
                "-f",
                "mp4",
                str(tmp),
            ],
            input=raw,
            check=True,
        )
        if tmp.stat().st_size <= LIMIT:
            break
    os.replace(tmp, target)
