import { Box, Card, List, ListItemButton, ListSubheader, MenuItem, TextField, Typography, useMediaQuery } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { mono } from '../../app/theme';
import { authorizedFetch } from '../../api/client';
import { EmptyState } from '../../components/EmptyState';
import { PageHeader } from '../../components/PageHeader';
import { Problem } from '../../components/Problem';
import { Waiting } from '../../components/Waiting';
import { matching, operationsOf, type ApiDocument, type Operation } from './document';
import { Method } from './Method';
import { OperationView } from './OperationView';

async function readDocument(): Promise<ApiDocument> {
  return (await (await authorizedFetch('/openapi/v3.json')).json()) as ApiDocument;
}

/** The REST API as the server describes it: found by words, read, tried with the session of who looks. */
function ExplorerPage() {
  const { t } = useTranslation('explorer');
  const [query, setQuery] = useSearchParams();
  const navigate = useNavigate();
  const isWide = useMediaQuery('(min-width:1000px)');
  const text = query.get('q') ?? '';
  const document = useQuery({ queryKey: ['openapi'], queryFn: readDocument, staleTime: Infinity });
  const all = useMemo(() => (document.data ? operationsOf(document.data) : []), [document.data]);
  const searched = useDeferredValue(text);
  const found = useMemo(() => matching(all, searched), [all, searched]);
  const chosen = all.find((one) => one.id === query.get('operation'));
  const addressOf = (id: string): string => `/api?${new URLSearchParams({ ...(text ? { q: text } : {}), operation: id }).toString()}`;
  if (document.isError) return <Problem error={document.error} onRetry={() => void document.refetch()} />;
  if (!document.data) return <Waiting />;
  return (
    <>
      <PageHeader title={t('title')} description={t('text', { count: all.length })} />
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: isWide ? '340px minmax(0, 1fr)' : 'minmax(0, 1fr)', alignItems: 'start' }}>
        <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1, ...(isWide ? { position: 'sticky', top: 64, maxHeight: 'calc(100vh - 80px)' } : {}) }}>
          <TextField label={t('search')} value={text} placeholder="bootstrap rule" type="search" onChange={(event) => setQuery((now) => { const next = new URLSearchParams(now); if (event.target.value) next.set('q', event.target.value); else next.delete('q'); return next; }, { replace: true })} />
          {isWide
            ? <Card component="nav" aria-label={t('operations')} sx={{ overflow: 'auto' }} tabIndex={0}><Operations of={found} chosen={chosen?.id} addressOf={addressOf} /></Card>
            : (
              <TextField select label={t('operations')} value={chosen && found.includes(chosen) ? chosen.id : ''} onChange={(event) => void navigate(addressOf(event.target.value))}>
                {found.map((one) => <MenuItem key={one.id} value={one.id} sx={{ whiteSpace: 'normal' }}>{one.method} {one.path}</MenuItem>)}
              </TextField>
            )}
        </Box>
        {chosen ? <OperationView key={chosen.id} of={chosen} document={document.data} /> : <EmptyState title={t('choose')} text={t('chooseText')} />}
      </Box>
    </>
  );
}

function Operations({ of, chosen, addressOf }: { of: readonly Operation[]; chosen: string | undefined; addressOf: (id: string) => string }) {
  const { t } = useTranslation('explorer');
  const tags = [...new Set(of.map((one) => one.tag))];
  if (of.length === 0) return <Typography color="textSecondary" sx={{ p: 2 }}>{t('nothing')}</Typography>;
  return tags.map((tag) => (
    <List key={tag} dense disablePadding component="div" subheader={<ListSubheader component="h2" sx={{ lineHeight: 2.4, fontSize: '0.74rem', fontWeight: 650, m: 0 }}>{tag}</ListSubheader>} sx={{ contentVisibility: 'auto', containIntrinsicSize: 'auto 300px' }}>
      {of.filter((one) => one.tag === tag).map((one) => (
        <ListItemButton key={one.id} component={Link} to={addressOf(one.id)} selected={one.id === chosen} {...(one.id === chosen ? { 'aria-current': 'true' as const } : {})} sx={{ gap: 1, alignItems: 'flex-start', py: 0.4 }}>
          <Method of={one.method} />
          <Box sx={{ minWidth: 0 }}>
            <Typography sx={{ fontFamily: mono, fontSize: '0.74rem', overflowWrap: 'anywhere' }}>{one.path}</Typography>
            <Typography variant="caption" color="textSecondary">{one.summary}</Typography>
          </Box>
        </ListItemButton>
      ))}
    </List>
  ));
}

export const Component = ExplorerPage;
