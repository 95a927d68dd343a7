"""Writes length-prefixed readings of a thermometer, as a client would send them, to the file named."""
import struct
import sys

PLACES = ["roof", "cellar", "kitchen window", "north wall", "greenhouse", "well"]
with open(sys.argv[1], "wb") as out:
    for seq in range(24):
        place = PLACES[seq % len(PLACES)].encode()
        body = struct.pack("!Hhd", seq, 18 - seq % 7, 1013.25 - seq / 8) + place
        out.write(struct.pack("!H", len(body)) + body)
