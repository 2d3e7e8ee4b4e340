"""The chart of the front sheet."""

from __future__ import annotations

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.text import CharacterProperties, Paragraph, RegularTextRun
from openpyxl.worksheet.worksheet import Worksheet


def bar_chart(sheet: Worksheet, title: str, rows: tuple[int, int]) -> BarChart:
    """Return bars of the plain numbers in column C, named by column A: they show without recalculation."""
    first, last = rows
    chart = BarChart()
    chart.type, chart.style = "bar", 10
    chart.title = _title(title)
    chart.add_data(Reference(sheet, min_col=3, min_row=first, max_row=last))
    chart.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=last))
    chart.legend = None
    chart.gapWidth = 50
    chart.dataLabels = DataLabelList(
        showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False
    )
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete = False
    chart.y_axis.delete = True
    chart.y_axis.scaling.min = 0
    chart.y_axis.majorGridlines = None
    chart.series[0].graphicalProperties.solidFill = "2F6DA8"
    chart.width, chart.height = 14, 8
    return chart


def _title(text: str) -> Title:
    small = CharacterProperties(sz=1200, b=True)
    run = RegularTextRun(rPr=small, t=text)
    return Title(tx=Text(rich=RichText(p=[Paragraph(r=[run])])), overlay=False)
