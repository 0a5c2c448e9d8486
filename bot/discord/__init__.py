"""The Discord door: pictures in, one message with everything out."""
