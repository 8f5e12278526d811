import { Autocomplete, Box, Button, Card, Chip, TextField, Typography } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, authorizedFetch, dataOf, type Schemas } from '../../api/client';
import { ApiError } from '../../api/errors';
import { FormDialog } from '../../components/FormDialog';
import { useNotice } from '../../components/Notices';
import { ShowAsCode } from '../../components/ShowAsCode';
import { Text } from '../../components/Text';
import { headersOf } from './applicationKey';

type Device = Pick<Schemas['DeviceData'], 'id' | 'endpoint_name'>;

/** The paths of one device that the application is told of. */
export function DeviceSubscriptions({ apiKey }: { apiKey: string | null }) {
  const { t } = useTranslation('notifications');
  const [device, setDevice] = useState<Device | null>(null);
  const [text, setText] = useState('');
  const [isAdding, setAdding] = useState(false);
  const notify = useNotice();
  const client = useQueryClient();
  const typed = useDeferredValue(text.trim());
  const own = headersOf(apiKey);
  const devices = useQuery({
    queryKey: ['devices', 'choice', typed], staleTime: 10_000,
    queryFn: async () => (await dataOf(api.GET('/v3/devices', { params: { query: { limit: 20, ...(typed ? { filter: `endpoint_name__like=${encodeURIComponent(typed)}` } : {}) } } }))).data as Device[],
  });
  const base = `/v2/subscriptions/${device?.id ?? ''}`;
  const paths = useQuery({
    queryKey: ['subscriptions', apiKey, device?.id], enabled: device !== null,
    queryFn: async () => {
      try {
        return (await (await authorizedFetch(base, own)).text()).split(/\r?\n/).filter((line) => line !== '');
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return [];
        throw error;
      }
    },
  });
  const changed = (): Promise<void> => client.invalidateQueries({ queryKey: ['subscriptions'] });
  const remove = (path: string): void => {
    void authorizedFetch(base + path, { method: 'DELETE', ...own }).then(changed, (error: Error) => notify(error));
  };
  return (
    <Card sx={{ p: 2, maxWidth: 760, display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      <Autocomplete<Device> options={devices.data ?? []} filterOptions={(all) => all} value={device} onChange={(_, next) => setDevice(next)} onInputChange={(_, next, why) => why === 'input' && setText(next)}
        getOptionLabel={(one) => one.endpoint_name} isOptionEqualToValue={(a, b) => a.id === b.id} renderInput={(props) => <TextField {...props} label={t('single.device')} />} />
      {device && (
        <>
          <Box sx={{ display: 'flex', gap: 0.75, flexWrap: 'wrap' }}>
            {paths.data?.length === 0 && <Typography color="textSecondary">{t('single.none')}</Typography>}
            {paths.data?.map((path) => <Chip key={path} label={path} onDelete={() => remove(path)} variant="outlined" />)}
          </Box>
          <Box sx={{ display: 'flex', gap: 1 }}>
            <Button variant="outlined" onClick={() => setAdding(true)}>{t('single.add')}</Button>
            <ShowAsCode call={{ method: 'GET', path: base }} />
          </Box>
        </>
      )}
      {isAdding && <AddDialog base={base} onClose={() => setAdding(false)} onAdd={async (path) => { await authorizedFetch(base + path, { method: 'PUT', ...own }); await changed(); }} />}
    </Card>
  );
}

function AddDialog({ base, onClose, onAdd }: { base: string; onClose: () => void; onAdd: (path: string) => Promise<void> }) {
  const { t } = useTranslation('notifications');
  const [typed, setTyped] = useState('');
  const path = `/${typed.trim().replace(/^\/+/, '')}`;
  return (
    <FormDialog title={t('single.add')} action={t('single.subscribe')} isReady={path !== '/'} call={{ method: 'PUT', path: base + path }} onSubmit={() => onAdd(path)} onClose={onClose}>
      <Text field="path" label={t('single.path')} help={t('single.pathHelp')} value={typed} onText={setTyped} placeholder="/3303/0/5700" autoFocus />
    </FormDialog>
  );
}
