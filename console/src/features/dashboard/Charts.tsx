import { Box, Button, Link as MuiLink, Typography } from '@mui/material';
import { useColorScheme, useTheme, type Palette, type Theme } from '@mui/material/styles';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, dataOf } from '../../api/client';
import { seriesColours } from '../../app/theme';
import { Chart, type ChartSeries } from '../../components/chart/Chart';
import { Donut } from '../../components/chart/Donut';
import { Problem } from '../../components/Problem';
import { countDevices, listDevices } from '../devices/deviceApi';
import { countBySpan, startOfDay } from './buckets';
import { Panel } from './Panel';

const hour = 3_600_000;
const day = 24 * hour;
const states = ['registered', 'deregistered', 'bootstrapped', 'cloud_enrolling', 'unenrolled'] as const;

/** As many as a page of the API has: more are not drawn one by one. */
const most = 1000;
const refetchInterval = 60_000;

/** What the fleet is made of, and what it did lately. Loaded after the page, since it brings ECharts. */
export default function Charts({ of }: { of: 'devices' | 'state' }) {
  return of === 'devices' ? <NewDevices /> : <><States /><Events /><Expiry /></>;
}

/** The colours of the scheme that is on, for a canvas, which knows no CSS variables. */
function usePalette(): Palette {
  // Types of themes with CSS variables are for all of an application or for none of it.
  const theme: Theme & { colorSchemes?: Partial<Record<'light' | 'dark', { palette: Palette }>> } = useTheme();
  const { mode, systemMode } = useColorScheme();
  const scheme = (mode === 'system' ? systemMode : mode) ?? 'light';
  return theme.colorSchemes?.[scheme]?.palette ?? theme.palette;
}

function States() {
  const { t, i18n } = useTranslation('dashboard');
  const palette = usePalette();
  const counts = useQueries({ queries: states.map((state) => ({ queryKey: ['devices', 'count', `state__eq=${state}`], queryFn: () => countDevices(`state__eq=${state}`), refetchInterval })) });
  const colours = [palette.success.main, palette.warning.main, palette.info.main, seriesColours[3]!, palette.text.disabled];
  const parts = states.map((state, index) => ({ state, name: t(`states.${state}`, { ns: 'devices' }), count: counts[index]?.data ?? 0, colour: colours[index]! }));
  const shown = useMemo(() => parts.map(({ name, count, colour }) => ({ name, value: count, colour })), [JSON.stringify(parts)]);
  return (
    <Panel title={t('charts.states')}>
      {parts.some(({ count }) => count > 0) ? (
        <Box sx={{ display: 'grid', gridTemplateColumns: '150px minmax(0, 1fr)', alignItems: 'center', p: 2, gap: 2 }}>
          <Donut parts={shown} label={t('charts.states')} height={190} />
          <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', display: 'flex', flexDirection: 'column', gap: 0.5 }}>
            {parts.filter(({ count }) => count > 0).map(({ state, name, count, colour }) => (
              <Box component="li" key={state} sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
                <Box sx={{ width: 10, height: 10, borderRadius: '2px', bgcolor: colour, flexShrink: 0 }} />
                <MuiLink component={Link} to={`/devices?filter=${encodeURIComponent(`state__eq=${state}`)}`} color="inherit" underline="hover" sx={{ flex: 1 }}>{name}</MuiLink>
                <strong>{new Intl.NumberFormat(i18n.language).format(count)}</strong>
              </Box>
            ))}
          </Box>
        </Box>
      ) : <Nothing>{t('noDevices')}</Nothing>}
    </Panel>
  );
}

function NewDevices() {
  const { t } = useTranslation('dashboard');
  const newest = useQuery({ queryKey: ['devices', 'newest', most], queryFn: () => listDevices({ limit: most, order: 'DESC' }), refetchInterval: 5 * refetchInterval, staleTime: refetchInterval });
  const series = useMemo((): ChartSeries[] => {
    const today = startOfDay(Date.now());
    const all = newest.data?.data ?? [];
    // What is older than the page has is not known day by day.
    const known = newest.data?.has_more ? startOfDay(Date.parse(all.at(-1)?.created_at ?? '')) + day : 0;
    const from = Math.min(today, Math.max(today - 13 * day, known));
    return [{ name: t('charts.new'), colour: seriesColours[0]!, points: countBySpan(all.map(({ created_at }) => created_at), from, today + day, day) }];
  }, [newest.data, t]);
  return <Bars title={t('charts.new')} series={series} query={newest} nothing={t('charts.noNew')} />;
}

function Events() {
  const { t } = useTranslation('dashboard');
  const palette = usePalette();
  const events = useQuery({
    queryKey: ['device-events', 'day'], refetchInterval,
    queryFn: async () => (await dataOf(api.GET('/v3/device-events', { params: { query: { limit: most, order: 'DESC', filter: `date_time__gte=${new Date(Date.now() - day).toISOString()}` } } }))).data,
  });
  const series = useMemo((): ChartSeries[] => {
    const to = Math.ceil(Date.now() / hour) * hour;
    const of = (isFailure: boolean) => countBySpan((events.data ?? []).filter((event) => (event.event_type_description === 'FAIL') === isFailure).map(({ date_time }) => date_time), to - day, to, hour);
    return [{ name: t('charts.failed'), colour: palette.error.main, points: of(true) }, { name: t('charts.other'), colour: palette.info.main, points: of(false) }];
  }, [events.data, palette, t]);
  return <Bars title={t('charts.events')} series={series} query={events} nothing={t('noEvents')} />;
}

function Expiry() {
  const { t } = useTranslation('dashboard');
  const palette = usePalette();
  const today = startOfDay(Date.now());
  const iso = (at: number): string => new Date(at).toISOString().slice(0, 10);
  const filter = `connector_expiration_date__gte=${iso(today)}&connector_expiration_date__lte=${iso(today + 91 * day)}`;
  const ending = useQuery({ queryKey: ['devices', 'ending', filter], queryFn: () => listDevices({ limit: most, order: 'ASC', filter }), refetchInterval: 5 * refetchInterval, staleTime: refetchInterval });
  const series = useMemo((): ChartSeries[] => [{ name: t('charts.ending'), colour: palette.warning.main, points: countBySpan((ending.data?.data ?? []).map((device) => device.connector_expiration_date), today, today + 91 * day, 7 * day) }], [ending.data, palette, t, today]);
  return (
    <Bars title={t('charts.ending')} series={series} query={ending} nothing={t('charts.noEnding')}
      action={<Button component={Link} to={`/devices?filter=${encodeURIComponent(filter)}`}>{t('charts.show')}</Button>} />
  );
}

function Bars({ title, series, query, nothing, action }: { title: string; series: readonly ChartSeries[]; query: { isError: boolean; error: unknown; isSuccess: boolean; refetch: () => Promise<unknown> }; nothing: string; action?: ReactNode }) {
  const isEmpty = series.every(({ points }) => points.every(([, count]) => count === 0));
  return (
    <Panel title={title} action={!isEmpty && action}>
      {query.isError && <Problem error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && isEmpty && <Nothing>{nothing}</Nothing>}
      {query.isSuccess && !isEmpty && <Box sx={{ px: 1, pb: 1 }}><Chart kind="bar" label={title} series={series} height={200} /></Box>}
    </Panel>
  );
}

function Nothing({ children }: { children: ReactNode }) {
  return <Typography color="textSecondary" sx={{ p: 2 }}>{children}</Typography>;
}
