import DeleteSweep from '@mui/icons-material/DeleteSweepOutlined';
import Download from '@mui/icons-material/DownloadOutlined';
import Pause from '@mui/icons-material/PauseOutlined';
import PlayArrow from '@mui/icons-material/PlayArrowOutlined';
import SwapVert from '@mui/icons-material/SwapVertOutlined';
import { Alert, Box, Button, Card, Chip, Stack, TextField, Typography } from '@mui/material';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../../components/EmptyState';
import { Problem } from '../../../../components/Problem';
import { saveFile } from '../../../../components/saveFile';
import type { Device } from '../../deviceApi';
import { toCapture } from './pcap';
import { matches, watch, type TraceLine } from './traceLine';
import { TraceRow } from './TraceRow';

type Kept = TraceLine & { key: number };

// More than anybody reads; the oldest go.
const maxLines = 2000;
const shown = 300;
const retryDelay = 2000;

/** The messages of the device as they come and go, while this tab is open. */
export default function TraceTab({ device }: { device: Device }) {
  const { t } = useTranslation('devices');
  const [lines, setLines] = useState<Kept[]>([]);
  const [isWatching, setWatching] = useState(true);
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [filter, setFilter] = useState('');
  const next = useRef(0);
  const add = useCallback((line: TraceLine) => {
    const key = next.current++;
    setLines((known) => [...known.slice(-(maxLines - 1)), { ...line, key }]);
  }, []);

  useEffect(() => {
    if (!isWatching) return undefined;
    const stop = new AbortController();
    void (async () => {
      while (!stop.signal.aborted) {
        try {
          await watch(device.id, () => { setOpen(true); setProblem(null); }, add, stop.signal);
        } catch (error) {
          if (stop.signal.aborted) return;
          setProblem(error);
        }
        setOpen(false);
        await new Promise((resolve) => setTimeout(resolve, retryDelay));
      }
    })();
    return () => {
      stop.abort();
      setOpen(false);
    };
  }, [device.id, isWatching, add]);

  const found = lines.filter((line) => matches(line, filter));
  const name = `${device.endpoint_name || device.id}-trace`;
  const plain = () => JSON.stringify(found.map(({ key: _, ...line }) => line), null, 2);
  return (
    <Stack spacing={2}>
      <Stack direction="row" spacing={1} useFlexGap sx={{ flexWrap: 'wrap', alignItems: 'center' }}>
        <Button variant="outlined" startIcon={isWatching ? <Pause /> : <PlayArrow />} onClick={() => setWatching(!isWatching)}>{t(isWatching ? 'trace.pause' : 'trace.watch')}</Button>
        <Chip label={t(isOpen ? 'trace.open' : isWatching ? 'trace.opening' : 'trace.paused')} color={isOpen ? 'success' : 'default'} variant="outlined" role="status" />
        <TextField size="small" label={t('trace.filter')} value={filter} onChange={({ target }) => setFilter(target.value)} sx={{ flexGrow: 1, minWidth: 180 }} />
        <Button startIcon={<Download />} disabled={found.length === 0} onClick={() => saveFile(`${name}.json`, plain(), 'application/json')}>{t('trace.json')}</Button>
        <Button startIcon={<Download />} disabled={found.length === 0} onClick={() => saveFile(`${name}.pcap`, toCapture(found), 'application/vnd.tcpdump.pcap')}>{t('trace.pcap')}</Button>
        <Button startIcon={<DeleteSweep />} disabled={lines.length === 0} onClick={() => setLines([])}>{t('trace.clear')}</Button>
      </Stack>
      {problem !== null && !isOpen && <Problem error={problem} />}
      {found.length > shown && <Alert severity="info">{t('trace.more', { shown, count: found.length })}</Alert>}
      {found.length === 0 ? (
        <EmptyState icon={SwapVert} title={t(lines.length === 0 ? 'trace.none' : 'trace.noMatch')} text={t('trace.noneText')} />
      ) : (
        <Card component="ol" aria-label={t('details.tab.trace')} sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {found.slice(-shown).reverse().map((line) => <TraceRow key={line.key} line={line} />)}
        </Card>
      )}
      <Box><Typography variant="caption" color="textSecondary">{t('trace.keys')}</Typography></Box>
    </Stack>
  );
}
