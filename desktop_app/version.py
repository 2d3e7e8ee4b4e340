"""The version of this program, as the workbook and the command line tell it."""

VERSION = "0.1.0"
