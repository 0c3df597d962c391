"""What the renderer may read: our own fonts and the paper's own charts, by name, and nothing else in the world."""

from collections.abc import Mapping
from typing import Any

import structlog
from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME = "app-asset:"

log = structlog.get_logger(__name__)


class Refusal(ValueError):
    """An address that is not one of our assets was asked for."""


class ClosedFetcher(URLFetcher):
    """A dictionary. It opens no file and no connection, whatever a page, a style or a drawing asks for.

    `refused` keeps what was asked for in vain: inside a drawing the renderer swallows the exception.
    """

    def __init__(self, assets: Mapping[str, tuple[str, bytes]]) -> None:
        super().__init__(allowed_protocols=())
        self.assets = assets
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        kind, content = self.assets.get(url.removeprefix(SCHEME), ("", b"")) if url.startswith(SCHEME) else ("", b"")
        if not kind:
            self.refused.append(url)
            log.error("renderer_address_refused", address=url[:200])
            raise Refusal(f"not an asset of ours: {url[:200]}")
        return URLFetcherResponse(url, content, {"Content-Type": kind})
