import { Box, useTheme } from '@mui/material';
import { LineChart, BarChart } from 'echarts/charts';
import { AriaComponent, DataZoomInsideComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { init, use, type ECharts } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../formatTime';

use([LineChart, BarChart, AriaComponent, DataZoomInsideComponent, GridComponent, TooltipComponent, CanvasRenderer]);

export interface ChartSeries {
  name: string;
  colour: string;
  units?: string;
  /** Time in milliseconds since 1970, and value. */
  points: readonly (readonly [at: number, value: number])[];
}

/** Numbers over time. Only pages that import it load ECharts. */
export function Chart({ series, label, height = 220, kind = 'line' }: { series: readonly ChartSeries[]; label: string; height?: number; kind?: 'line' | 'bar' }) {
  const { i18n } = useTranslation();
  const theme = useTheme();
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  useEffect(() => {
    const made = init(element.current!);
    chart.current = made;
    const watcher = new ResizeObserver(() => made.resize());
    watcher.observe(element.current!);
    return () => (watcher.disconnect(), made.dispose());
  }, []);
  useEffect(() => {
    // Canvas knows no CSS variables: the colours that hold now are read from the page.
    const style = getComputedStyle(element.current!);
    const text = style.color;
    const line = style.borderTopColor;
    const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 6 });
    chart.current?.setOption({
      animation: false,
      aria: { enabled: true, label: { description: label } },
      grid: { left: 8, right: 12, top: 16, bottom: 8, containLabel: true },
      // As rich text: a tooltip of HTML would need inline styles, which the server's policy forbids.
      tooltip: { trigger: 'axis', renderMode: 'richText', valueFormatter: (value: unknown) => (typeof value === 'number' ? number.format(value) : String(value)), axisPointer: { label: { formatter: ({ value }: { value: unknown }) => formatTime(new Date(Number(value)), i18n.language) } } },
      xAxis: { type: 'time', axisLabel: { color: text, hideOverlap: true }, axisLine: { lineStyle: { color: line } } },
      yAxis: { type: 'value', scale: kind === 'line', minInterval: kind === 'bar' ? 1 : 0, axisLabel: { color: text }, splitLine: { lineStyle: { color: line } } },
      dataZoom: [{ type: 'inside', zoomOnMouseWheel: 'ctrl' }],
      series: series.map(({ name, colour, points }) => ({
        type: kind, name, data: points, color: colour, showSymbol: points.length < 30, symbolSize: 5, barMaxWidth: 24, stack: kind === 'bar' ? 'all' : undefined,
        lineStyle: { width: 2 }, ...(kind === 'line' ? { areaStyle: { opacity: 0.08 } } : {}),
      })),
    }, { notMerge: true });
  }, [series, label, kind, i18n.language, theme.palette.mode]);
  return <Box ref={element} sx={{ height, color: 'text.secondary', border: 0, borderTop: '0 solid', borderColor: 'divider' }} />;
}
