/** "1, 10, 100" as shares; null where something is no number. Whether they ascend to 100 the server says. */
export function stagesOf(text: string): number[] | null {
  const parts = text.split(/[\s,;%]+/).filter((part) => part !== '');
  const shares = parts.map(Number);
  return parts.length > 0 && shares.every(Number.isInteger) ? shares : null;
}
