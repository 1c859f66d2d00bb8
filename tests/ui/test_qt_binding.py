"""The Qt binding itself: a release that loses references passes every short test and kills a long day."""

import subprocess
import sys

_MANY_EMITS = """
from PySide6.QtCore import QCoreApplication, QObject, Signal

class Bell(QObject):
    rang = Signal(object)

class Ear(QObject):
    heard = 0
    def hear(self, what):
        self.heard += 1

application, bell, ear = QCoreApplication([]), Bell(), Ear()
bell.rang.connect(ear.hear)
for number in range(5000):
    bell.rang.emit((number, None))
print(ear.heard)
"""


def test_five_thousand_signals_arrive() -> None:
    done = subprocess.run([sys.executable, "-c", _MANY_EMITS], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "5000\n"), done.stderr
