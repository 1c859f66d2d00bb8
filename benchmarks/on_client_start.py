"""The programme, on its sample office: starts, paints its day, says so and ends."""

import sys

from frontdesk import cli


def main() -> None:
    """What the programme loads, in its order: Qt does not come first."""
    client = cli.window()
    from PySide6.QtWidgets import QApplication

    from benchmarks.on_start import FirstPaint

    FirstPaint(QApplication(sys.argv[:1]), "DayGrid")
    client.run(None, is_demo=True)


if __name__ == "__main__":
    main()
