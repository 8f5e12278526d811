/** Custom attributes as lines of text, `key=value`, for a text field. */
export function formatAttributes(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes).map(([key, value]) => `${key}=${value}`).join('\n');
}

/** The lines taken apart, and the numbers (from 1) of those that are not `key=value`. Empty lines are nothing; a later key wins. */
export function parseAttributes(text: string): { attributes: Record<string, string>; wrong: number[] } {
  const attributes: [string, string][] = [];
  const wrong: number[] = [];
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === '') return;
    const equals = line.indexOf('=');
    if (equals <= 0 || line.slice(0, equals).trim() === '') wrong.push(index + 1);
    else attributes.push([line.slice(0, equals).trim(), line.slice(equals + 1).trim()]);
  });
  return { attributes: Object.fromEntries(attributes), wrong };
}
