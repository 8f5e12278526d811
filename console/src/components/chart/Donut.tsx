import { Box, useTheme } from '@mui/material';
import { PieChart } from 'echarts/charts';
import { AriaComponent, TooltipComponent } from 'echarts/components';
import { init, use, type ECharts } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

use([PieChart, AriaComponent, TooltipComponent, CanvasRenderer]);

/** Parts of a whole. What they are called and how many they are stands beside it, for who sees no colours. */
export function Donut({ parts, label, height = 200 }: { parts: readonly { name: string; value: number; colour: string }[]; label: string; height?: number }) {
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
    const style = getComputedStyle(element.current!);
    chart.current?.setOption({
      animation: false,
      aria: { enabled: true, label: { description: `${label}: ${parts.map(({ name, value }) => `${name} ${value}`).join(', ')}` } },
      tooltip: { trigger: 'item', renderMode: 'richText' },
      series: [{
        type: 'pie', radius: ['58%', '92%'], label: { show: false }, emphasis: { scale: false }, itemStyle: { borderColor: style.backgroundColor, borderWidth: 1 },
        data: parts.filter(({ value }) => value > 0).map(({ name, value, colour }) => ({ name, value, itemStyle: { color: colour } })),
      }],
    }, { notMerge: true });
  }, [parts, label, theme.palette.mode]);
  return <Box ref={element} sx={{ height, bgcolor: 'background.paper' }} />;
}
