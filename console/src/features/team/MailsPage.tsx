import { Chip } from '@mui/material';
import ForwardToInboxOutlined from '@mui/icons-material/ForwardToInboxOutlined';
import type { GridColDef } from '@mui/x-data-grid';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../../api/client';
import { EmptyState } from '../../components/EmptyState';
import { ListTable } from '../../components/ListTable';
import { PageHeader } from '../../components/PageHeader';
import { ShowAsCode } from '../../components/ShowAsCode';
import { Time } from '../../components/Time';

type Mail = Schemas['NotificationEntry'];

/** To whom mails went, what about, and why one did not. */
function MailsPage() {
  const { t } = useTranslation('team');
  const columns: GridColDef<Mail>[] = [
    { field: 'created_at', headerName: t('mails.at'), minWidth: 205, renderCell: ({ value }) => <Time value={value as string} /> },
    { field: 'receiver', headerName: t('mails.to'), flex: 1, minWidth: 180 },
    { field: 'subject', headerName: t('mails.subject'), flex: 1.4, minWidth: 200 },
    { field: 'success', headerName: t('mails.result'), width: 120, renderCell: ({ row }) => <Chip variant="outlined" color={row.success ? 'success' : 'error'} label={t(row.success ? 'mails.sent' : 'mails.failed')} /> },
    { field: 'error_msg', headerName: t('mails.why'), flex: 1.4, minWidth: 200 },
  ];
  return (
    <>
      <PageHeader title={t('mails.title')} description={t('mails.text')}><ShowAsCode call={{ method: 'GET', path: '/v3/accounts/me/notifications?order=DESC' }} /></PageHeader>
      <ListTable<Mail> queryKey={['mails']} read={(query) => dataOf(api.GET('/v3/accounts/me/notifications', { params: { query } }))} columns={columns} label={t('mails.title')} empty={<EmptyState icon={ForwardToInboxOutlined} title={t('mails.empty')} text={t('mails.text')} />} />
    </>
  );
}

export const Component = MailsPage;
