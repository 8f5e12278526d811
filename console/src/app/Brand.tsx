import { Box, Typography, useColorScheme } from '@mui/material';
import { Link } from 'react-router';
import { pathOf, useBranding } from '../branding/brandingApi';
import type { Scheme } from '../branding/colours';
import { frame } from './theme';

export function Mark({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden fill="none" strokeLinecap="round" strokeWidth="2.6">
      <path d="M16 4.5l9.6 3.7v7c0 6-3.9 10.3-9.6 12.3-5.7-2-9.6-6.3-9.6-12.3v-7z" stroke={frame.accent} strokeLinejoin="round" />
      <path d="M11.4 16.2l3.2 3.2 6-6.4" stroke="currentColor" />
    </svg>
  );
}

/** The account's logo, or the platform's mark and name. */
export function Brand() {
  const branding = useBranding();
  const { mode, systemMode } = useColorScheme();
  const scheme: Scheme = (mode === 'system' ? systemMode : mode) === 'dark' ? 'dark' : 'light';
  const find = (reference: string) => [scheme, scheme === 'dark' ? 'light' : 'dark'].flatMap((one) => branding?.images[one as Scheme] ?? []).find((image) => image.reference === reference);
  const wide = find('brand_logo_landscape');
  const square = find('brand_logo_square');
  return (
    <Box component={Link} to="/" aria-label={wide ? 'Surety' : undefined} sx={{ display: 'flex', alignItems: 'center', gap: 1.25, px: 2, height: 56, flexShrink: 0, color: frame.title, textDecoration: 'none' }}>
      {wide ? <Box component="img" src={pathOf(wide)} alt="" sx={{ maxHeight: 36, maxWidth: '100%', objectFit: 'contain' }} /> : (
        <>
          {square ? <Box component="img" src={pathOf(square)} alt="" sx={{ width: 28, height: 28, objectFit: 'contain' }} /> : <Mark />}
          <Typography sx={{ fontWeight: 700, fontSize: '1.1rem', letterSpacing: '-0.01em' }}>Surety</Typography>
        </>
      )}
    </Box>
  );
}
