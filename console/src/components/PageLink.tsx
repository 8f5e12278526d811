import { Link as MuiLink } from '@mui/material';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

/** A link to a page of the console, in the colours of the theme. Within a text (`inText`) it is told from it by more than its colour. */
export function PageLink({ to, inText = false, children }: { to: string; inText?: boolean; children: ReactNode }) {
  return <MuiLink component={Link} to={to} underline={inText ? 'always' : 'hover'}>{children}</MuiLink>;
}
