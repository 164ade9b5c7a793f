"""Records of Relive, written and read by hand: docs/wire-format.md in code. A protobuf library does the same."""

import json
import struct

import numpy as np

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
FLOAT32, UINT8, INT32 = 1, 4, 6  # of the element types, those that this example meets
DTYPES = {FLOAT32: "<f4", UINT8: "u1", INT32: "<i4"}


# Protobuf. Numbers that are 0 and texts that are empty are left out.


def varint(number):
    encoded = bytearray()
    while number > 0x7F:
        encoded.append(number & 0x7F | 0x80)
        number >>= 7
    encoded.append(number)
    return bytes(encoded)


def uint(field, number):
    return varint(field << 3 | VARINT) + varint(number) if number else b""


def fixed64(field, number):
    return varint(field << 3 | FIXED64) + struct.pack("<Q", number) if number else b""


def data(field, value):
    return varint(field << 3 | BYTES) + varint(len(value)) + value if value else b""


def uints(field, numbers):
    return data(field, b"".join(map(varint, numbers)))


def parse(message):
    """A message's fields: for each number its values in order, integers or bytes."""
    fields, place = {}, 0

    def read_varint():
        nonlocal place
        number, shift = 0, 0
        while True:
            byte = message[place]
            place += 1
            number |= (byte & 0x7F) << shift
            if byte < 0x80:
                return number
            shift += 7

    while place < len(message):
        tag = read_varint()
        kind = tag & 7
        if kind == VARINT:
            value = read_varint()
        else:
            size = {FIXED64: 8, FIXED32: 4}.get(kind) or read_varint()
            value = message[place : place + size]
            place += size
            if kind != BYTES:
                value = int.from_bytes(value, "little")
        fields.setdefault(tag >> 3, []).append(value)
    return fields


def parse_varints(packed):
    """Repeated numbers that stand in one field."""
    numbers, number, shift = [], 0, 0
    for byte in packed:
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            numbers.append(number)
            number, shift = 0, 0
    return numbers


def first(fields, number, default=0):
    return fields.get(number, [default])[0]


def text(fields, number):
    return first(fields, number, b"").decode()


def settings(fields, number):
    """Named values."""
    return {text(setting, 1): text(setting, 2) for setting in map(parse, fields.get(number, []))}


# The envelope.


def crc_table():
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
        yield byte


TABLE = tuple(crc_table())


def crc32c(record):
    crc = 0xFFFFFFFF
    for byte in record:
        crc = crc >> 8 ^ TABLE[(crc ^ byte) & 0xFF]
    return crc ^ 0xFFFFFFFF


def record(kind, message):
    start = b"\x0dRL" + kind + b"\x01" + message
    return start + b"\x7d" + struct.pack("<I", crc32c(start))


def read_record(kind, value):
    """The fields of a record; an error where it is none of this kind, or damaged."""
    if len(value) < 10 or value[:4] != b"\x0dRL" + kind or value[4] != 1:
        raise ValueError(f"no record of kind {kind.decode()} and version 1")
    if value[-5] != 0x7D or int.from_bytes(value[-4:], "little") != crc32c(value[:-5]):
        raise ValueError("a damaged record")
    return parse(value)


# What a producer writes and reads.


def column(kind, shape, rows):
    return uint(1, kind) + uints(2, shape) + data(3, np.ascontiguousarray(rows, DTYPES[kind]).tobytes())


def segment(run, actor, epoch, sequence, lane, episode, first_step, end, versions, actor_steps, micros, columns):
    """A segment's record.

    versions: the policy version of each action. micros: when the first and the last observation were made.
    columns: observations (one row more than the others), actions, rewards and probabilities, each as a column's bytes.
    """
    changes = [i for i, version in enumerate(versions) if i == 0 or version != versions[i - 1]]
    message = (
        data(2, run.encode())
        + data(3, actor.encode())
        + fixed64(4, epoch)
        + uint(5, sequence)
        + uint(6, lane)
        + uint(7, episode)
        + uint(8, first_step)
        + uint(9, len(versions))
        + uint(10, end)
        + uints(11, changes)
        + uints(12, [versions[i] for i in changes])
        + uint(13, actor_steps)
        + fixed64(14, micros[0])
        + fixed64(16, micros[1])
    )
    for number, each in zip((17, 18, 19, 20), columns):
        message += data(number, each)
    return record(b"S", message)


def tensors(safetensors):
    """The tensors of a safetensors file, all of float32 here."""
    length = int.from_bytes(safetensors[:8], "little")
    header, body = json.loads(safetensors[8 : 8 + length]), safetensors[8 + length :]
    return {
        name: np.frombuffer(body[slice(*about["data_offsets"])], "<f4").reshape(about["shape"])
        for name, about in header.items()
        if name != "__metadata__"
    }


def escaped(name):
    """A name in the alphabet of Kafka's topics."""
    return "".join(chr(b) if chr(b).isalnum() and b < 128 or b == ord("-") else f"_{b:02x}" for b in name.encode())
