/** The quiet zone around a code, modules. (ISO/IEC 18004, 6.3.8.) */
const quiet = 4;

/** The dark modules as one path of SVG, with the quiet zone around them; `side`: the side of the whole, modules. */
export function qrPath(count: number, isDark: (row: number, column: number) => boolean): { path: string; side: number } {
  const parts: string[] = [];
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) if (isDark(row, column)) parts.push(`M${column + quiet} ${row + quiet}h1v1h-1z`);
  }
  return { path: parts.join(''), side: count + 2 * quiet };
}
