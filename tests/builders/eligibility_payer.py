"""The demo practice's small payer, for tests."""

from frontdesk.demo.answering import INACTIVE as INACTIVE
from frontdesk.demo.answering import PPO as PPO
from frontdesk.demo.answering import Said as Said
from frontdesk.demo.answering import answered as answered
from frontdesk.demo.answering import refuses as refuses
