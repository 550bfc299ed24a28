"""Use cases of conversations, one module each for history, ownership, incoming messages, turns, verification."""

from backend.conversations.service.history import open_conversation, post, post_notice, set_language
from backend.conversations.service.incoming import press, receive
from backend.conversations.service.ownership import claim, close, hand_back, reply, request_person
from backend.conversations.service.turns import Turn, begin_turn, finish_turn, postpone_turn
from backend.conversations.service.verification import confirm_code, send_code

__all__ = [
    "Turn",
    "begin_turn",
    "claim",
    "close",
    "confirm_code",
    "finish_turn",
    "hand_back",
    "open_conversation",
    "post",
    "post_notice",
    "postpone_turn",
    "press",
    "receive",
    "reply",
    "request_person",
    "send_code",
    "set_language",
]
