import { Alert, Snackbar, type AlertColor } from '@mui/material';
import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';
import { ApiError } from '../api/errors';

type Notify = (message: string | Error, severity?: AlertColor) => void;

const NoticeContext = createContext<Notify>(() => undefined);

/** Says briefly that something was done, or was not. */
export function useNotice(): Notify {
  return useContext(NoticeContext);
}

export function NoticeProvider({ children }: { children: ReactNode }) {
  const [notice, setNotice] = useState<{ text: string; severity: AlertColor; key: number } | null>(null);
  const [isOpen, setOpen] = useState(false);
  const notify = useCallback<Notify>((message, severity) => {
    const isError = message instanceof Error;
    setNotice({ text: isError ? message.message : message, severity: severity ?? (isError ? 'error' : 'success'), key: performance.now() });
    setOpen(!(message instanceof ApiError && message.status === 401));
  }, []);
  return (
    <NoticeContext.Provider value={notify}>
      {children}
      <Snackbar key={notice?.key} open={isOpen} autoHideDuration={notice?.severity === 'error' ? 10_000 : 4000} onClose={(_, reason) => reason !== 'clickaway' && setOpen(false)} anchorOrigin={{ vertical: 'bottom', horizontal: 'center' }}>
        <Alert severity={notice?.severity ?? 'info'} variant="filled" onClose={() => setOpen(false)}>{notice?.text}</Alert>
      </Snackbar>
    </NoticeContext.Provider>
  );
}
