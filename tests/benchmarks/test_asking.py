"""Engines are asked in turn, and the best of three runs counts."""

from benchmarks.asking import PATIENCE, SLOW, Asked, Reply, ask
from benchmarks.trial import Trial
from cautionary_plugin.lookup.facts import Match, Question

TRIALS = [Trial("name", Question(name=name), key) for name, key in (("Ann", "1"), ("Bo", "2"))]


def test_ask_puts_one_question_to_all_before_the_next() -> None:
    heard: list[tuple[str, str]] = []

    def engine(name: str):
        def answer(question: Question) -> Reply:
            heard.append((name, question.name))
            return Reply(["1"], 0.001)

        return answer

    ask({"a": engine("a"), "b": engine("b")}, TRIALS)

    assert heard == [("a", "Ann"), ("b", "Ann")] * 3 + [("a", "Bo"), ("b", "Bo")] * 3


def test_ask_keeps_the_best_of_three() -> None:
    seconds = iter([0.03, 0.01, 0.02])

    answers = ask({"a": lambda _question: Reply(["1"], next(seconds))}, TRIALS[:1])

    assert answers["a"] == [Asked(TRIALS[0], ["1"], 0.01)]


def test_ask_takes_one_answer_of_who_is_slow() -> None:
    seconds = iter([2 * SLOW, SLOW])

    answers = ask({"a": lambda _question: Reply(["1"], next(seconds))}, TRIALS)

    assert [one.seconds for one in answers["a"]] == [2 * SLOW, SLOW]


def test_ask_gives_up_on_who_takes_too_long() -> None:
    asked: list[str] = []

    def slow(question: Question) -> Reply:
        asked.append(question.name)
        return Reply([], PATIENCE)

    answers = ask({"slow": slow, "quick": lambda _question: Reply(["1"], 0.001)}, TRIALS)

    assert asked == ["Ann"]
    assert len(answers["slow"]) == 0
    assert len(answers["quick"]) == len(TRIALS)


def test_ranked_takes_keys_of_peers_and_matches_of_ours() -> None:
    match = Match("1", "unlikely", 0.2)

    assert Asked(TRIALS[0], ["7", "1"], 0).ranked
    assert Asked(TRIALS[0], [match], 0).ranked
    assert not Asked(TRIALS[0], [match], 0).shown
    assert not Asked(TRIALS[1], [match], 0).ranked


def test_score_is_of_the_entry_asked_about_and_of_anybody_for_a_stranger() -> None:
    found = [Match("7", "strong", 0.9), Match("1", "possible", 0.4)]
    stranger = Trial("name", Question(name="Cy"), None)

    assert Asked(TRIALS[0], found, 0).score == 0.4
    assert Asked(TRIALS[1], found, 0).score == 0
    assert Asked(stranger, found, 0).score == 0.9
    assert Asked(stranger, found, 0).shown
