"""The platforms by which residents write: WeChat and Telegram."""
