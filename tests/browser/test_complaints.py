"""The browser's complaints are heard: a test of the tests."""

import pytest

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="en"><title>Faulty</title>
<h1>Faulty</h1><img src="/lost.png" alt=""><script src="/script.js"></script>
<script>alert("inline")</script></html>"""
POLICY = {"Content-Type": "text/html", "Content-Security-Policy": "default-src 'self'"}


def test_faults_of_a_page_are_heard(phone, complaints):
    phone.route("**/faulty", lambda route: route.fulfill(body=PAGE, headers=POLICY))
    phone.route("**/lost.png", lambda route: route.fulfill(status=404))
    phone.route("**/script.js", lambda route: route.fulfill(body="throw Error('thrown')"))

    phone.goto("/faulty")

    heard = "\n".join(complaints)
    complaints.clear()
    assert "404: " in heard
    assert "script: thrown" in heard
    assert "console: Executing inline script violates" in heard


def test_page_without_language_or_contrast_is_not_accessible(desk, assert_accessible):
    desk.set_content('<title>Pale</title><p style="color: #bbb">Hardly to be read</p>')

    with pytest.raises(AssertionError, match="color-contrast"):
        assert_accessible(desk)
