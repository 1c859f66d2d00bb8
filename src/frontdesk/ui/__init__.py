"""The windows: widgets that show rows and send commands; they hold no rules of the office."""
