import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { queryClient } from '../api/queries';
import { BrandedTheme } from '../branding/BrandedTheme';
import { NoticeProvider } from '../components/Notices';
import { ErrorBoundary } from './ErrorBoundary';
import { nonce } from './nonce';

const styles = createCache({ key: 's', ...(nonce ? { nonce } : {}) });

export function Providers({ children }: { children: ReactNode }) {
  return (
    <CacheProvider value={styles}>
      <QueryClientProvider client={queryClient}>
        <BrandedTheme>
          <ErrorBoundary>
            <NoticeProvider>{children}</NoticeProvider>
          </ErrorBoundary>
        </BrandedTheme>
      </QueryClientProvider>
    </CacheProvider>
  );
}
