import { Box, Typography } from '@mui/material';
import { Link } from 'react-router';
import { frame } from './theme';

export function Mark({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden fill="none" strokeLinecap="round" strokeWidth="2.6">
      <path d="M16 4.5l9.6 3.7v7c0 6-3.9 10.3-9.6 12.3-5.7-2-9.6-6.3-9.6-12.3v-7z" stroke={frame.accent} strokeLinejoin="round" />
      <path d="M11.4 16.2l3.2 3.2 6-6.4" stroke="currentColor" />
    </svg>
  );
}

export function Brand() {
  return (
    <Box component={Link} to="/" sx={{ display: 'flex', alignItems: 'center', gap: 1.25, px: 2, height: 56, flexShrink: 0, color: '#fff', textDecoration: 'none' }}>
      <Mark />
      <Typography sx={{ fontWeight: 700, fontSize: '1.1rem', letterSpacing: '-0.01em' }}>Surety</Typography>
    </Box>
  );
}
