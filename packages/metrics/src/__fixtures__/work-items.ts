import type { SubjectRows } from '@adjutant/core/domain';
import { utc } from './compute.ts';

type Item = SubjectRows['work_item'];
type Span = SubjectRows['status_span'];

/** A finished or open item; everything not named is unknown. */
export function itemRow(fields: Partial<Item> = {}): Item {
  const statusCategory = fields.statusCategory ?? null;
  const doneAt = fields.doneAt ?? null;
  return {
    id: 'item',
    kind: 'story',
    statusCategory,
    points: null,
    createdAt: null,
    startedAt: null,
    doneAt,
    isDone: statusCategory === null ? doneAt !== null : statusCategory === 'done',
    ...fields,
  };
}

/** What the statuses of these tests mean. */
const meanings: Readonly<Record<string, NonNullable<Item['statusCategory']>>> = {
  Backlog: 'to_do',
  Doing: 'in_progress',
  Review: 'in_progress',
  Done: 'done',
};

/** The one stretch of an item that never changed, as far as its source shows. */
export function unchangedSpan(fields: Partial<Item> = {}): Span {
  const { statusCategory, points: _, ...item } = itemRow(fields);
  const rest = { status: null, from: item.createdAt, to: null, isReplayed: false };
  return { ...item, ...rest, category: statusCategory };
}

/** The stretches of an item that passed these statuses, each from an instant on; the last one lasts. */
export function spansOf(
  path: readonly (readonly [status: string, from: string])[],
  fields: Partial<Item> = {},
): Span[] {
  const instants = path.map(([, from]) => utc(from));
  const firstOf = (category: string) => {
    const index = path.findIndex(([status]) => meanings[status] === category);
    return index === -1 ? null : (instants[index] ?? null);
  };
  const category = meanings[path.at(-1)?.[0] ?? ''] ?? null;
  const { points: _, ...item } = itemRow({
    id: path.join(' '),
    statusCategory: category,
    createdAt: instants[0] ?? null,
    startedAt: firstOf('in_progress'),
    doneAt: category === 'done' ? (instants.at(-1) ?? null) : null,
    ...fields,
  });
  return path.map(([status], index) => ({
    ...unchangedSpan(item),
    status,
    from: instants[index] ?? null,
    to: instants[index + 1] ?? null,
    category: meanings[status] ?? null,
    isReplayed: path.length > 1,
  }));
}

const kinds = ['story', 'bug', 'task', 'issue', 'epic', 'subtask'] as const;

/** Items in all states, some with what a source should not say. */
export function randomItems(count: number, random: () => number, instant: () => number): Item[] {
  return Array.from({ length: count }, (_, index) => {
    const state = Math.floor(random() * 4);
    const createdAt = instant();
    const startedAt = state > 0 && random() < 0.9 ? instant() : null;
    return itemRow({
      id: String(index),
      kind: kinds[Math.floor(random() * kinds.length)] ?? 'story',
      statusCategory: (['to_do', 'in_progress', 'done', null] as const)[state] ?? null,
      points: random() < 0.5 ? Math.ceil(random() * 8) : null,
      createdAt,
      startedAt,
      doneAt: state >= 2 && random() < 0.9 ? (startedAt ?? createdAt) + random() * 1e9 : null,
    });
  });
}

/** The stretches of random items, in random statuses, without gaps between them. */
export function randomSpans(count: number, random: () => number, instant: () => number): Span[] {
  const names = [...Object.keys(meanings), 'Blocked'];
  return randomItems(count, random, instant).flatMap((item) => {
    const length = 1 + Math.floor(random() * 5);
    const instants = Array.from({ length }, instant).toSorted((left, right) => left - right);
    return instants.map((from, index) => {
      const status = names[Math.floor(random() * names.length)] ?? 'Blocked';
      const isLast = index === length - 1;
      return {
        ...unchangedSpan({ ...item, createdAt: instants[0] ?? null }),
        status,
        from,
        to: isLast ? null : (instants[index + 1] ?? null),
        category: isLast ? item.statusCategory : (meanings[status] ?? null),
        isReplayed: length > 1,
      };
    });
  });
}
