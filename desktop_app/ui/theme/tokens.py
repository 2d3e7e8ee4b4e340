"""The colours of the window by what they mean, light and dark (DESK §5); contrast is asserted by a test."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tokens:
    """One set of colours, each ``#RRGGBB``. Text tokens reach 4.5:1 and edges 3:1 on what they lie on."""

    name: str
    surface: str
    """Cards, fields, lists."""
    window: str
    """What lies between the cards."""
    text: str
    muted: str
    placeholder: str
    field_border: str
    line: str
    """Lines that only divide; nothing depends on seeing them."""
    accent: str
    on_accent: str
    ok: str
    ok_tint: str
    warn: str
    warn_tint: str
    urgent: str
    """Overdue or a danger to people, and nothing else."""
    urgent_tint: str
    complaint: str
    complaint_tint: str
    abnormal: str
    media: str
    selection: str
    hover: str
    stripe: str
    """Every second row of a list."""
    strip: str
    """The strip at the top of the window; slate in both themes, so that red stays an exception."""
    on_strip: str
    strip_ok: str
    strip_line: str
    strip_here: str
    """The button in the strip of the place one is at."""

    @property
    def dark(self) -> bool:
        """Whether this is the dark set."""
        return self.name == "dark"


LIGHT = Tokens(
    name="light",
    surface="#FFFFFF",
    window="#EEF1F4",
    text="#1B1F24",
    muted="#57606A",
    placeholder="#6A737D",
    field_border="#818B98",
    line="#D3D9E0",
    accent="#0B57D0",
    on_accent="#FFFFFF",
    ok="#1A6E31",
    ok_tint="#DDF4E4",
    warn="#875600",
    warn_tint="#FFF1CC",
    urgent="#B42318",
    urgent_tint="#FFE4E1",
    complaint="#9A4B00",
    complaint_tint="#FFEBD6",
    abnormal="#6639BA",
    media="#0A6C74",
    selection="#DCE9FF",
    hover="#F6F8FA",
    stripe="#F6F8FA",
    strip="#29313B",
    on_strip="#F3F6F9",
    strip_ok="#A6E9BA",
    strip_line="#818B98",
    strip_here="#414B57",
)

DARK = Tokens(
    name="dark",
    surface="#1E2227",
    window="#14171B",
    text="#E8ECF1",
    muted="#A9B3BE",
    placeholder="#96A0AB",
    field_border="#79838F",
    line="#363D46",
    accent="#79B0FF",
    on_accent="#14171B",
    ok="#6CD58A",
    ok_tint="#173A24",
    warn="#F2C14E",
    warn_tint="#3E3212",
    urgent="#FF9A90",
    urgent_tint="#4A1F1C",
    complaint="#FFB366",
    complaint_tint="#452E14",
    abnormal="#C7A9FF",
    media="#63D2DA",
    selection="#24406B",
    hover="#262B32",
    stripe="#23282E",
    strip="#0E1013",
    on_strip="#E8ECF1",
    strip_ok="#6CD58A",
    strip_line="#79838F",
    strip_here="#2A3037",
)
