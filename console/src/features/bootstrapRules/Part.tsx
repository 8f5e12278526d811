import { Box, Card, Typography } from '@mui/material';
import type { ReactNode } from 'react';

/** A part of the form of a rule. */
export function Part({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <Card component="section" sx={{ p: 2, display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      <Box>
        <Typography variant="h2">{title}</Typography>
        {text && <Typography variant="body2" color="textSecondary">{text}</Typography>}
      </Box>
      {children}
    </Card>
  );
}
