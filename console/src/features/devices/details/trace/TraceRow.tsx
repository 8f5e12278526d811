import ArrowBack from '@mui/icons-material/ArrowBackOutlined';
import ArrowForward from '@mui/icons-material/ArrowForwardOutlined';
import { Box, ButtonBase, Chip, Typography } from '@mui/material';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TraceLine } from './traceLine';

const mono = { fontFamily: 'monospace', fontSize: 13 };

/** One message: a line, and all of it when it is opened. */
export function TraceRow({ line }: { line: TraceLine }) {
  const { t } = useTranslation('devices');
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const isError = line.code.startsWith('4.') || line.code.startsWith('5.');
  const Arrow = line.direction === 'in' ? ArrowForward : ArrowBack;
  const first = line.withheld ? t('trace.withheld') : (line.text?.split('\n').join('  ') ?? '');
  return (
    <Box component="li" sx={{ borderBottom: 1, borderColor: 'divider', '&:last-child': { borderBottom: 0 } }}>
      {line.missed > 0 && <Typography variant="caption" color="warning" sx={{ px: 2 }}>{t('trace.missed', { count: line.missed })}</Typography>}
      <ButtonBase
        onClick={() => setOpen(!isOpen)} aria-expanded={isOpen} aria-controls={id}
        sx={{ display: 'grid', width: '100%', gap: 1, px: 2, py: 0.75, textAlign: 'left', alignItems: 'center', gridTemplateColumns: { xs: 'auto auto 1fr', md: '100px 24px 44px 190px minmax(120px, 260px) 1fr' } }}
      >
        <Box component="time" dateTime={line.time} sx={{ ...mono, color: 'text.secondary' }}>{timeOf(line.time)}</Box>
        <Arrow fontSize="small" color={line.direction === 'in' ? 'success' : 'info'} titleAccess={t(`trace.${line.direction}`)} />
        <Box sx={{ ...mono, color: 'text.secondary', display: { xs: 'none', md: 'block' } }}>{line.type ?? ''}</Box>
        <Box sx={{ ...mono, color: isError ? 'error.main' : undefined }}>{line.code} {line.code_name}</Box>
        <Box sx={{ ...mono, overflowWrap: 'anywhere', gridColumn: { xs: '1 / -1', md: 'auto' } }}>{line.path ?? ''}{line.server === 'bootstrap' && <Chip size="small" label={t('trace.bootstrap')} sx={{ ml: 1, height: 18 }} />}</Box>
        <Box sx={{ ...mono, color: 'text.secondary', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', gridColumn: { xs: '1 / -1', md: 'auto' } }}>{first}</Box>
      </ButtonBase>
      {isOpen && (
        <Box id={id} sx={{ px: 2, pb: 1.5, display: 'grid', gap: 0.5 }}>
          <Fact name={t('trace.way')} value={[line.scheme, line.address, line.security].filter(Boolean).join(', ')} />
          <Fact name={t('trace.ids')} value={`${line.message_id === null ? '' : `Message ID ${line.message_id}, `}Token ${line.token || '–'}`} />
          <Fact name={t('trace.options')} value={line.options.map(({ number, name, value }) => `${name ?? number}: ${value}`).join('\n') || '–'} />
          <Fact name={t('trace.payload', { count: line.payload_length })} value={line.withheld ? t('trace.withheld') : (line.text ?? (line.payload_length > 0 ? t('trace.unread') : '–'))} />
        </Box>
      )}
    </Box>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', md: '140px 1fr' }, columnGap: 2 }}>
      <Typography variant="caption" color="textSecondary">{name}</Typography>
      <Box sx={{ ...mono, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{value}</Box>
    </Box>
  );
}

/** Hours to milliseconds, in the viewer's zone: what is compared are the milliseconds. */
function timeOf(time: string): string {
  const date = new Date(time);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
