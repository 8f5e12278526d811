import CssBaseline from '@mui/material/CssBaseline';
import GlobalStyles from '@mui/material/GlobalStyles';
import { ThemeProvider } from '@mui/material/styles';
import { useMemo, type ReactNode } from 'react';
import { brandedTheme, frameVariables } from './brandedTheme';
import { useBranding } from './brandingApi';

/** The theme of the pages: the console's own, or the account's. */
export function BrandedTheme({ children }: { children: ReactNode }) {
  const branding = useBranding();
  const theme = useMemo(() => brandedTheme(branding), [branding]);
  const styles = useMemo(() => ({ '[data-scheme="light"]': frameVariables(branding?.colours.light ?? {}), '[data-scheme="dark"]': frameVariables(branding?.colours.dark ?? {}) }), [branding]);
  return (
    <ThemeProvider theme={theme} defaultMode="system" modeStorageKey="surety.scheme" colorSchemeStorageKey="surety.scheme-of">
      <CssBaseline enableColorScheme />
      <GlobalStyles styles={styles} />
      {children}
    </ThemeProvider>
  );
}
