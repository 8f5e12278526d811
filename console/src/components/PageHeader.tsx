import { Box, Breadcrumbs, Link as MuiLink, Typography } from '@mui/material';
import { useEffect, type ReactNode } from 'react';
import { Link } from 'react-router';

/** The head of a page: its name, which is the document's too, where it is, and what can be done here. */
export function PageHeader({ title, trail = [], description, children }: { title: string; trail?: { label: string; to: string }[]; description?: ReactNode; children?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Surety`;
  }, [title]);
  return (
    <Box component="header" sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: 1.5, mb: 2 }}>
      <Box sx={{ flex: '1 1 260px', minWidth: 0 }}>
        {trail.length > 0 && (
          <Breadcrumbs sx={{ fontSize: '0.78rem' }}>
            {trail.map(({ label, to }) => <MuiLink key={to} component={Link} to={to} underline="hover" color="inherit">{label}</MuiLink>)}
          </Breadcrumbs>
        )}
        <Typography variant="h1" sx={{ overflowWrap: 'anywhere' }}>{title}</Typography>
        {description && <Typography color="textSecondary" component="div">{description}</Typography>}
      </Box>
      {children && <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>{children}</Box>}
    </Box>
  );
}
