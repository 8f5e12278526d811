import { Alert, Button } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { eachOf } from '../../api/lists';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { jobs } from '../../components/jobs/jobs';
import { GroupDialog } from './GroupDialog';
import { listDevices, removeDevice, resume, suspend, type Device } from './deviceApi';

type Action = 'suspend' | 'resume' | 'delete';

const category = 'maintenance';

const work: Record<Action, (device: Device) => Promise<void>> = {
  suspend: (device) => suspend(device.id, category, ''),
  resume: (device) => resume(device.id, device.last_operator_suspended_category ?? category, ''),
  delete: (device) => removeDevice(device.id),
};

/** What can be done with the chosen devices: those of the page, or all that match the filter. */
export function BulkBar({ chosen, total, isAll, filter, onAll, onClear }: { chosen: readonly Device[]; total: number | null; isAll: boolean; filter: string; onAll: () => void; onClear: () => void }) {
  const { t } = useTranslation('devices');
  const [asked, setAsked] = useState<Action | null>(null);
  const [isGrouping, setGrouping] = useState(false);
  const client = useQueryClient();
  if (chosen.length === 0) return null;
  const count = isAll ? (total ?? chosen.length) : chosen.length;
  const start = (action: Action): Promise<void> => {
    // Those that are done leave a filter like state=registered while the job goes through it: pages begin behind an id, so none is missed.
    const items = isAll ? eachOf(listDevices, filter) : chosen;
    void jobs.run(t(`bulk.${action}Job`, { count }), count, items, (device) => device.endpoint_name || device.id, work[action]).then(() => client.invalidateQueries({ queryKey: ['devices'] }));
    onClear();
    return Promise.resolve();
  };
  const canExtend = !isAll && total !== null && total > chosen.length;
  return (
    <>
      <Alert severity="info" icon={false} sx={{ mb: 1.5, alignItems: 'center', '& .MuiAlert-message': { display: 'flex', gap: 1, flexWrap: 'wrap', alignItems: 'center', width: '100%' } }}>
        <strong>{t('bulk.chosen', { count })}</strong>
        {canExtend && <Button onClick={onAll}>{t('bulk.all', { count: total })}</Button>}
        <Button variant="outlined" onClick={() => setGrouping(true)}>{t('bulk.group')}</Button>
        <Button variant="outlined" onClick={() => setAsked('suspend')}>{t('bulk.suspend')}</Button>
        <Button variant="outlined" onClick={() => setAsked('resume')}>{t('bulk.resume')}</Button>
        <Button variant="outlined" color="error" onClick={() => setAsked('delete')}>{t('bulk.delete')}</Button>
        <Button color="inherit" sx={{ ml: 'auto' }} onClick={onClear}>{t('bulk.clear')}</Button>
      </Alert>
      {asked && (
        <ConfirmDialog title={t(`bulk.${asked}Title`, { count })} text={t(`bulk.${asked}Text`)} action={t(`bulk.${asked}`)} danger={asked === 'delete'} onConfirm={() => start(asked)} onClose={() => setAsked(null)} />
      )}
      {isGrouping && <GroupDialog filter={isAll ? filter : `id__in=${chosen.map((device) => device.id).join(',')}`} count={count} onClose={() => setGrouping(false)} onDone={onClear} />}
    </>
  );
}
