import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client';
import { mono } from '../../app/theme';
import { CopyableId } from '../../components/CopyableId';
import { Facts } from '../../components/Facts';
import { Time } from '../../components/Time';

/** One entry: who, from where, in which request, and each member before and after. */
export function EntryDialog({ entry, onClose }: { entry: Schemas['AuditEntryData']; onClose: () => void }) {
  const { t } = useTranslation('audit');
  const value = { fontFamily: mono, fontSize: '0.8rem', overflowWrap: 'anywhere' } as const;
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md">
      <DialogTitle>{t('entry', { action: t(`actions.${entry.action}`, entry.action), entity: entry.entity_type, name: entry.entity_name })}</DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
        <Facts items={[
          [t('fields.created_at'), <Time key="time" value={entry.created_at} />],
          [t('fields.actor_name'), <>{entry.actor_name} ({t(`actors.${entry.actor_type}`)}) {entry.actor_id && <CopyableId id={entry.actor_id} />}</>],
          [t('fields.address'), entry.address],
          [t('fields.entity_id'), entry.entity_id && <CopyableId id={entry.entity_id} whole />],
          [t('fields.count'), entry.count],
          [t('fields.status'), entry.status],
          [t('fields.request_id'), entry.request_id && <CopyableId id={entry.request_id} whole />],
          [t('fields.sequence'), entry.sequence],
          [t('fields.seal'), entry.seal && <CopyableId id={entry.seal} />],
        ]} />
        {entry.changes.length === 0 ? <Typography color="textSecondary">{t('noChanges')}</Typography> : (
          <Box sx={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={t('changes')}>
            <Table size="small">
              <TableHead><TableRow><TableCell>{t('member')}</TableCell><TableCell>{t('before')}</TableCell><TableCell>{t('after')}</TableCell></TableRow></TableHead>
              <TableBody>
                {entry.changes.map((change) => (
                  <TableRow key={change.member}>
                    <TableCell component="th" scope="row">{change.member}</TableCell>
                    <TableCell sx={{ ...value, color: 'text.secondary' }}>{change.before ?? '–'}</TableCell>
                    <TableCell sx={value}>{change.after ?? '–'}</TableCell>
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          </Box>
        )}
      </DialogContent>
      <DialogActions><Button color="inherit" onClick={onClose}>{t('close', { ns: 'components' })}</Button></DialogActions>
    </Dialog>
  );
}
