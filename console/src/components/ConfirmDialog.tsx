import { Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle } from '@mui/material';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from './Problem';

/** Asks before something that is not easily undone; says what it does, stays open with the error when it fails. */
export function ConfirmDialog({ title, text, action, danger = false, children, onConfirm, onClose }: {
  title: string; text: ReactNode; action: string; danger?: boolean; children?: ReactNode; onConfirm: () => Promise<unknown>; onClose: () => void;
}) {
  const { t } = useTranslation('components');
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = async (): Promise<void> => {
    setRunning(true);
    setError(null);
    try {
      await onConfirm();
      onClose();
    } catch (failure) {
      setError(failure);
    } finally {
      setRunning(false);
    }
  };
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
        <Button variant="contained" color={danger ? 'error' : 'primary'} onClick={() => void run()} loading={isRunning}>{action}</Button>
      </DialogActions>
    </Dialog>
  );
}
