import { Box, Chip } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { mono } from '../../../../app/theme';
import { Time } from '../../../../components/Time';
import { interpret } from '../../../../lwm2m/interpret';
import { symbolOf } from '../../../../lwm2m/units';
import type { ResourceDefinition } from '../../../../lwm2m/model';
import type { KnownValue } from '../../../../live/ValueStore';

/** A value as people read it: numbers with the unit, times in their zone, bytes in hexadecimal. */
export function ValueText({ known, definition, units, index }: { known: KnownValue; definition: ResourceDefinition | undefined; units: string; index?: string }) {
  const { t, i18n } = useTranslation('devices');
  const value = interpret(known.value, definition);
  const before = index === undefined ? null : <Box component="span" sx={{ color: 'text.secondary', mr: 1, fontFamily: mono, fontSize: '0.75rem' }}>{index}</Box>;
  const text = (): React.ReactNode => {
    switch (value.kind) {
      case 'number': return <strong>{new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 6, useGrouping: definition?.type === 'Float' }).format(value.number)}</strong>;
      case 'boolean': return <Chip label={t(value.value ? 'resources.true' : 'resources.false')} color={value.value ? 'success' : 'default'} sx={{ height: 20 }} />;
      case 'time': return <Time value={value.at} />;
      case 'opaque': return <Box component="code" sx={{ fontFamily: mono, fontSize: '0.78rem', overflowWrap: 'anywhere' }}>{value.text || t('resources.empty')}</Box>;
      default: return <Box component="span" sx={{ overflowWrap: 'anywhere' }}>{value.text || <em>{t('resources.empty')}</em>}</Box>;
    }
  };
  return <>{before}{text()}{units && value.kind === 'number' && <Box component="span" sx={{ color: 'text.secondary', ml: 0.5 }}>{symbolOf(units)}</Box>}</>;
}
