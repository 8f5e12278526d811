import { Chip } from '@mui/material';
import { mono } from '../../app/theme';
import type { Operation } from './document';

const colours = { GET: 'info', POST: 'success', PUT: 'warning', DELETE: 'error' } as const;

export function Method({ of }: { of: Operation['method'] }) {
  return <Chip label={of} variant="outlined" color={colours[of]} sx={{ height: 19, fontSize: '0.66rem', fontFamily: mono, width: 60, flexShrink: 0, mt: 0.25, '& .MuiChip-label': { px: 0.5 } }} />;
}
