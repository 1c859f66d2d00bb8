"""Records: the chart, the incoming tray, and the consents."""
