import { createTheme, type ThemeOptions } from '@mui/material/styles';
import type {} from '@mui/x-data-grid/themeAugmentation';

// System fonts: nothing is loaded, and each system shows its own best.
const sans = 'Inter, "Segoe UI Variable Text", "Segoe UI", system-ui, -apple-system, "Helvetica Neue", Arial, sans-serif';

/** For ids, paths and values that are compared by eye. */
export const mono = 'ui-monospace, "Cascadia Mono", "SF Mono", Menlo, "DejaVu Sans Mono", Consolas, monospace';

/** The frame around the content is the same dark green in both schemes, unless the account has colours of its own (`branding`). */
export const frame = {
  background: 'var(--frame-background, #0d2624)', text: 'var(--frame-text, #cfe0dc)', title: 'var(--frame-title, #fff)', quiet: 'var(--frame-quiet, #8fb0a9)',
  chosen: 'var(--frame-chosen, #17403c)', accent: 'var(--frame-accent, #5fd0c0)',
};

/** Colours of series in charts, distinguishable without colour vision (Okabe and Ito), first those that go with the theme. */
export const seriesColours = ['#0f8a7e', '#d55e00', '#0072b2', '#cc79a7', '#b58900', '#56b4e9'];

export const themeOptions: ThemeOptions = {
  cssVariables: { colorSchemeSelector: 'data-scheme' },
  colorSchemes: {
    light: {
      palette: {
        primary: { main: '#0b6e65' }, secondary: { main: '#4a5d8a' },
        success: { main: '#1f7a3f' }, warning: { main: '#8a5a00' }, error: { main: '#b3261e' }, info: { main: '#1f5f99' },
        background: { default: '#f4f6f4', paper: '#ffffff' }, text: { primary: '#16211f', secondary: '#4f5f5b' }, divider: '#dde4e1',
      },
    },
    dark: {
      palette: {
        primary: { main: '#5fd0c0' }, secondary: { main: '#a9b8e0' },
        success: { main: '#6fcf8e' }, warning: { main: '#e8b45a' }, error: { main: '#ff8a80' }, info: { main: '#82b8ea' },
        background: { default: '#0f1716', paper: '#16211f' }, text: { primary: '#e4ecea', secondary: '#a3b5b0' }, divider: '#2a3936',
      },
    },
  },
  shape: { borderRadius: 7 },
  typography: {
    fontFamily: sans, fontSize: 13.5,
    body1: { fontSize: '0.875rem' }, body2: { fontSize: '0.84rem' },
    h1: { fontSize: '1.4rem', fontWeight: 650, letterSpacing: '-0.01em', lineHeight: 1.3 },
    h2: { fontSize: '1.02rem', fontWeight: 650, lineHeight: 1.4 },
    h3: { fontSize: '0.92rem', fontWeight: 650, lineHeight: 1.4 },
    overline: { fontSize: '0.68rem', fontWeight: 650, letterSpacing: '0.08em', lineHeight: 2 },
    button: { textTransform: 'none', fontWeight: 600 },
  },
  components: {
    MuiCssBaseline: { styleOverrides: { body: { fontVariantNumeric: 'tabular-nums' } } },
    MuiButton: { defaultProps: { disableElevation: true, size: 'small' } },
    MuiTextField: { defaultProps: { size: 'small' } },
    MuiFormControl: { defaultProps: { size: 'small' } },
    MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiCard: { defaultProps: { variant: 'outlined' } },
    MuiChip: { defaultProps: { size: 'small' } },
    MuiTab: { styleOverrides: { root: { minHeight: 42, paddingInline: 14 } } },
    MuiTabs: { styleOverrides: { root: { minHeight: 42 } } },
    MuiTooltip: { defaultProps: { arrow: true, enterDelay: 400 } },
    MuiDataGrid: {
      styleOverrides: {
        root: ({ theme: t }) => ({
          '--DataGrid-rowBorderColor': (t.vars ?? t).palette.divider, borderColor: (t.vars ?? t).palette.divider,
          '--DataGrid-t-header-background-base': (t.vars ?? t).palette.background.paper,
        }),
        columnHeaderTitle: { fontWeight: 650, fontSize: '0.8rem' },
      },
    },
  },
};

export const theme = createTheme(themeOptions);
