"""Writes what was learnt: the transformer as ONNX in eight bits, the heads beside it, and a note on both."""

import json
import tempfile
from pathlib import Path
from typing import Any, List, Mapping

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from bot.language.encoder import ABOUT, GRAPH, HEADS
from teaching.base import WIDTH
from teaching.network import HEADS as ATTENTION
from teaching.network import Arrays

OPSET, IR = 17, 8


def write_graph(folder: Path, arrays: Arrays, layers: int) -> None:
    """`x` (pieces, width), the normalised rows of one text, becomes `states` of the same shape."""
    with tempfile.TemporaryDirectory() as place:
        whole = Path(place) / "whole.onnx"
        onnx.save(_Graph(arrays).model(layers), str(whole))
        quantize_dynamic(str(whole), str(folder / GRAPH), weight_type=QuantType.QInt8, per_channel=True)


def write_heads(folder: Path, arrays: Arrays, labels: Mapping[str, List[str]]) -> None:
    np.savez(folder / HEADS, **{f"{head}.{part}": arrays[f"{head}.{part}"] for head in labels for part in "wb"})


def write_note(folder: Path, note: Mapping[str, Any]) -> None:
    (folder / ABOUT).write_text(json.dumps(note, indent=1) + "\n", "utf-8")


class _Graph:
    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays
        self._nodes: List[onnx.NodeProto] = []
        self._values: List[onnx.TensorProto] = []

    def model(self, layers: int) -> onnx.ModelProto:
        x = "x"
        for layer in range(layers):
            x = self._layer(x, f"l{layer}.")
        self._nodes.append(helper.make_node("Identity", [x], ["states"]))
        shape: List[Any] = ["pieces", WIDTH]
        ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in ("x", "states")]
        graph = helper.make_graph(self._nodes, "encoder", ends[:1], ends[1:], self._values)
        made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
        made.ir_version = IR
        onnx.checker.check_model(made)
        return made

    def _layer(self, x: str, p: str) -> str:
        query, key, value = self._split(self._linear(x, p + "qkv"))
        query, value = (self._heads(one, [1, 0, 2]) for one in (query, value))
        alike = self._op("MatMul", query, self._heads(key, [1, 2, 0]))
        weights = self._op("Softmax", self._op("Mul", alike, self._value((WIDTH // ATTENTION) ** -0.5)), axis=-1)
        heard = self._op("Transpose", self._op("MatMul", weights, value), perm=[1, 0, 2])
        heard = self._op("Reshape", heard, self._value([-1, WIDTH], np.int64))
        x = self._norm(self._op("Add", x, self._linear(heard, p + "ao")), p + "aln")
        inner = self._linear(self._gelu(self._linear(x, p + "fi")), p + "fo")
        return self._norm(self._op("Add", x, inner), p + "oln")

    def _split(self, x: str) -> List[str]:
        names = [f"{x}.{one}" for one in "qkv"]
        self._nodes.append(helper.make_node("Split", [x], names, axis=-1))
        return names

    def _heads(self, x: str, order: List[int]) -> str:
        apart = self._op("Reshape", x, self._value([-1, ATTENTION, WIDTH // ATTENTION], np.int64))
        return self._op("Transpose", apart, perm=order)

    def _linear(self, x: str, name: str) -> str:
        product = self._op("MatMul", x, self._value(self._arrays[name + ".w"]))
        return self._op("Add", product, self._value(self._arrays[name + ".b"]))

    def _norm(self, x: str, name: str) -> str:
        weight, bias = self._value(self._arrays[name + ".w"]), self._value(self._arrays[name + ".b"])
        return self._op("LayerNormalization", x, weight, bias, axis=-1, epsilon=1e-12)

    def _gelu(self, x: str) -> str:
        error = self._op("Erf", self._op("Mul", x, self._value(2**-0.5)))
        return self._op("Mul", self._op("Mul", x, self._value(0.5)), self._op("Add", error, self._value(1.0)))

    def _value(self, value: Any, kind: Any = np.float32) -> str:
        name = f"c{len(self._values)}"
        self._values.append(numpy_helper.from_array(np.ascontiguousarray(value, kind), name))
        return name

    def _op(self, kind: str, *inputs: str, **attributes: Any) -> str:
        name = f"t{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name
