import { Button, Chip, Dialog, DialogActions, DialogContent, DialogTitle, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../../api/client';
import { EmptyState } from '../../components/EmptyState';
import { Problem } from '../../components/Problem';
import { Time } from '../../components/Time';
import { Waiting } from '../../components/Waiting';

/** When and from where a user has signed in, or somebody tried to. */
export function SignInsDialog({ user, onClose }: { user: Schemas['UserInfoResp']; onClose: () => void }) {
  const { t } = useTranslation('access');
  const details = useQuery({ queryKey: ['users', user.id], queryFn: () => dataOf(api.GET('/v3/users/{user_id}', { params: { path: { user_id: user.id } } })) });
  const history = details.data?.login_history ?? [];
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md">
      <DialogTitle>{t('users.historyOf', { name: user.email })}</DialogTitle>
      <DialogContent>
        {details.isLoading && <Waiting />}
        {details.isError && <Problem error={details.error} />}
        {details.data && history.length === 0 && <EmptyState title={t('users.noHistory')} />}
        {history.length > 0 && (
          <Table size="small">
            <TableHead><TableRow><TableCell>{t('fields.date')}</TableCell><TableCell>{t('fields.result')}</TableCell><TableCell>{t('fields.address')}</TableCell><TableCell>{t('fields.browser')}</TableCell></TableRow></TableHead>
            <TableBody>
              {history.map((entry, index) => (
                <TableRow key={index}>
                  <TableCell><Time value={entry.date} /></TableCell>
                  <TableCell><Chip variant="outlined" color={entry.success ? 'success' : 'error'} label={t(entry.success ? 'users.succeeded' : 'users.failed')} /></TableCell>
                  <TableCell>{entry.ip_address}</TableCell>
                  <TableCell sx={{ overflowWrap: 'anywhere' }}>{entry.user_agent}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </DialogContent>
      <DialogActions><Button color="inherit" onClick={onClose}>{t('close', { ns: 'components' })}</Button></DialogActions>
    </Dialog>
  );
}
