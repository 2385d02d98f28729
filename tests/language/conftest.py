# ruff: noqa: E501 — ruff counts a Chinese character as two
"""A small taxonomy and one reader for all language tests."""

from pathlib import Path

import pytest

from bot.core.definitions import Taxonomy
from bot.language.pipeline import Reader

ROOT = Path(__file__).resolve().parents[2]


def tag(key: str, category: str, kind: str, hans: list, hant: list, en: list, severity: str = "none") -> dict:
    name = {"zh-Hans": key, "zh-Hant": key, "en": key}
    words = {"zh-Hans": hans, "zh-Hant": hant, "en": en}
    return {
        "key": key, "category": category, "name": name, "team": "care", "stage": "use", "weight": 3,
        "kind": kind, "severity": severity, "words": words,
    }  # fmt: skip


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    name = {"zh-Hans": "x", "zh-Hant": "x", "en": "x"}
    keys = (
        "waiting_and_speed",
        "staff_and_service",
        "product_quality",
        "aftersales_and_trust",
        "delivery_and_logistics",
    )
    return Taxonomy(
        categories=[{"key": key, "name": name} for key in keys],
        tags=[
            tag("queue_too_long", keys[0], "pain", ["等了#分钟", "排队…久", "等太久", "很慢", "慢"],
                ["等了#分鐘", "等太久"], ["waited # minutes", "long queue", "have to wait"]),
            tag("delivery_slow", keys[4], "pain", ["送餐太慢", "配送…慢"], ["送餐太慢"], ["slow delivery"]),
            tag("staff_friendly", keys[1], "delight", ["热情", "态度很好"], ["親切", "態度很好"], ["friendly", "staff was kind"]),
            tag("staff_rude", keys[1], "pain", ["态度差", "不耐烦"], ["態度差", "不耐煩"], ["waiter was rude", "rude"], "medium"),
            tag("fresh", keys[2], "delight", ["新鲜"], ["新鮮"], ["fresh"]),
            tag("not_fresh", keys[2], "pain", ["不新鲜"], ["不新鮮"], ["not fresh"]),
            tag("would_recommend", keys[3], "word_of_mouth", ["推荐"], ["推薦"], ["recommend"]),
            tag("wants_parking", keys[1], "need", ["停车位"], ["停車位"], ["parking space"]),
        ],
    )  # fmt: skip


@pytest.fixture(scope="session")
def reader(taxonomy: Taxonomy) -> Reader:
    return Reader.open(ROOT, taxonomy)
