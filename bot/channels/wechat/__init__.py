"""WeChat's official accounts (微信公众号): the webhook, delivery, events, and the platform's API."""
