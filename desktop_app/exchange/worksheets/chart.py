"""The chart of the front sheet."""

from __future__ import annotations

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.worksheet.worksheet import Worksheet


def bar_chart(sheet: Worksheet, title: str, rows: tuple[int, int]) -> BarChart:
    """Return bars of the plain numbers in column C, named by column A: they show without recalculation."""
    first, last = rows
    chart = BarChart()
    chart.type, chart.style, chart.title = "bar", 10, title
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
    chart.width, chart.height = 13, 8
    return chart
