"""Documents from the tray to the chart, and consents from the form to the sealed signature."""
