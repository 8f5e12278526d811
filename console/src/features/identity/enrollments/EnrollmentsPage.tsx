import { Box, Button, Tab, Tabs } from '@mui/material';
import Add from '@mui/icons-material/Add';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { api, dataOf, type Schemas } from '../../../api/client';
import { CsvButton } from '../../../components/CsvButton';
import { FormDialog } from '../../../components/FormDialog';
import { PageHeader } from '../../../components/PageHeader';
import { ShowAsCode } from '../../../components/ShowAsCode';
import { Text } from '../../../components/Text';
import { BulkDialog, type Bulk } from './BulkDialog';
import { Denials, readDenials } from './Denials';
import { Enrollments, readEnrollments } from './Enrollments';

/** Devices that the account has claimed before they come, and devices that came and were refused. */
function EnrollmentsPage() {
  const { t } = useTranslation('identity');
  const shown = useLocation().pathname.endsWith('denials') ? 'denials' : 'enrollments';
  const [open, setOpen] = useState<'one' | Bulk | null>(null);
  const client = useQueryClient();
  const changed = async (): Promise<void> => {
    await Promise.all([client.invalidateQueries({ queryKey: ['device-enrollments'] }), client.invalidateQueries({ queryKey: ['device-enrollment-denials'] })]);
  };
  return (
    <>
      <PageHeader title={t('enrollments.title')} description={t('enrollments.text')}>
        <ShowAsCode call={{ method: 'GET', path: shown === 'denials' ? '/v3/device-enrollment-denials' : '/v3/device-enrollments' }} />
        {shown === 'denials'
          ? <CsvButton<Schemas['DeniedDevice']> name="enrollment-denials" read={readDenials} fields={['id', 'endpoint_name', 'reason', 'count', 'enrollment_identity', 'trusted_certificate_id', 'created_at', 'updated_at']} />
          : <CsvButton<Schemas['EnrollmentIdentity']> name="device-enrollments" read={readEnrollments} fields={['enrollment_identity', 'id', 'enrolled_device_id', 'created_at', 'expires_at', 'claimed_at']} />}
        <Button variant="outlined" color="error" onClick={() => setOpen('deletes')}>{t('enrollments.bulkDelete')}</Button>
        <Button variant="outlined" onClick={() => setOpen('uploads')}>{t('enrollments.bulkUpload')}</Button>
        <Button variant="contained" startIcon={<Add />} onClick={() => setOpen('one')}>{t('enrollments.new')}</Button>
      </PageHeader>
      <Box sx={{ borderBottom: 1, borderColor: 'divider', mb: 2 }}>
        <Tabs value={shown} aria-label={t('enrollments.title')}>
          {(['enrollments', 'denials'] as const).map((name) => <Tab key={name} value={name} label={t(`${name}.tab`)} component={Link} to={`/identity/${name}`} />)}
        </Tabs>
      </Box>
      {shown === 'denials' ? <Denials onChange={changed} /> : <Enrollments onChange={changed} onUpload={() => setOpen('uploads')} />}
      {open === 'one' && <EnrollDialog onClose={() => setOpen(null)} onDone={changed} />}
      {(open === 'uploads' || open === 'deletes') && <BulkDialog kind={open} onClose={() => setOpen(null)} onDone={changed} />}
    </>
  );
}

function EnrollDialog({ onClose, onDone }: { onClose: () => void; onDone: () => Promise<void> }) {
  const { t } = useTranslation('identity');
  const [value, setValue] = useState('');
  const body = { enrollment_identity: value.trim() };
  return (
    <FormDialog title={t('enrollments.new')} action={t('enrollments.enroll')} fields={['enrollment_identity']} call={{ method: 'POST', path: '/v3/device-enrollments', body }} onClose={onClose}
      onSubmit={async () => { await dataOf(api.POST('/v3/device-enrollments', { body })); await onDone(); }}>
      <Text field="enrollment_identity" label={t('enrollments.identity')} help={t('enrollments.identityHelp')} value={value} onText={setValue} autoFocus required placeholder="A-4E:63:2D:AE:14:BC:…" spellCheck={false} />
    </FormDialog>
  );
}

export const Component = EnrollmentsPage;
