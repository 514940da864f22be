"""The WeChat Official Account platform (微信公众平台) as its documents describe it, on loopback."""
