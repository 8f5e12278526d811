import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { queryClient } from '../api/queries';
import { NoticeProvider } from '../components/Notices';
import { ErrorBoundary } from './ErrorBoundary';
import { nonce } from './nonce';
import { theme } from './theme';

const styles = createCache({ key: 's', ...(nonce ? { nonce } : {}) });

export function Providers({ children }: { children: ReactNode }) {
  return (
    <CacheProvider value={styles}>
      <ThemeProvider theme={theme} defaultMode="system" modeStorageKey="surety.scheme" colorSchemeStorageKey="surety.scheme-of">
        <CssBaseline enableColorScheme />
        <ErrorBoundary>
          <QueryClientProvider client={queryClient}>
            <NoticeProvider>{children}</NoticeProvider>
          </QueryClientProvider>
        </ErrorBoundary>
      </ThemeProvider>
    </CacheProvider>
  );
}
