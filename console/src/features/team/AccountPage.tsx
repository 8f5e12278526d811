import { Box, Button, Card, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../../api/client';
import { CopyableId } from '../../components/CopyableId';
import { Facts } from '../../components/Facts';
import { PageHeader } from '../../components/PageHeader';
import { Problem } from '../../components/Problem';
import { ShowAsCode } from '../../components/ShowAsCode';
import { Time } from '../../components/Time';
import { Waiting } from '../../components/Waiting';
import { addressFields, AccountDialog } from './AccountDialog';

/** The account itself: who it is, and what it may have. */
function AccountPage() {
  const { t } = useTranslation('team');
  const [isEditing, setEditing] = useState(false);
  const client = useQueryClient();
  const account = useQuery({ queryKey: ['account', 'me'], queryFn: () => dataOf(api.GET('/v3/accounts/me', {})) });
  const limitations = useQuery({ queryKey: ['limitations'], queryFn: () => dataOf(api.GET('/v3/limitations', {})) });
  if (account.isError) return <Problem error={account.error} onRetry={() => void account.refetch()} />;
  if (!account.data) return <Waiting />;
  const one = account.data;
  return (
    <>
      <PageHeader title={t('account.title')} description={t('account.text')}>
        <ShowAsCode call={{ method: 'GET', path: '/v3/accounts/me?include=limits' }} />
        <Button variant="contained" onClick={() => setEditing(true)}>{t('edit', { ns: 'components' })}</Button>
      </PageHeader>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1fr)' }, alignItems: 'start' }}>
        <Card sx={{ p: 2 }}>
          <Facts items={[
            ['ID', <CopyableId id={one.id ?? ''} whole />],
            [t('account.fields.display_name'), one.display_name],
            [t('account.status'), t(`account.statuses.${one.status}`, { defaultValue: one.status })],
            [t('account.tier'), t(`account.tiers.${one.tier}`, { defaultValue: one.tier })],
            ...(one.parent_account ? [[t('account.parent'), one.parent_account.admin_name ?? one.parent_id] as const] : []),
            ...addressFields.map((name) => [t(`account.fields.${name}`), one[name]] as const),
            [t('account.fields.aliases'), (one.aliases ?? []).join(', ')],
            [t('account.fields.notification_emails'), (one.notification_emails ?? []).join(', ')],
            ...Object.entries(one.custom_fields ?? {}).map(([name, value]) => [name, value] as const),
            [t('account.created'), <Time value={one.created_at} />],
          ]} />
        </Card>
        <Card sx={{ p: 2 }}>
          <Typography variant="h2" sx={{ mb: 1 }}>{t('account.limitations')}</Typography>
          {limitations.isError && <Problem error={limitations.error} />}
          {limitations.data?.data.length === 0 && <Typography color="textSecondary">{t('account.noLimitations')}</Typography>}
          {limitations.data && limitations.data.data.length > 0 && (
            <Table size="small">
              <TableHead><TableRow><TableCell>{t('account.limitation')}</TableCell><TableCell align="right">{t('account.limit')}</TableCell><TableCell align="right">{t('account.quota')}</TableCell></TableRow></TableHead>
              <TableBody>{limitations.data.data.map((limit) => <TableRow key={limit.id}><TableCell>{limit.description ?? limit.name}</TableCell><TableCell align="right">{limit.limit}</TableCell><TableCell align="right">{limit.quota || '–'}</TableCell></TableRow>)}</TableBody>
            </Table>
          )}
        </Card>
      </Box>
      {isEditing && <AccountDialog of={one} onClose={() => setEditing(false)} onSend={async (body) => { await api.PUT('/v3/accounts/me', { body }); await client.invalidateQueries({ queryKey: ['account'] }); }} call="/v3/accounts/me" />}
    </>
  );
}

export const Component = AccountPage;
