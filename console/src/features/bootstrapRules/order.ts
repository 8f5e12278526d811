const step = 10;

interface Ranked {
  id: string;
  priority: number;
}

/** Moves a rule from one place to another: whose priority must change for that, the moved one's alone where there is room for it. */
export function reordered<T extends Ranked>(rules: readonly T[], from: number, to: number): { rule: T; priority: number }[] {
  const moved = rules[from];
  if (!moved || from === to || to < 0 || to >= rules.length) return [];
  const next = rules.filter((rule) => rule !== moved);
  next.splice(to, 0, moved);
  const before = next[to - 1];
  const after = next[to + 1];
  const room = after === undefined ? before!.priority + step : before === undefined ? Math.floor(after.priority / 2) : Math.floor((before.priority + after.priority) / 2);
  const fits = room >= 0 && (before === undefined || room > before.priority) && (after === undefined || room < after.priority);
  if (fits) return [{ rule: moved, priority: room }];
  return next.flatMap((rule, index) => (rule.priority === (index + 1) * step ? [] : [{ rule, priority: (index + 1) * step }]));
}
