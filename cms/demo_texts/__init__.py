"""The words of the demo's two websites, as plain data: pages, blocks and helplines, without a line of logic."""

from .parts import HomeText, PageText, ServiceText

__all__ = ["HomeText", "PageText", "ServiceText"]
