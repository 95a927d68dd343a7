"""Streams of XML documents through `octetscope-cli batch`, framing xml, against expat: boundaries, good and bad, and the
elements, attributes and text that it finds. Whole streams, cut ones and broken ones.

usage: xml_oracle.py CLI SEED COUNT"""
import json
import random
import re
import subprocess
import sys
from xml.parsers import expat

SPACE = " \t\r\n"
# What is left to others (see xml_scanner.h): what references and entities mean, attributes that are there twice,
# encodings that expat does not know, which characters beyond ASCII are letters.
LEFT = {expat.errors.codes[text] for text in (
    expat.errors.XML_ERROR_UNDEFINED_ENTITY, expat.errors.XML_ERROR_BAD_CHAR_REF,
    expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE, expat.errors.XML_ERROR_UNKNOWN_ENCODING,
    expat.errors.XML_ERROR_INCORRECT_ENCODING)}
UNCLOSED = {expat.errors.codes[text] for text in (
    expat.errors.XML_ERROR_NO_ELEMENTS, expat.errors.XML_ERROR_UNCLOSED_TOKEN, expat.errors.XML_ERROR_PARTIAL_CHAR,
    expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION)}


class Tree:
    """The fields that a document should have."""

    def __init__(self, data):
        self.top, self.open, self.text = [], [], ""
        self.ends = None
        parser = expat.ParserCreate()
        self.skipped = False
        parser.SkippedEntityHandler = self.skip
        parser.ordered_attributes = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        self.parser = parser
        parser.Parse(data, True)

    def flush(self):
        if self.text.strip(SPACE):
            self.open[-1]["fields"].append({"name": "#text", "type": "text", "value": self.text})
        self.text = ""

    def start(self, name, attributes):
        if self.open:
            self.open[-1]["group"] = True
            self.flush()
        pairs = zip(attributes[::2], attributes[1::2])
        fields = [{"name": "@" + k, "type": "attribute", "value": v} for k, v in pairs]
        element = {"name": name, "type": "element", "fields": fields, "group": bool(fields)}
        (self.open[-1]["fields"] if self.open else self.top).append(element)
        self.open.append(element)
        self.text = ""

    def end(self, _):
        element = self.open.pop()
        if not element.pop("group"):
            del element["fields"]
            element["value"] = self.text
        elif self.text.strip(SPACE):
            element["fields"].append({"name": "#text", "type": "text", "value": self.text})
        self.text = ""

    def skip(self, _name, _is_parameter):
        """A name that only a document type elsewhere could explain: expat leaves it out, we leave it as it stands."""
        self.skipped = True

    def characters(self, text):
        self.text += text


def fields_of(found):
    """What of fields found is compared."""
    made = []
    for field in found:
        one = {"name": field["name"], "type": field["type"]}
        if "fields" in field:
            one["fields"] = fields_of(field["fields"])
        else:
            one["value"] = field["value"]
        made.append(one)
    return made


def random_name(rng):
    return rng.choice(["a", "b", "c", "note", "x:y", "_z", "a-1.b", "ä", "日本"])


def random_text(rng):
    pieces = ["text", "a ", "\n", "&amp;", "&lt;", "&#65;", "&#x1F600;", "ä€𝄞", ">", "]x", "]]x", "\"'", "<!-- c - d -->", "<?p i?>",
              "<![CDATA[<x>&amp;]]>", "<![CDATA[a]]]]>", "\r\n", "\t", "z&quot;&apos;"]
    return "".join(rng.choice(pieces) for _ in range(rng.randrange(0, 4)))


def random_element(rng, depth):
    name = random_name(rng)
    tag = "<" + name
    for attribute in rng.sample(["id", "k", "x:l", "ö"], rng.choice([0, 0, 0, 1, 2])):
        value = "".join(rng.choice(["v", " ", "&lt;", ">", "&#233;", "ä", "\n", "'"]) for _ in range(rng.randrange(0, 4)))
        tag += rng.choice([" ", "\n  "]) + attribute + rng.choice(["=", " = "]) + '"' + value + '"'
    if rng.random() < 0.2:
        return tag + rng.choice(["/>", " />"])
    inner = random_text(rng)
    for _ in range(rng.randrange(0, 4) if depth > 0 else 0):
        inner += random_element(rng, depth - 1) + random_text(rng)
    return tag + rng.choice([">", " >"]) + inner + "</" + name + rng.choice([">", "\n>"])


def random_document(rng):
    start = rng.choice(["", "", "", '<?xml version="1.0"?>', "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n",
                        "\ufeff", "\ufeff<?xml version=\"1.0\"?>"])
    middle = rng.choice(["", "", "<!-- <a> -->\n", "<?go on?>", "<!DOCTYPE a>", '<!DOCTYPE a SYSTEM "x>y.dtd">',
                         "<!DOCTYPE a [<!ELEMENT a ANY><!ENTITY e \"]>\"><!-- ' ]> --><?p \" ?>]>\n"])
    data = (start + middle + random_element(rng, rng.randrange(0, 4))).encode()
    if start == "" and middle == "" and rng.random() < 0.1:
        text = '<?xml version="1.0" encoding="ISO-8859-1"?><a b="\xe4">\xdf&#228;</a>'
        data = text.encode("latin-1")
    return data


def mutated(rng, data):
    data = bytearray(data)
    for _ in range(rng.randrange(1, 3)):
        at = rng.randrange(0, len(data) + 1)
        byte = rng.choice([rng.randrange(256), *b"<>/!?-[]=\"'&;# abx\x00\x0c\x80\xc3"])
        kind = rng.randrange(3)
        if kind == 0:
            data.insert(at, byte)
        elif at < len(data):
            if kind == 1:
                data[at] = byte
            else:
                del data[at]
    return bytes(data)


def wrong_stream(documents, places, data, answer):
    messages = answer.get("result")
    if not isinstance(messages, list) or len(messages) != len(documents):
        return f"{len(documents)} documents, found {answer}"
    for message, document, begin in zip(messages, documents, places):
        if (message["offset"], message["size"], message["status"]) != (begin, len(document), "complete"):
            return f"{len(document)} bytes at {begin} expected, found {message}"
        expected = Tree(document).top
        if fields_of(message["fields"]) != expected:
            return f"fields {expected} expected, found {fields_of(message['fields'])}"
    return None


def wrong_one(data, answer):
    """One document, cut or broken, against what expat makes of it."""
    messages = answer.get("result")
    if not isinstance(messages, list):
        return f"no result: {answer}"
    body = data.lstrip(SPACE.encode())
    begin = len(data) - len(body)
    if not body:
        return None if not messages else f"nothing expected, found {messages}"
    first = messages[0]
    if first["offset"] != begin:
        return f"begin {begin} expected, found {first}"
    if first["status"] == "complete":
        own = body[:first["size"]]
    else:
        own = body
    if b"<!DOCTYPE" in own and re.search(rb"&(?!(?:amp|lt|gt|quot|apos);|#)", own):
        return None  # expat leaves out what a document type that it does not read may define
    if b"encoding=" in own[:40] and b"encoding='UTF-8'" not in own:
        return None  # what an encoding of another name means
    if "no XML declaration" in (first["error"] or ""):
        return None  # expat takes any word for a version
    try:
        tree = Tree(own)
    except LookupError:
        return None  # an encoding that it does not know
    except expat.ExpatError as error:
        if error.code in LEFT:
            return None
        if first["status"] == "complete" or (first["status"] == "incomplete") != (error.code in UNCLOSED):
            # expat tells some errors later, and what stands in a document type sooner.
            if b"<!DOCTYPE" in own or first["status"] != "complete" and tells_late(own, first, error):
                return None
            return f"expat: {error} ({error.code}), found {first}"
        return None
    if first["status"] != "complete":
        return f"a whole document, found {first}"
    if not tree.skipped and fields_of(first["fields"]) != tree.top:
        return f"fields {tree.top} expected, found {fields_of(first['fields'])}"
    return None


def tells_late(own, first, error):
    """A byte that is wrong for us within a token that has no end is an open token for expat; and a document that is cut
    may be so within a token whose begin is wrong for it."""
    return first["status"] == "error" and error.code in UNCLOSED


def cases(rng, count):
    for _ in range(count):
        documents = [random_document(rng) for _ in range(rng.randrange(1, 4))]
        data, places = b"", []
        for document in documents:
            data += rng.choice([b"", b"\n", b" \r\n"])
            places.append(len(data))
            data += document
        yield data, [rng.randrange(1, 9)], (documents, places)
        one = random_document(rng)
        for cut in range(len(one)):
            yield one[:cut], [1], None
        for _ in range(20):
            yield mutated(rng, one), [rng.randrange(1, 9)], None


def main():
    cli, seed, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    asked = list(cases(random.Random(seed), count))
    requests = "".join(json.dumps({"do": "decode", "framing": "xml", "hex": data.hex(), "chunks": chunks}) + "\n"
                       for data, chunks, _ in asked)
    run = subprocess.run([cli, "batch"], input=requests.encode(), capture_output=True, check=True)
    lines = run.stdout.splitlines()
    if len(lines) != len(asked):
        print(f"{len(asked)} requests, {len(lines)} answers: {run.stderr.decode()}")
        return 1
    for (data, chunks, whole), line in zip(asked, lines):
        answer = json.loads(line)
        reason = wrong_stream(*whole, data, answer) if whole else wrong_one(data, answer)
        if reason:
            print(f"{data!r}, chunks {chunks}: {reason}")
            return 1
    print(f"{len(asked)} streams are equal")
    return 0


if __name__ == "__main__":
    sys.exit(main())
