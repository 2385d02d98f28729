"""The network that learns and the graph that runs are one; batches lose nothing."""

import random

import numpy as np
import pytest

from teaching.base import INNER, WIDTH, Base


def test_another_file_is_refused(tmp_path):
    path = tmp_path / "model.bin"
    path.write_bytes(b"GGUF" + bytes(60))
    with pytest.raises(ValueError, match="E5S1"):
        Base(path)


def made_layer(seed: int) -> dict:
    values = np.random.RandomState(seed)
    shapes = {
        "qkv.w": (WIDTH, 3 * WIDTH), "qkv.b": (3 * WIDTH,), "ao.w": (WIDTH, WIDTH), "ao.b": (WIDTH,),
        "fi.w": (WIDTH, INNER), "fi.b": (INNER,), "fo.w": (INNER, WIDTH), "fo.b": (WIDTH,),
        "aln.b": (WIDTH,), "oln.b": (WIDTH,),
    }  # fmt: skip
    made = {f"l0.{name}": values.randn(*shape).astype(np.float32) * 0.05 for name, shape in shapes.items()}
    return {**made, "l0.aln.w": np.ones(WIDTH, np.float32), "l0.oln.w": np.ones(WIDTH, np.float32)}


@pytest.fixture(scope="module")
def network():
    pytest.importorskip("tensorflow")
    from teaching.network import Network

    return Network(made_layer(3), {"act": 4, "tag": 2}, seed=1)


def test_padding_changes_nothing(network):
    rows = np.random.RandomState(4).randn(1, 5, WIDTH).astype(np.float32)
    wide = np.concatenate([rows, np.ones((1, 3, WIDTH), np.float32)], axis=1)
    short = network.pooled(rows, np.ones((1, 5), np.float32), training=False).numpy()
    long = network.pooled(wide, np.array([[1] * 5 + [0] * 3], np.float32), training=False).numpy()
    np.testing.assert_allclose(short, long, atol=0.02)  # bfloat16


def test_the_graph_gives_what_the_network_gives(network, tmp_path):
    onnxruntime = pytest.importorskip("onnxruntime")
    pytest.importorskip("onnx")
    from teaching.export import GRAPH, write_graph

    rows = np.random.RandomState(5).randn(1, 7, WIDTH).astype(np.float32)
    pooled = network.pooled(rows, np.ones((1, 7), np.float32), training=False)
    network.even_out(np.random.RandomState(6).randn(50, WIDTH).astype(np.float32))
    arrays = network.arrays()
    write_graph(tmp_path, arrays, 1)
    session = onnxruntime.InferenceSession(str(tmp_path / GRAPH), providers=["CPUExecutionProvider"])
    (states,) = session.run(None, {"x": rows[0]})
    assert np.corrcoef(states.mean(0), pooled.numpy()[0])[0, 1] > 0.99  # eight bits
    wanted = network.heads(pooled, training=False)["act"].numpy()[0]
    np.testing.assert_allclose(pooled.numpy()[0] @ arrays["act.w"] + arrays["act.b"], wanted, atol=1e-3)


def test_every_sentence_is_in_one_batch():
    pytest.importorskip("tensorflow")
    from teaching.learn import batches, padded

    rows = [np.ones((length, WIDTH), np.float32) for length in (3, 9, 4, 20, 11, 5, 6)]
    found = list(batches(rows, 2, random.Random(1)))
    assert sorted(i for batch in found for i in batch) == list(range(7))
    filled, mask = padded([rows[0], rows[1]])
    assert filled.shape == (2, 16, WIDTH) and mask.sum(1).tolist() == [3, 9]
