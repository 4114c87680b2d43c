"""What nobody should type, and somebody does: for every field of every form that takes text."""

LONG = "Lorem ipsum dolor. " * 2700  # 51 kB
ODD = {
    "markup": "<script>alert(1)</script><b>bold</b>",
    "template": "{{ 7|add:7 }}{% now 'Y' %}{placeholder}%(percent)s",
    "right_to_left": "safe \u202e efas",
    "zero_width": "Quim\u200bber\u2060ly",
    "header": "First\r\nBcc: everybody@example.org",
    "formula": "=cmd|' /C calc'!A0",
}
NUL = "before\0after"
