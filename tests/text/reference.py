"""What Hugging Face tokenizers makes of many texts, for parity_test.cpp.

    python reference.py SUITE DIRECTORY MODEL_DIR CORPUS_DIR

Writes DIRECTORY/<variant>.json for every tokenizer.json variant and DIRECTORY/cases.jsonl: one encoding with its
inputs per line, or digests of normalized texts and words for the suite code_points. Offsets are converted to bytes.
"""
import hashlib
import itertools
import json
import os
import random
import sys
from pathlib import Path

from tokenizers import Tokenizer, normalizers, pre_tokenizers

suite, directory, model_directory, corpus_directory = sys.argv[1], *map(Path, sys.argv[2:5])
real = json.loads((model_directory / "tokenizer.json").read_text())
hostile = [json.loads(line)["text"] for line in (Path(__file__).parent / "hostile.jsonl").read_text().splitlines()]
hostile += ["x" * 100, "x" * 101, "é" * 100, "e\u0301" * 101, "中" * 500, "word " * 2000, "a\u0323\u0301" * 3000,
            " " * 10000, "!" * 3000, "[MASK]" * 500, "\u0301" * 5000, "\u1d165\u0334\u0301" * 500, "ab" * 5000]
randoms = random.Random(20240229)


def corpus(name):
    with open(corpus_directory / f"{name}.jsonl", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def with_parts(document, **parts):
    return {**document, "truncation": None, "padding": None, **parts}


def bert(**changes):
    return {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None,
            "lowercase": True, **changes}


def small(**parts):
    """A vocabulary of single characters and a few pieces, so that most words are known and many are split."""
    letters = [chr(c) for c in range(33, 127)] + list("éüßÉñ中文ａıσςΣабвдежзאבあ가\u0301")
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "foo", "##bar", "the", "##ing", "##s", "[", "##[", "##]"]
    tokens += letters + ["##" + letter for letter in letters]
    vocabulary = {token: index for index, token in enumerate(dict.fromkeys(tokens))}
    model = {**real["model"], "vocab": vocabulary}
    processor = {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]}
    return with_parts(real, **{"added_tokens": [], "model": model, "post_processor": processor, **parts})


def added(document, flags_of):
    """Added tokens that overlap each other, words and white space; flags_of(index) has the four flags."""
    contents = ["<x>", "Foo bar", "É", "[CLS]", "ing", "ab", "abc", "abcde", "中", "\u0301x", "a b", ".", "The", "ß", " -", "- "]
    next_id, tokens = len(document["model"]["vocab"]), []
    for index, content in enumerate(contents):
        known = document["model"]["vocab"].get(content)
        single_word, lstrip, rstrip, normalized = flags_of(index)
        tokens.append({"id": next_id if known is None else known, "content": content, "special": index % 2 == 0,
                       "single_word": single_word, "lstrip": lstrip, "rstrip": rstrip, "normalized": normalized})
        next_id += known is None
    return {**document, "added_tokens": tokens}


def variants():
    flags = list(itertools.product([False, True], repeat=4))
    yield "real", with_parts(real)
    yield "small", small()
    for accents, lower in itertools.product([None, True, False], [True, False]):
        yield f"accents_{accents}_lower_{lower}", small(normalizer=bert(strip_accents=accents, lowercase=lower))
    yield "unclean", small(normalizer=bert(clean_text=False))
    yield "no_chinese", small(normalizer=bert(handle_chinese_chars=False))
    yield "nothing", small(normalizer=None, pre_tokenizer=None, post_processor=None)
    yield "nfd", small(normalizer={"type": "NFD"}, pre_tokenizer={"type": "Whitespace"})
    steps = [{"type": "NFD"}, {"type": "Lowercase"}, {"type": "StripAccents"}]
    yield "sequence", small(normalizer={"type": "Sequence", "normalizers": steps},
                            pre_tokenizer={"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"},
                                                                                {"type": "Whitespace"}]})
    yield "split", small(normalizer={"type": "Lowercase"}, pre_tokenizer={"type": "WhitespaceSplit"})
    short = small()
    yield "short_words", {**short, "model": {**short["model"], "max_input_chars_per_word": 4}}
    yield "no_prefix", {**short, "model": {**short["model"], "continuing_subword_prefix": ""}}
    template = {"type": "TemplateProcessing",
                "single": [{"SpecialToken": {"id": "x", "type_id": 3}}, {"Sequence": {"id": "A", "type_id": 2}},
                           {"Sequence": {"id": "A", "type_id": 1}}],
                "pair": [{"Sequence": {"id": "B", "type_id": 5}}, {"SpecialToken": {"id": "x", "type_id": 1}},
                         {"Sequence": {"id": "A", "type_id": 4}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
                "special_tokens": {"x": {"id": "x", "ids": [2, 1], "tokens": ["[CLS]", "[UNK]"]},
                                   "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}}
    yield "template", small(post_processor=template)
    for combination in flags:
        yield "added_" + "".join(str(int(flag)) for flag in combination), added(short, lambda _: combination)
    yield "added_mixed", added(short, lambda index: flags[(index * 7 + 3) % 16])
    yield "added_mixed_cased", added(small(normalizer=bert(lowercase=False)), lambda index: flags[(index * 5 + 1) % 16])


def random_text():
    """Every third from anywhere in Unicode, the others from what tokenizers stumble over."""
    pieces = ["a", "b", " ", "  ", "foo", "Foo bar", "FOO BAR", "<x>", "the", "The", "ing", ".", "É", "e\u0301", "中", "abc",
              "abcd", "abcde", "[CLS]", "\t", "\n", "\u3000", "_", "\u0301", "\u0323", "\u1161", "각", "ß", "İ", "\u0f73",
              "\u0344", "\U0001d15f", "\u0958", "\u200d", "\0", "\ufffd", "-", "1", "x", "Σ", "\u0301x"]
    blocks = [(0x20, 0x7f), (0xa0, 0x250), (0x300, 0x370), (0x370, 0x600), (0x600, 0xe00), (0xf00, 0x1200),
              (0x1ab0, 0x2100), (0x3000, 0x3100), (0xa640, 0xa700), (0xac00, 0xd7b0), (0xf900, 0x10000),
              (0x10000, 0x12000), (0x1d100, 0x1d250), (0x1e000, 0x1f000), (0, 0x110000)]
    length = randoms.randrange(1, 24)
    if randoms.random() < 0.5:
        return "".join(randoms.choice(pieces) for _ in range(length))
    low, high = randoms.choice(blocks)
    points = (randoms.randrange(low, high) if randoms.random() < 0.8 else 0x301 for _ in range(length))
    return "".join(chr(p) for p in points if not 0xD800 <= p <= 0xDFFF)


class Reference:
    def __init__(self, name, document):
        (directory / f"{name}.json").write_text(json.dumps(document))
        self.name = name
        self.tokenizer = Tokenizer.from_str(json.dumps(document))
        self.tokenizer.no_padding()

    def line(self, text, pair=None, special=True, truncation=None):
        case = {"variant": self.name, "text": text, "pair": pair, "special": special, "truncation": truncation}
        try:
            self.tokenizer.no_truncation()
            if truncation:
                added_tokens = self.tokenizer.num_special_tokens_to_add(pair is not None) if special else 0
                if truncation["max_length"] < added_tokens:
                    raise ValueError("the reference's subtraction wraps around here")
                self.tokenizer.enable_truncation(**truncation)
            encoding = self.tokenizer.encode(text, pair, add_special_tokens=special)
            case["encodings"] = [self.fields(one, text, pair) for one in [encoding, *encoding.overflowing]]
        except BaseException as problem:  # its panics are no Exception
            case["error"] = str(problem)[:100]
        return case

    def fields(self, encoding, text, pair):
        bytes_before = [list(itertools.accumulate((len(c.encode()) for c in one or ""), initial=0))
                        for one in (text, pair)]
        offsets = []
        # sequence_ids is of no use: windows lose it, and a template may name a sequence twice. Types tell as well, since
        # every variant here gives the second text type 1 or 5 and the first neither.
        for (begin, end), type_id, special in zip(encoding.offsets, encoding.type_ids, encoding.special_tokens_mask):
            before = bytes_before[pair is not None and type_id in (1, 5)]
            offsets += [0, 0] if special else [before[begin], before[end]]
        return {"ids": encoding.ids, "type_ids": encoding.type_ids, "tokens": encoding.tokens, "offsets": offsets,
                "word_ids": [-1 if word is None else word for word in encoding.word_ids],
                "special_tokens_mask": encoding.special_tokens_mask}


def corpus_cases():
    reference = Reference("real", with_parts(real))
    for name in "SML":
        texts = corpus(name)
        for text in texts:
            yield reference.line(text)
    for text in texts:
        yield reference.line(text, truncation={"max_length": 128, "stride": 16})


def variant_cases():
    for name, document in variants():
        reference = Reference(name, document)
        for text in hostile + [random_text() for _ in range(4000 if name == "real" else 500)]:
            yield reference.line(text)


def pair_cases():
    self_test = (Path(__file__).parents[2] / "src/export/self_test.txt").read_text(encoding="utf-8").splitlines()
    texts = self_test * 6 + hostile[:40]
    if corpus_directory.exists():
        texts += corpus("S")[:200] + [text[:300] for text in corpus("M")[:100]]
    for name, document in variants():
        if name not in ("real", "template", "nothing", "added_mixed"):
            continue
        reference = Reference(name, document)
        for _ in range(100):
            yield reference.line(randoms.choice(texts), randoms.choice(texts), special=randoms.random() < 0.8)
        for strategy, length, stride in itertools.product(["longest_first", "only_first", "only_second"],
                                                          [0, 1, 3, 4, 5, 8, 16, 40], [0, 1, 2, 6]):
            truncation = {"max_length": length, "stride": stride, "strategy": strategy}
            for special, is_pair in itertools.product([True, False], repeat=2):
                pair = randoms.choice(texts)[:60] if is_pair else None
                yield reference.line(randoms.choice(texts)[:60], pair, special=special, truncation=truncation)


def digest(parts):
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def code_point_cases():
    """256 code points a line, each at the start of a word. Digests, because in full it would be hundreds of megabytes."""
    reference = Reference("real", with_parts(real))
    splitters = [pre_tokenizers.BertPreTokenizer(), pre_tokenizers.Whitespace(), pre_tokenizers.WhitespaceSplit()]
    steps = [normalizers.BertNormalizer(clean_text=clean, handle_chinese_chars=True, strip_accents=accents, lowercase=lower)
             for clean, accents, lower in [(True, True, True), (False, False, False), (False, True, False),
                                           (True, False, False), (False, False, True)]]
    steps += [normalizers.Lowercase(), normalizers.NFD(), normalizers.StripAccents()]

    points = [chr(p) for p in range(0x110000) if not 0xD800 <= p <= 0xDFFF]
    for start in range(0, len(points), 256):
        text = "".join(f"{point}b " for point in points[start:start + 256])
        encoding = reference.line(text)["encodings"][0]
        yield {"text": text, "points": len(points[start:start + 256]),
               "normalized": [digest([step.normalize_str(text)]) for step in steps],
               "words": [digest(word for word, _ in step.pre_tokenize_str(text)) for step in splitters],
               "encoded": digest(str(number) for key in ("ids", "offsets", "word_ids") for number in encoding[key])}


os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # the reference's panics, which are expected here
with open(directory / "cases.jsonl", "w", encoding="utf-8") as output:
    for case in {"corpus": corpus_cases, "variants": variant_cases, "pairs": pair_cases,
                 "code_points": code_point_cases}[suite]():
        output.write(json.dumps(case, ensure_ascii=False) + "\n")
