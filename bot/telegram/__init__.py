"""The Telegram door: pictures in, answers in place out."""
