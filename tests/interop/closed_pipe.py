"""Runs a program, reads one line of what it prints, and goes away; prints its exit code and its standard error.

usage: closed_pipe.py PROGRAM ARGUMENT...   (standard input of the program: lines without end)"""
import subprocess
import sys

program = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
program.stdin.write(b"line\n")
program.stdin.flush()
program.stdout.readline()
program.stdout.close()
try:
    for _ in range(1000000):
        program.stdin.write(b"line\n" * 100)
        program.stdin.flush()
except BrokenPipeError:
    pass
try:
    program.stdin.close()
except BrokenPipeError:
    pass
errors = program.stderr.read()
print(program.wait(), errors.decode())
