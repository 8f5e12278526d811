import { Tooltip } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { formatRelative, formatTime } from './formatTime';
import { useNow } from './useNow';

/** A time in the viewer's zone, with the zone and UTC in its tooltip; `relative`: as "3 minutes ago". */
export function Time({ value, relative = false }: { value: string | number | null | undefined; relative?: boolean }) {
  const { i18n } = useTranslation();
  const now = useNow(relative ? 10_000 : null);
  if (value === null || value === undefined || value === '') return <span>–</span>;
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return <span>{String(value)}</span>;
  const exact = formatTime(at, i18n.language, { timeZoneName: 'short' });
  return (
    <Tooltip title={<>{exact}<br />{at.toISOString()}</>}>
      <time dateTime={at.toISOString()}>{relative ? formatRelative(at.getTime(), Math.max(now, Date.now()), i18n.language) : formatTime(at, i18n.language)}</time>
    </Tooltip>
  );
}
