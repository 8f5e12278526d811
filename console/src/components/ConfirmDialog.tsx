import { Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from './Problem';
import { useWork } from './useWork';

/** Asks before something that is not easily undone; says what it does, stays open with the error when it fails. */
export function ConfirmDialog({ title, text, action, danger = false, children, onConfirm, onClose }: {
  title: string; text: ReactNode; action: string; danger?: boolean; children?: ReactNode; onConfirm: () => Promise<unknown>; onClose: () => void;
}) {
  const { t } = useTranslation('components');
  const { isRunning, error, run } = useWork();
  const confirm = (): Promise<boolean> => run(async () => {
    await onConfirm();
    onClose();
  });
  return (
    <Dialog open onClose={() => !isRunning && onClose()} fullWidth maxWidth="xs">
      <DialogTitle>{title}</DialogTitle>
      <DialogContent>
        <DialogContentText component="div">{text}</DialogContentText>
        {children}
        {error !== null && <Problem error={error} />}
      </DialogContent>
      <DialogActions>
        <Button color="inherit" onClick={onClose} disabled={isRunning}>{t('cancel')}</Button>
        <Button variant="contained" color={danger ? 'error' : 'primary'} onClick={() => void confirm()} loading={isRunning}>{action}</Button>
      </DialogActions>
    </Dialog>
  );
}
