"""A supersampled canvas: flat shapes, gradients, glow, soft shadows, noise, reflections.

Coordinates are logical: every picture is 960 units high and as wide as its shape asks
(1440 for 3:2), y grows downwards. Colours go through the scene's light (`Light.tone`)
unless `raw=True`; `cv.depth` (0..1) mixes what is drawn into the haze of distance.
"""

from __future__ import annotations

import math
import random

import numpy as np
from light import Light, rgb
from PIL import Image, ImageChops, ImageDraw, ImageFilter

SS = 2


def smooth(pts, closed=False, steps=10):
    """A Catmull-Rom curve through pts, as a list of points."""
    pts = [tuple(p) for p in pts]
    n = len(pts)
    if n < 3:
        return pts
    ring = (lambda i: pts[i % n]) if closed else (lambda i: pts[max(0, min(n - 1, i))])
    ts = np.linspace(0, 1, steps, endpoint=False)
    out = []
    for i in range(n if closed else n - 1):
        a, b, c, d = (np.array(ring(i + j), float) for j in (-1, 0, 1, 2))
        for t in ts:
            out.append(
                tuple(
                    0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)
                )
            )
    if not closed:
        out.append(pts[-1])
    return out


def noise(w, h, cells, seed, octaves=4, stretch=1.0, fall=0.5):
    """Fractal noise in 0..1, a float array (h, w); `cells` features across the width."""
    g = np.random.default_rng(seed)
    acc, amp, total = np.zeros((h, w), np.float32), 1.0, 0.0
    for o in range(octaves):
        cw = max(2, int(cells * 2**o) + 1)
        ch = max(2, int(cells * 2**o * h / w * stretch) + 1)
        small = Image.fromarray(g.random((ch, cw), dtype=np.float32))
        acc += amp * np.asarray(small.resize((w, h), Image.BICUBIC))
        total += amp
        amp *= fall
    acc /= total
    lo, hi = acc.min(), acc.max()
    return (acc - lo) / (hi - lo + 1e-6)


def wave(rng: random.Random, n, rough=0.5, octaves=5):
    """n values in about -1..1: a random skyline."""
    out = np.zeros(n)
    amp = 1.0
    for o in range(octaves):
        m = 3 + 2 ** (o + 1)
        ys = [rng.uniform(-1, 1) for _ in range(m)]
        t = np.linspace(0, m - 1.001, n)
        i = t.astype(int)
        f = t - i
        f = f * f * (3 - 2 * f)
        y = np.array(ys)
        out += amp * (y[i] * (1 - f) + y[np.minimum(i + 1, m - 1)] * f)
        amp *= rough
    return out / 1.6


class Canvas:
    """The picture, or (with `tile`) one object of it with its own silhouette mask."""

    def __init__(self, w: int, h: int, light: Light, rng: random.Random):
        self.k = SS * h / 960
        self.W, self.H = 960 * w / h, 960
        self.ox = self.oy = 0.0
        self.out = (w, h)
        self.im = Image.new("RGB", (w * SS, h * SS))
        self.d = ImageDraw.Draw(self.im, "RGBA")
        self.mask = self.md = None
        self.light, self.rng, self.depth = light, rng, 0.0

    # -- plumbing ---------------------------------------------------------------
    def tile(self, x0, y0, x1, y1) -> Canvas:
        """A transparent canvas over the logical box, to be put back with `stamp`."""
        t = Canvas.__new__(Canvas)
        t.k, t.light, t.rng, t.depth = self.k, self.light, self.rng, self.depth
        t.W, t.H, t.out = self.W, self.H, self.out
        x0, y0 = max(x0, self.ox - 400), max(y0, -500)
        x1, y1 = min(x1, self.W + 400), min(y1, self.H + 400)
        t.ox, t.oy = math.floor(x0 * t.k) / t.k, math.floor(y0 * t.k) / t.k
        size = (max(2, int((x1 - t.ox) * t.k) + 1), max(2, int((y1 - t.oy) * t.k) + 1))
        t.im = Image.new("RGB", size)
        t.d = ImageDraw.Draw(t.im, "RGBA")
        t.mask = Image.new("L", size)
        t.md = ImageDraw.Draw(t.mask)
        return t

    def px(self, pts):
        """Logical points to pixels."""
        k, ox, oy = self.k, self.ox, self.oy
        return [((x - ox) * k, (y - oy) * k) for x, y in pts]

    def col(self, c, alpha=1.0, raw=False):
        """A fill: the colour in this light, with its opacity."""
        c = rgb(c) if raw else self.light.tone(c, self.depth)
        return (*c, int(255 * alpha))

    # -- shapes -----------------------------------------------------------------
    def poly(self, pts, c, alpha=1.0, raw=False, clip=False):
        """A filled polygon. In a tile, `clip` keeps it inside what is already drawn."""
        if len(pts) < 3:
            return
        p = self.px(pts)
        self.d.polygon(p, fill=self.col(c, alpha, raw))
        if self.md and not clip:
            self.md.polygon(p, fill=int(255 * alpha))

    def blob(self, pts, c, **kw):
        """A closed smooth shape through pts."""
        self.poly(smooth(pts, True, 8), c, **kw)

    def rect(self, x0, y0, x1, y1, c, **kw):
        """An upright rectangle."""
        self.poly([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], c, **kw)

    def rrect(self, x0, y0, x1, y1, r, c, alpha=1.0, raw=False, clip=False):
        """A rectangle with rounded corners."""
        (a, b), (e, f) = self.px([(x0, y0), (x1, y1)])
        if e <= a or f <= b:
            return
        self.d.rounded_rectangle((a, b, e, f), r * self.k, fill=self.col(c, alpha, raw))
        if self.md and not clip:
            self.md.rounded_rectangle((a, b, e, f), r * self.k, fill=int(255 * alpha))

    def oval(self, x, y, rx, ry, c, alpha=1.0, raw=False, clip=False):
        """An ellipse about (x, y)."""
        (a, b), (e, f) = self.px([(x - rx, y - ry), (x + rx, y + ry)])
        self.d.ellipse((a, b, e, f), fill=self.col(c, alpha, raw))
        if self.md and not clip:
            self.md.ellipse((a, b, e, f), fill=int(255 * alpha))

    def line(self, pts, c, width=2.0, alpha=1.0, raw=False, clip=False):
        """A polyline with round joints."""
        p, w = self.px(pts), max(1, round(width * self.k))
        self.d.line(p, fill=self.col(c, alpha, raw), width=w, joint="curve")
        if self.md and not clip:
            self.md.line(p, fill=int(255 * alpha), width=w, joint="curve")
        if alpha >= 1 and w > 3:
            for x, y in ((pts[0]), (pts[-1])):
                self.oval(x, y, width / 2, width / 2, c, raw=raw, clip=clip)

    def limb(self, a, b, ra, rb, c, **kw):
        """A tapered capsule from a (radius ra) to b (radius rb)."""
        (x0, y0), (x1, y1) = a, b
        d = math.hypot(x1 - x0, y1 - y0) or 1e-6
        nx, ny = -(y1 - y0) / d, (x1 - x0) / d
        self.poly(
            [
                (x0 + nx * ra, y0 + ny * ra),
                (x1 + nx * rb, y1 + ny * rb),
                (x1 - nx * rb, y1 - ny * rb),
                (x0 - nx * ra, y0 - ny * ra),
            ],
            c,
            **kw,
        )
        self.oval(x0, y0, ra, ra, c, **kw)
        self.oval(x1, y1, rb, rb, c, **kw)

    def gpoly(self, pts, colours, across=False, alpha=1.0, raw=False, clip=False):
        """A polygon filled with a gradient through `colours`, downwards (or across)."""
        p = self.px(pts)
        xs, ys = [q[0] for q in p], [q[1] for q in p]
        x0, y0, x1, y1 = math.floor(min(xs)), math.floor(min(ys)), math.ceil(max(xs)) + 1, math.ceil(max(ys)) + 1
        cx0, cy0, cx1, cy1 = max(0, x0), max(0, y0), min(self.im.width, x1), min(self.im.height, y1)
        if cx1 <= cx0 or cy1 <= cy0:
            return
        m = Image.new("L", (cx1 - cx0, cy1 - cy0))
        ImageDraw.Draw(m).polygon([(x - cx0, y - cy0) for x, y in p], fill=int(255 * alpha))
        cs = np.array([self.col(c, raw=raw)[:3] for c in colours], float)
        n = cx1 - cx0 if across else cy1 - cy0
        t = (np.arange(n) + ((cx0 - x0) if across else (cy0 - y0))) / max(1, (x1 - x0) if across else (y1 - y0))
        t = np.clip(t, 0, 1) * (len(cs) - 1)
        band = np.stack([np.interp(t, np.arange(len(cs)), cs[:, i]) for i in range(3)], -1)
        band = (band + 0.5).astype(np.uint8)
        band = Image.fromarray(band[None] if across else band[:, None]).resize(m.size, Image.NEAREST)
        self.im.paste(band, (cx0, cy0), m)
        if self.md and not clip:
            self.md.polygon(p, fill=int(255 * alpha))

    def grect(self, x0, y0, x1, y1, colours, **kw):
        """A rectangle filled with a gradient."""
        self.gpoly([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], colours, **kw)

    # -- light ------------------------------------------------------------------
    def glow(self, x, y, r, c, a=0.6, power=2.0, squash=1.0):
        """A round glow of colour c, added like light (screen)."""
        ((cx, cy),) = self.px([(x, y)])
        rx, ry = r * self.k, r * self.k * squash
        x0, y0 = max(0, int(cx - rx)), max(0, int(cy - ry))
        x1, y1 = min(self.im.width, int(cx + rx)), min(self.im.height, int(cy + ry))
        if x1 - x0 < 2 or y1 - y0 < 2:
            return
        n, m = max(2, (x1 - x0) // 4), max(2, (y1 - y0) // 4)
        gx = (np.linspace(x0, x1, n) - cx) / rx
        gy = (np.linspace(y0, y1, m) - cy) / ry
        f = np.clip(1 - np.sqrt(gx[None] ** 2 + gy[:, None] ** 2), 0, 1) ** power * a
        lit = (f[..., None] * np.array(rgb(c))).clip(0, 255).astype(np.uint8)
        lit = Image.fromarray(lit).resize((x1 - x0, y1 - y0), Image.BILINEAR)
        self.im.paste(ImageChops.screen(self.im.crop((x0, y0, x1, y1)), lit), (x0, y0))

    def soft(self, pts, c, blur=12.0, alpha=0.4, raw=False):
        """A polygon with soft edges (shadow, mist, pool of light)."""
        q = 4
        p = [(x / q, y / q) for x, y in self.px(pts)]
        b = blur * self.k / q
        pad = int(b * 3) + 2
        x0 = max(0, int(min(x for x, _ in p)) - pad)
        y0 = max(0, int(min(y for _, y in p)) - pad)
        x1 = min(self.im.width // q + 1, int(max(x for x, _ in p)) + pad)
        y1 = min(self.im.height // q + 1, int(max(y for _, y in p)) + pad)
        if x1 - x0 < 2 or y1 - y0 < 2:
            return
        m = Image.new("L", (x1 - x0 + 2 * pad, y1 - y0 + 2 * pad))
        ImageDraw.Draw(m).polygon([(x - x0 + pad, y - y0 + pad) for x, y in p], fill=int(255 * alpha))
        m = m.filter(ImageFilter.GaussianBlur(b)).crop((pad, pad, pad + x1 - x0, pad + y1 - y0))
        m = m.resize((m.width * q, m.height * q), Image.BILINEAR)
        self.im.paste(self.col(c, raw=raw)[:3], (x0 * q, y0 * q), m)

    def soft_oval(self, x, y, rx, ry, c, blur=10.0, alpha=0.4, raw=False):
        """An ellipse with soft edges."""
        pts = [(x + rx * math.cos(t), y + ry * math.sin(t)) for t in np.linspace(0, 6.283, 28)]
        self.soft(pts, c, blur, alpha, raw)

    def veil(self, y0, y1, c, a0, a1, raw=True):
        """A horizontal veil whose opacity runs from a0 (at y0) to a1 (at y1)."""
        p0, p1 = int((y0 - self.oy) * self.k), int((y1 - self.oy) * self.k)
        t0, t1 = max(0, p0), min(self.im.height, p1)
        if t1 <= t0:
            return
        t = (np.arange(t0, t1) - p0) / max(1, p1 - p0)
        a = ((a0 + (a1 - a0) * t) * 255).clip(0, 255).astype(np.uint8)
        m = Image.fromarray(a[:, None]).resize((self.im.width, t1 - t0))
        self.im.paste(self.col(c, raw=raw)[:3], (0, t0), m)

    def stamp(self, t: Canvas, rim=None, shade=0.25, width=5.0, cast=0.0, foot=None, lie=0.3):
        """Put a tile on the picture: edge light on the sun's side, shade on the other,
        a cast shadow from its foot line if `cast` > 0."""
        hour = self.light
        m, at = t.mask, (round((t.ox - self.ox) * self.k), round((t.oy - self.oy) * self.k))
        w, h = m.size
        if cast and foot is not None:
            self._cast(m, at, (foot - t.oy) * self.k, cast, lie)
        d = width * self.k
        lx, ly = hour.side * d * 0.8, -d * 0.6

        def edge(dx, dy, blur):
            moved = Image.new("L", (w, h))
            moved.paste(m, (round(dx), round(dy)))
            e = ImageChops.subtract(m, moved)
            return ImageChops.multiply(e.filter(ImageFilter.GaussianBlur(max(1, blur))), m)

        s = hour.rim if rim is None else rim
        if shade:
            e = edge(lx * 2.2, ly * 2.2, d * 1.1).point(lambda v: int(v * shade))
            t.im.paste(hour.tone(hour.shadow) if not hour.indoor else rgb(hour.shadow), (0, 0), e)
        if s:
            e = edge(-lx * 0.8, -ly * 0.8, d * 0.35).point(lambda v: int(v * s * (1 - self.depth)))
            t.im.paste(rgb(hour.sun), (0, 0), e)
        self.im.paste(t.im, at, m)
        if self.md:
            self.mask.paste(255, at, m)

    def _cast(self, m, at, foot, alpha, lie):
        """A shadow of mask m lying on the ground, away from the light."""
        hour, q = self.light, 4
        h = max(2, int(foot))
        small = m.crop((0, 0, m.width, h)).resize((max(1, m.width // q), max(1, h // q)))
        sw, sh = small.size
        length = lie * (1.5 if hour.low else 0.75)
        lean = -hour.side * (1.5 if hour.low else 0.7) * lie / 0.3
        nh = max(2, int(sh * length))
        pad = int(abs(lean) * nh) + 8
        flip = small.transpose(Image.FLIP_TOP_BOTTOM).resize((sw, nh))
        wide = Image.new("L", (sw + 2 * pad, nh + 8))
        wide.paste(flip, (pad, 2))
        wide = wide.transform(wide.size, Image.AFFINE, (1, -lean, lean * 2, 0, 1, 0), Image.BILINEAR)
        wide = wide.filter(ImageFilter.GaussianBlur(1.6)).point(lambda v: int(v * alpha))
        wide = wide.resize((wide.width * q, wide.height * q), Image.BILINEAR)
        self.im.paste(
            hour.tone(hour.shadow) if hour.name == "night" else rgb(hour.shadow),
            (int(at[0] - pad * q), int(at[1] + h - 2 * q)),
            wide,
        )

    def mirror(self, y, depth, strength=0.5, ripple=1.0):
        """Reflect what stands above the line y into the water below it."""
        yy, hh = int(y * self.k), int(min(depth, self.H - y) * self.k)
        a = np.asarray(self.im)
        hh = min(hh, a.shape[0] - yy)
        if hh < 4:
            return
        rows = np.arange(hh)
        t = rows / hh
        g = np.random.default_rng(self.rng.randrange(1 << 30))
        jit = np.sin(rows / (2 + 10 * t) / self.k * 2.1) + np.repeat(g.normal(0, 0.6, hh // 3 + 1), 3)[:hh]
        src = np.clip(yy - 1 - (rows * 1.02 + jit * ripple * (2 + 16 * t) * self.k * 0.35).astype(int), 0, yy - 1)
        shift = (jit * ripple * (1 + 8 * t) * self.k).astype(int)
        cols = np.clip(np.arange(a.shape[1])[None] + shift[:, None], 0, a.shape[1] - 1)
        refl = a[src[:, None], cols].astype(np.float32)
        base = a[yy : yy + hh].astype(np.float32)
        s = (strength * (1 - 0.55 * t))[:, None, None]
        self.im.paste(Image.fromarray((base * (1 - s) + refl * s).astype(np.uint8)), (0, yy))

    def mottle(self, y0, y1, c, cells, alpha=0.12, stretch=4.0, seed=None):
        """Uneven colour over a band: grass, sand, plaster."""
        yy0, yy1 = max(0, int(y0 * self.k)), min(self.im.height, int(y1 * self.k))
        if yy1 - yy0 < 8:
            return
        w, h = self.im.width // 4, (yy1 - yy0) // 4
        n = noise(w, h, cells, self.rng.randrange(1 << 30) if seed is None else seed, 4, stretch)
        m = Image.fromarray((np.clip(n * 1.6 - 0.5, 0, 1) * 255 * alpha).astype(np.uint8))
        self.im.paste(self.col(c)[:3], (0, yy0), m.resize((self.im.width, yy1 - yy0), Image.BILINEAR))

    def finish(self, vignette=0.14, grain=1.1) -> Image.Image:
        """Down to size, with a breath of light, a vignette and a grain too fine to cost."""
        im = self.im.resize(self.out, Image.LANCZOS)
        a = np.asarray(im).astype(np.float32)
        h, w = a.shape[:2]
        x, y = np.linspace(0, 1, w, dtype=np.float32)[None], np.linspace(0, 1, h, dtype=np.float32)[:, None]
        hour = self.light
        r = np.sqrt(((x - 0.5) * 1.1) ** 2 + ((y - 0.5) * 1.05) ** 2)
        a *= 1 - vignette * np.clip(r * 1.5 - 0.35, 0, 1)[..., None]
        wash = np.clip(1 - np.sqrt((x - hour.sun_x) ** 2 + (y - 0.1) ** 2) / 0.95, 0, 1) ** 1.6
        f = wash[..., None] * (0.1 if hour.low else 0.05) * np.array(rgb(hour.sun), np.float32) / 255
        a = a + (255 - a) * f
        a += np.random.default_rng(7).normal(0, grain, (h, w, 1)).astype(np.float32)
        return Image.fromarray(np.clip(a, 0, 255).astype(np.uint8))
