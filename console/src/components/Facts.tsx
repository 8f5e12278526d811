import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';

/** Names and values, side by side where there is room. */
export function Facts({ items }: { items: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <Box component="dl" sx={{ m: 0, display: 'grid', gridTemplateColumns: { xs: '1fr', sm: 'minmax(130px, max-content) 1fr' }, columnGap: 2, rowGap: { xs: 0.25, sm: 0.75 } }}>
      {items.map(([name, value]) => (
        <Box key={name} sx={{ display: 'contents' }}>
          <Typography component="dt" variant="body2" color="textSecondary">{name}</Typography>
          <Typography component="dd" variant="body2" sx={{ m: 0, mb: { xs: 0.75, sm: 0 }, minWidth: 0, overflowWrap: 'anywhere' }}>{value === '' || value === null || value === undefined ? '–' : value}</Typography>
        </Box>
      ))}
    </Box>
  );
}
