/** Time in milliseconds since 1970, and how many. */
export type Point = readonly [at: number, count: number];

/** How many of the times are in each span of `length` from `from` on, which is before `to`; spans without any are there, too. A time before or after is left out. */
export function countBySpan(times: readonly (string | null | undefined)[], from: number, to: number, length: number): Point[] {
  const counts = new Array<number>(Math.max(0, Math.ceil((to - from) / length))).fill(0);
  for (const time of times) {
    const at = Date.parse(time ?? '');
    const index = Math.floor((at - from) / length);
    if (index >= 0 && index < counts.length && at < to) counts[index]!++;
  }
  return counts.map((count, index) => [from + index * length, count] as const);
}

/** The beginning of the day in the viewer's zone. */
export function startOfDay(at: number): number {
  const day = new Date(at);
  day.setHours(0, 0, 0, 0);
  return day.getTime();
}
