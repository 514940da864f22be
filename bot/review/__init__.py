"""Answered questions looked at again: receipts (答复编号), questions left open (未答问题), proposals made of them."""
