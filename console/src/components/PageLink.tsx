import { Link as MuiLink } from '@mui/material';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

/** A link to a page of the console, in the colours of the theme. */
export function PageLink({ to, children }: { to: string; children: ReactNode }) {
  return <MuiLink component={Link} to={to} underline="hover">{children}</MuiLink>;
}
