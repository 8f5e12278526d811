import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { createContext, useContext, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/errors';
import { Problem } from './Problem';
import { ShowAsCode, type RestCall } from './ShowAsCode';
import { useWork } from './useWork';

const Failure = createContext<unknown>(null);

/** What came of sending a form that is a page of its own, for {@link useFieldError} in it. */
export const FieldErrors = Failure.Provider;

/** Whether each field that an error names is one that the form shows. */
export function isShownByFields(error: unknown, fields: readonly string[]): boolean {
  return error instanceof ApiError && error.fields.length > 0 && error.fields.every((field) => fields.includes(field.name));
}

/** What the server says of a field, for `error` and `helperText` of a text field within a {@link FormDialog} or {@link FieldErrors}. */
export function useFieldError(field: string, help?: ReactNode): { error: boolean; helperText: ReactNode } {
  const failure = useContext(Failure);
  const message = failure instanceof ApiError ? failure.messageOf(field) : undefined;
  return { error: message !== undefined, helperText: message ?? help };
}

/**
 * A form whose errors come from the server's error object: a field's own under the field, others below the form. It closes when it was sent, or with
 * `staysOpen` shows what came of it; it can be sent when `isReady`.
 */
export function FormDialog({ title, action, fields = [], call, children, staysOpen = false, isReady = true, onSubmit, onClose }: {
  title: string; action: string; fields?: readonly string[]; call?: RestCall; children: ReactNode; staysOpen?: boolean; isReady?: boolean;
  onSubmit: () => Promise<unknown>; onClose: () => void;
}) {
  const { t } = useTranslation('components');
  const { isRunning, error, run } = useWork();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    await run(async () => {
      await onSubmit();
      if (!staysOpen) onClose();
    });
  };
  const isShown = isShownByFields(error, fields);
  return (
    <Dialog open onClose={() => !isRunning && onClose()} fullWidth maxWidth="sm">
      <Box component="form" noValidate onSubmit={(event: FormEvent) => void submit(event)} sx={{ display: 'contents' }}>
        <DialogTitle>{title}</DialogTitle>
        <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
          <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, pt: 1 }}><Failure.Provider value={error}>{children}</Failure.Provider></Box>
          {error !== null && !isShown && <Problem error={error} />}
        </DialogContent>
        <DialogActions>
          {call && <Box sx={{ flex: 1 }}><ShowAsCode call={call} /></Box>}
          <Button color="inherit" onClick={onClose} disabled={isRunning}>{t(staysOpen ? 'close' : 'cancel')}</Button>
          <Button type="submit" variant="contained" loading={isRunning} disabled={!isReady}>{action}</Button>
        </DialogActions>
      </Box>
    </Dialog>
  );
}
