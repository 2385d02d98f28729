"""Everything that a person can do with a case, in one place. While a person owns the conversation the bot is silent."""

from bot.core.services.approvals import approve, refuse
from bot.core.services.correcting import POLARITIES, Addition, correct_case, correct_tags
from bot.core.services.holding import OPEN, TEXT_LIMIT
from bot.core.services.merging import CAN_STAY, merge
from bot.core.services.owning import assign, claim, hand_over, release
from bot.core.services.replying import note, reply
from bot.core.services.resolving import ROOT_CAUSES, reopen, resolve

__all__ = [
    "CAN_STAY",
    "OPEN",
    "POLARITIES",
    "ROOT_CAUSES",
    "TEXT_LIMIT",
    "Addition",
    "approve",
    "assign",
    "claim",
    "correct_case",
    "correct_tags",
    "hand_over",
    "merge",
    "note",
    "refuse",
    "release",
    "reopen",
    "reply",
    "resolve",
]
