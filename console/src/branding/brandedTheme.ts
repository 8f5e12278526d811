import { createTheme, type Theme } from '@mui/material/styles';
import { theme, themeOptions } from '../app/theme';
import type { Branding } from './brandingApi';
import { readableOn, schemes, type Colours, type Scheme } from './colours';

type Palette = Record<string, unknown>;

function paletteOf(base: Palette, colours: Colours): Palette {
  const named = (name: string, reference: string, font: string): Palette => {
    const main = colours[reference];
    return main ? { [name]: { main, contrastText: colours[font] ?? readableOn(main) } } : {};
  };
  const page = colours.workspace_background;
  return {
    ...base,
    ...named('primary', 'primary', 'primary_font_color'), ...named('secondary', 'secondary', 'secondary_font_color'), ...named('success', 'success_color', 'success_font_color'),
    ...named('warning', 'warning_color', 'warning_font_color'), ...named('error', 'error_color', 'error_font_color'), ...named('info', 'info_color', 'info_font_color'),
    ...(page ? { background: { ...(base.background as object), default: page } } : {}),
    ...(colours.workspace_background_font_color ? { text: { ...(base.text as object), primary: colours.workspace_background_font_color } } : {}),
  };
}

/** The console's theme in the account's colours. */
export function brandedTheme(branding: Branding | undefined): Theme {
  if (!branding || schemes.every((scheme) => Object.keys(branding.colours[scheme]).length === 0)) return theme;
  const base = themeOptions.colorSchemes as Record<Scheme, { palette: Palette }>;
  const colorSchemes = Object.fromEntries(schemes.map((scheme) => [scheme, { palette: paletteOf(base[scheme].palette, branding.colours[scheme]) }]));
  return createTheme({ ...themeOptions, colorSchemes });
}

/** The colours of the frame around the pages, as the variables that `frame` of the theme refers to. */
export function frameVariables(colours: Colours): Record<string, string> {
  const background = colours.canvas_background;
  if (!background) return {};
  const text = colours.canvas_background_font_color ?? readableOn(background);
  return {
    '--frame-background': background, '--frame-text': text, '--frame-title': text, '--frame-quiet': text,
    '--frame-chosen': `color-mix(in srgb, ${background}, ${text} 14%)`, '--frame-accent': text,
  };
}
