"""Letters and sheets as PDF: values in, bytes out."""
