import { Box, Typography } from '@mui/material';
import type { SvgIconComponent } from '@mui/icons-material';
import type { ReactNode } from 'react';

/** What stands where there is nothing: what would be here, and how it comes here. */
export function EmptyState({ icon: Icon, title, text, children }: { icon?: SvgIconComponent; title: string; text?: ReactNode; children?: ReactNode }) {
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', alignItems: 'center', textAlign: 'center', gap: 1, py: 6, px: 2 }}>
      {Icon && <Icon sx={{ fontSize: 44, color: 'text.disabled' }} />}
      <Typography variant="h2">{title}</Typography>
      {text && <Typography color="textSecondary" sx={{ maxWidth: 520 }}>{text}</Typography>}
      {children && <Box sx={{ mt: 1.5, display: 'flex', gap: 1, flexWrap: 'wrap', justifyContent: 'center' }}>{children}</Box>}
    </Box>
  );
}
