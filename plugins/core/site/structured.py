"""Describe what several sections tell search engines in the same words (schema.org, JSON-LD)."""

from __future__ import annotations

from typing import Any

from plugins.core.site.identity import Site
from plugins.core.site.views import DatedView, View

MAX_HEADLINE = 110  # characters


def publisher(site: Site) -> dict[str, Any]:
    """Describe the unit that publishes, with its logo."""
    return {
        "@type": "Organization",
        "name": site.organization.name,
        "url": site.absolute(site.home_url),
        "logo": {
            "@type": "ImageObject",
            "url": site.absolute(site.url("/icon-512.png")),
            "width": 512,
            "height": 512,
        },
    }


def image(view: View, site: Site) -> dict[str, Any]:
    """Describe the picture that stands for a page."""
    shared = view.share_image(site)
    return {
        "@type": "ImageObject",
        "url": site.absolute(shared.url),
        "width": shared.width,
        "height": shared.height,
    }


def news_article(view: DatedView, site: Site) -> dict[str, Any]:
    """Describe a story as a NewsArticle by the publisher; its section adds what it knows more."""
    unit = publisher(site)
    return {
        "@type": "NewsArticle",
        "headline": view.title[:MAX_HEADLINE],
        "description": view.description or view.title,
        "datePublished": view.date.iso,
        "dateModified": view.modified.iso,
        "inLanguage": view.lang,
        "mainEntityOfPage": site.absolute(view.url),
        "image": [image(view, site)],
        "publisher": unit,
        "author": unit,
    }
