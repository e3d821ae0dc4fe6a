#!/usr/bin/env python3
"""Writes fuzz/entry_corpus and fuzz/return_corpus anew: cases in the format of case.c.

    testing/generator/write_corpora.py
    testing/generator/write_corpora.py --check    writes nothing, and fails if they are not the same

Each file is named by what it exercises. Inputs that fuzzing has found, regress_*, are left alone.
"""

import argparse
import sys
from pathlib import Path

FUZZ = Path(__file__).resolve().parents[2] / "fuzz"

# oracle_way bits, ../oracle/call.h
ACTIVATION, BACKSTOP, INLINE, SIGNATURE, RESULT_GIVEN, END_SHIFTED, OWN_MASK = (
    1 << bit for bit in range(7)
)

# gen_style, case.h
(GRAFFITI, ZEROS, ONES, LEAST, GREATEST, DENORMAL, QUIET_NAN, SIGNALLING_NAN, INFINITY,
 RAW) = range(10)

# Types, as choose_type and choose_aggregate read them.
U8, U16, U32, U64, I8, I16, I32, I64, USIZE, ISIZE, BOOL, PTR, GUEST_PTR, F32, F64 = (
    bytes([4 * kind]) for kind in range(15)
)
(I128, U128, F16, F128, LONG_DOUBLE, COMPLEX_F32, COMPLEX_F64, COMPLEX_LONG_DOUBLE,
 V64, V128, V256, V512) = (bytes([4 * kind + 2]) for kind in range(12))


def aggregate(kind, members, packed=False, aligned=0):
    assert 1 <= len(members) <= 4
    attributes, extent = (7 if packed else 0), 7
    if aligned:
        shift = {2: 0, 4: 1, 8: 2, 16: 3, 32: 2, 64: 3}[aligned]
        attributes |= 56 + 64 * shift
        extent |= 128 if aligned > 16 else 0
    head = 8 * (len(members) - 1) + (3 if kind == "union" else 0)
    body = b"".join(m if isinstance(m, Member) else m + b"\0" for m in members)
    return bytes([7, head, attributes, extent]) + body


class Member(bytes):
    """A member with a form of its own."""


def struct(*members, **attributes):
    return aggregate("struct", members, **attributes)


def union(*members, **attributes):
    return aggregate("union", members, **attributes)


def array(element, count):
    return Member(element + bytes([1 + 8 * (count - 1)]))


def bits(unit, width):
    return Member(unit + bytes([2, width - 1]))


EMPTY = bytes([7, 28, 0, 7])


def value(item):
    """A type in graffiti, or (type, style), or (type, raw bytes)."""
    if isinstance(item, tuple):
        kind, style = item
        return kind + (bytes([RAW]) + style if isinstance(style, bytes) else bytes([style]))
    return item + bytes([GRAFFITI])


def case(*args, way=0, fixed=None, result=None):
    variadic = 0 if fixed is None else 1 + 2 * fixed
    head = bytes([way, variadic]) + (b"\0" if result is None else b"\1" + value(result))
    return head + b"".join(value(item) for item in args)


MIXED = struct(F32, F32, I32)
TWO_WORDS = struct(I64, I32)
LARGE = struct(array(I64, 3))

ENTRY = {
    "activation_and_backstop_overwrite_registers": case(
        *[I64, F64] * 9, way=ACTIVATION | BACKSTOP),
    "own_signal_mask": case(I32, way=OWN_MASK),
    "init_inline_without_arguments": case(way=INLINE),
    "init_inline_with_callbacks": case(I32, way=INLINE | ACTIVATION | BACKSTOP),
    "six_integers_fill_registers": case(*[I64] * 6),
    "seventh_integer_is_in_memory": case(*[I64] * 7),
    "eight_floats_fill_registers": case(*[F64] * 8),
    "ninth_float_is_in_memory": case(*[F64] * 9),
    "f32_in_memory": case(*[F32] * 9),
    "odd_number_of_slots_is_padded": case(*[I64] * 9),
    "narrow_integers_are_negative": case(
        *[(kind, LEAST) for kind in (I8, I16, I32, I8, I16, I32, I8, I16, I32)]),
    "narrow_unsigned_are_zero_extended": case(
        *[(kind, ONES) for kind in (U8, U16, U32, BOOL, U8, U16, U32, BOOL, GUEST_PTR)]),
    "nan_denormal_and_minus_zero": case(
        (F32, SIGNALLING_NAN), (F64, QUIET_NAN), (F64, DENORMAL), (F64, LEAST), (F32, INFINITY)),
    "value_is_cut_off": case((I64, b"\x01\x02\x03")),
    "variadic_counts_vector_registers": case(PTR, F64, F64, I32, fixed=1, way=SIGNATURE),
    "int128_in_two_registers": case(I128, U128, I64, way=SIGNATURE),
    "int128_in_memory": case(*[I64] * 6, I128, I8, U128, way=SIGNATURE),
    "long_double_is_in_memory": case(I32, LONG_DOUBLE, COMPLEX_LONG_DOUBLE, I64, way=SIGNATURE),
    "complex_in_one_and_two_registers": case(*[COMPLEX_F32, COMPLEX_F64] * 4, way=SIGNATURE),
    "half_and_quad": case(F16, F128, *[F16] * 8, F128, way=SIGNATURE),
    "vectors_in_registers_and_memory": case(*[V64, V128, V256, V512] * 4, way=SIGNATURE),
    "vector_beside_scalars_clears_the_rest": case(V512, F32, F64, V128, way=SIGNATURE),
    "unnamed_wide_vector_is_in_memory": case(I32, F64, V256, V512, fixed=1, way=SIGNATURE),
    "struct_of_both_classes": case(MIXED, struct(I8, F64), struct(F64, I8), way=SIGNATURE),
    "struct_is_not_split": case(*[I64] * 5, TWO_WORDS, I32, TWO_WORDS, way=SIGNATURE),
    "struct_is_not_split_by_vectors": case(*[F64] * 7, struct(F64, F64), F32, way=SIGNATURE),
    "struct_above_16_bytes_is_in_memory": case(I8, LARGE, I8, way=SIGNATURE),
    "padding_in_structs_is_cleared": case(
        struct(I8, I64), *[I64] * 4, struct(I8, I64), struct(I8, LONG_DOUBLE), way=SIGNATURE),
    "memory_aligned_to_32_and_64": case(
        I8, *[I64] * 6, struct(array(I64, 3), aligned=32), I8, struct(array(I64, 3), aligned=64),
        way=SIGNATURE | END_SHIFTED),
    "packed_misaligned_member_is_in_memory": case(struct(I8, I64, packed=True), I8, way=SIGNATURE),
    "packed_aligned_members_are_in_registers": case(
        struct(I64, I32, packed=True), I8, way=SIGNATURE),
    "union_covers_what_any_member_covers": case(
        union(F32, array(I8, 5)), union(V128, I64), union(F64, I8), way=SIGNATURE),
    "union_of_long_double_is_in_memory": case(
        union(union(LONG_DOUBLE, I32), array(I64, 2)), I8, way=SIGNATURE),
    "sseup_becomes_sse": case(union(V128, array(F32, 4)), F32, way=SIGNATURE),
    "struct_of_one_wide_vector": case(struct(V256), struct(V512), F32, way=SIGNATURE),
    "empty_structs_are_not_passed": case(EMPTY, I32, EMPTY, F64, way=SIGNATURE),
    "bit_fields_share_a_byte": case(
        struct(bits(U8, 3), bits(U32, 30), bits(U64, 33)), struct(bits(I8, 7), F32),
        way=SIGNATURE),
    "hidden_pointer_shifts_integers": case(*[I64] * 7, result=LARGE, way=SIGNATURE),
    "aggregates_by_values": case(MIXED, LARGE, I128, V128, LONG_DOUBLE, F16),
}

RETURN = {
    "void": case(),
    "negative_narrow_integer": case(result=(I8, LEAST)),
    "bool": case(result=(BOOL, ONES)),
    "pointer": case(I32, result=PTR),
    "signalling_nan": case(result=(F32, SIGNALLING_NAN)),
    "backstop_overwrites_registers": case(result=F64, way=BACKSTOP),
    "backstop_overwrites_wide_registers": case(result=V512, way=BACKSTOP | SIGNATURE),
    "backstop_overwrites_x87": case(result=COMPLEX_LONG_DOUBLE, way=BACKSTOP | SIGNATURE),
    "int128": case(result=I128, way=SIGNATURE),
    "two_integers_by_values": case(result=TWO_WORDS),
    "integer_and_double": case(result=struct(I64, F64), way=SIGNATURE),
    "double_and_integer": case(result=struct(F64, I64), way=SIGNATURE),
    "two_doubles": case(result=struct(F64, F64), way=SIGNATURE),
    "complex_float": case(result=COMPLEX_F32, way=SIGNATURE),
    "complex_double": case(result=COMPLEX_F64, way=SIGNATURE),
    "long_double": case(result=LONG_DOUBLE, way=SIGNATURE),
    "long_double_denormal": case(result=(LONG_DOUBLE, DENORMAL), way=SIGNATURE),
    "complex_long_double": case(result=COMPLEX_LONG_DOUBLE, way=SIGNATURE),
    "long_double_in_a_struct": case(result=struct(LONG_DOUBLE), way=SIGNATURE),
    "complex_long_double_in_a_struct_is_in_memory": case(
        result=struct(COMPLEX_LONG_DOUBLE), way=SIGNATURE),
    "vector_of_16_bytes": case(result=V128, way=SIGNATURE),
    "vector_of_32_bytes": case(result=V256, way=SIGNATURE),
    "vector_of_64_bytes_in_a_struct": case(result=struct(V512), way=SIGNATURE),
    "half": case(result=F16, way=SIGNATURE),
    "memory_on_the_childs_stack": case(I32, result=LARGE, way=SIGNATURE),
    "memory_that_is_given": case(I32, result=LARGE, way=SIGNATURE | RESULT_GIVEN),
    "memory_aligned_to_64": case(
        *[I64] * 4, result=struct(array(I64, 3), aligned=64), way=SIGNATURE | END_SHIFTED),
    "empty": case(result=EMPTY, way=SIGNATURE),
    "bit_fields": case(result=struct(bits(U8, 3), bits(U64, 40)), way=SIGNATURE),
    "union": case(result=union(F64, I32), way=SIGNATURE),
}


def written(directory):
    """The files that are from here: name to bytes."""
    paths = directory.iterdir() if directory.is_dir() else ()
    return {p.name: p.read_bytes() for p in paths if not p.name.startswith("regress_")}


def write(directory, cases):
    directory.mkdir(exist_ok=True)
    for name in written(directory):
        (directory / name).unlink()
    for name, data in cases.items():
        (directory / name).write_bytes(data)


def check(directory, cases):
    """Returns True if the directory is as write() leaves it."""
    found = written(directory)
    differing = [name for name in {**found, **cases} if found.get(name) != cases.get(name)]
    for name in sorted(differing):
        print(f"{directory / name}: not as write_corpora.py has it")
    return not differing


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail if they differ")
    arguments = parser.parse_args()
    corpora = {FUZZ / "entry_corpus": ENTRY, FUZZ / "return_corpus": RETURN}
    if arguments.check:
        # All of them, not up to the first that differs.
        sys.exit(0 if all([check(*corpus) for corpus in corpora.items()]) else 1)
    for directory, cases in corpora.items():
        write(directory, cases)


if __name__ == "__main__":
    main()
