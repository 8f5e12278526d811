import { Box, Card, Typography } from '@mui/material';
import type { ReactNode } from 'react';

/** A part of the dashboard. */
export function Panel({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <Card component="section" aria-label={title}>
      <Box sx={{ display: 'flex', alignItems: 'center', px: 2, py: 1, borderBottom: 1, borderColor: 'divider', minHeight: 46 }}>
        <Typography variant="h2" sx={{ flex: 1 }}>{title}</Typography>
        {action}
      </Box>
      {children}
    </Card>
  );
}
