import { Box, Card, Chip, Typography } from '@mui/material';
import ShowChart from '@mui/icons-material/ShowChart';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { seriesColours } from '../../../../app/theme';
import { Chart } from '../../../../components/chart/Chart';
import { EmptyState } from '../../../../components/EmptyState';
import { useDeviceValues } from '../../../../live/hooks';
import { values as store } from '../../../../live/ValueStore';
import { loadModel } from '../../../../lwm2m/model';
import { symbolOf } from '../../../../lwm2m/units';
import { buildTree, parsePath } from '../../../../lwm2m/tree';
import { listSubscriptions, type Device } from '../../deviceApi';

/** The numbers that the device has sent since the console was opened, one chart for each resource. */
export default function DataTab({ device }: { device: Device }) {
  const { t } = useTranslation('devices');
  const model = useQuery({ queryKey: ['object-model'], queryFn: loadModel, staleTime: Infinity });
  const subscriptions = useQuery({ queryKey: ['devices', 'subscriptions', device.id], queryFn: () => listSubscriptions(device.id) });
  const { values, version } = useDeviceValues(device.id);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const series = useMemo(() => {
    const nodes = buildTree(model.data ?? new Map(), [], values).flatMap((object) => object.instances.flatMap((instance) => instance.resources.map((resource) => ({ resource, object }))));
    const observed = subscriptions.data ?? [];
    return [...values.keys()]
      .filter((path) => parsePath(path)[0] !== 1 && isWorthDrawing(store.seriesOf(device.id, path), observed.includes(path)))
      .map((path) => {
        const node = nodes.find(({ resource }) => resource.path === path);
        return { path, name: node?.resource.definition?.name ?? path, object: node?.object.definition?.name ?? '', type: node?.resource.definition?.type, units: symbolOf(node?.resource.units ?? ''), points: [...store.seriesOf(device.id, path)] };
      })
      .filter(({ type }) => type !== 'Time' && type !== 'Boolean' && type !== 'String');
  }, [model.data, values, version, subscriptions.data, device.id]);
  if (series.length === 0) return <EmptyState icon={ShowChart} title={t('data.none')} text={t('data.noneText')} />;
  const toggle = (path: string): void => setHidden((now) => (now.has(path) ? new Set([...now].filter((p) => p !== path)) : new Set([...now, path])));
  return (
    <>
      <Box sx={{ display: 'flex', gap: 0.75, flexWrap: 'wrap', mb: 1.5 }}>
        {series.map(({ path, name }) => <Chip key={path} label={`${name} ${path}`} clickable aria-pressed={!hidden.has(path)} variant={hidden.has(path) ? 'outlined' : 'filled'} onClick={() => toggle(path)} />)}
      </Box>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 440px), 1fr))' }}>
        {series.filter(({ path }) => !hidden.has(path)).map(({ path, name, object, units, points }, index) => (
          <Card key={path} sx={{ p: 2 }}>
            <Typography variant="h3" component="h2">{name}{units && ` (${units})`}</Typography>
            <Typography variant="caption" color="textSecondary">{object} · {path}</Typography>
            <Chart label={`${name} ${path}`} series={[{ name, colour: seriesColours[index % seriesColours.length]!, points, units }]} />
          </Card>
        ))}
      </Box>
      <Typography variant="caption" color="textSecondary" component="p" sx={{ mt: 1.5 }}>{t('data.since')}</Typography>
    </>
  );
}

// What somebody observes is drawn from its first value on; what comes along with an instance, when it moves.
function isWorthDrawing(points: readonly (readonly [at: number, value: number])[], isObserved: boolean): boolean {
  return isObserved ? points.length > 0 : points.some(([, value]) => value !== points[0]![1]);
}
