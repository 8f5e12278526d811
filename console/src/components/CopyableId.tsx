import { Box, Tooltip } from '@mui/material';
import { mono } from '../app/theme';
import { CopyButton } from './CopyButton';

/** An id by its last six characters, as Pelion's users know devices; the whole of it on the clipboard with a click. */
export function CopyableId({ id, whole = false }: { id: string; whole?: boolean }) {
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.25, maxWidth: '100%' }}>
      <Tooltip title={whole ? '' : id}>
        <Box component="code" sx={{ fontFamily: mono, fontSize: '0.82em', overflowWrap: 'anywhere' }}>{whole ? id : `…${id.slice(-6)}`}</Box>
      </Tooltip>
      <CopyButton text={id} />
    </Box>
  );
}
