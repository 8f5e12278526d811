/** What can be coloured, as the API names it; a colour with `font` has text of that colour on it. */
export const colourReferences = [
  { name: 'primary', font: 'primary_font_color' }, { name: 'secondary', font: 'secondary_font_color' }, { name: 'canvas_background', font: 'canvas_background_font_color' },
  { name: 'workspace_background', font: 'workspace_background_font_color' }, { name: 'success_color', font: 'success_font_color' }, { name: 'warning_color', font: 'warning_font_color' },
  { name: 'error_color', font: 'error_font_color' }, { name: 'info_color', font: 'info_font_color' },
] as const;

export const schemes = ['light', 'dark'] as const;

export type Scheme = (typeof schemes)[number];

/** Colours by their reference, `#rrggbb`; what is not there is as the console has it. */
export type Colours = Readonly<Record<string, string>>;

/** A colour as `#rrggbb`, from that or from one of CSS's names; null when it is none. */
export function hexColour(text: string): string | null {
  const typed = text.trim().toLowerCase();
  if (/^#[0-9a-f]{6}$/.test(typed)) return typed;
  if (!/^[a-z]+$/.test(typed)) return null;
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return null;
  // What is no colour leaves the style as it was.
  const read = (before: string): string => {
    context.fillStyle = before;
    context.fillStyle = typed;
    return context.fillStyle;
  };
  const found = read('#000000');
  return found === read('#ffffff') && found.startsWith('#') ? found : null;
}

/** Contrast of two colours, 1 to 21 (WCAG 2.2, contrast ratio). */
export function contrastOf(one: string, other: string): number {
  const [light, dark] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Black or white, whichever can be read on it. */
export function readableOn(colour: string): string {
  return contrastOf(colour, '#ffffff') >= contrastOf(colour, '#000000') ? '#ffffff' : '#000000';
}

// WCAG 2.2, relative luminance.
function luminanceOf(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
