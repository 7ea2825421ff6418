import type { SprintFigures, SprintReplayInput, Window } from '@adjutant/core/domain';
import { counted, shareCaveat } from '../caveats.ts';
import type { JudgedItem } from './judge-item.ts';
import { usesPoints } from './sprint-amounts.ts';

/** A sprint that is closed within this of its planned end was closed in time. */
const closeEnoughMs = 12 * 3_600_000;
const dayMs = 86_400_000;
const statusesNamed = 3;
const longestStatus = 40;

export interface CaveatInput {
  input: SprintReplayInput;
  progress: SprintFigures['progress'];
  window: Window | null;
  items: readonly JudgedItem[];
}

/** Returns what has to be said beside the figures of a sprint, in sentences. */
export function sprintCaveats({ input, progress, window, items }: CaveatInput): string[] {
  if (window === null) {
    return [
      progress === 'not_started'
        ? 'The sprint has not started, so nothing was committed to yet.'
        : 'The source does not show when this closed sprint began and ended, so it cannot be replayed.',
    ];
  }
  return [
    ...extentCaveats(input, progress, window, items),
    ...(input.hasChangelog
      ? replayCaveats(items)
      : [
          'The source records no changes: what was planned, added, removed and carried over is unknown, and what was completed follows from the present sprint, estimate and end of each item.',
        ]),
    ...unknownStatusCaveat(items),
    ...estimateCaveats(items, input.hasChangelog),
  ];
}

function extentCaveats(
  { sprint, now }: SprintReplayInput,
  progress: SprintFigures['progress'],
  window: Window,
  items: readonly JudgedItem[],
): string[] {
  const { plannedEndAt, completedAt } = sprint;
  const caveats: string[] = [];
  if (progress === 'so_far') {
    caveats.push('The sprint runs: every figure is as of now, and none is final.');
    if (plannedEndAt !== null && now - plannedEndAt > closeEnoughMs) {
      caveats.push(`Its planned end was ${daysText(now - plannedEndAt)} ago.`);
    }
    return caveats;
  }
  if (completedAt === null) {
    return ['The source does not show when it was closed: its planned end is taken for the end.'];
  }
  if (plannedEndAt === null) return [];
  const late = window.to - plannedEndAt;
  if (Math.abs(late) <= closeEnoughMs) return [];
  const after = items.filter(({ doneAt }) => doneAt !== null && doneAt >= plannedEndAt).length;
  const what =
    late > 0 && after > 0
      ? ` ${counted(after, 'item')} done after the planned end ${after === 1 ? 'counts' : 'count'} as completed.`
      : '';
  return [
    `It was closed ${daysText(Math.abs(late))} ${late > 0 ? 'after' : 'before'} its planned end, and is counted up to then.${what}`,
  ];
}

function replayCaveats(items: readonly JudgedItem[]): string[] {
  const count = (matches: (item: JudgedItem) => boolean) => items.filter(matches).length;
  const all = items.length;
  const planned = count(({ scope }) => scope === 'planned');
  return [
    ...(planned === 0 ? ['Nothing was planned at the start, so no share of it is known.'] : []),
    ...shareCaveat(
      count(({ outcome }) => outcome === 'done_before'),
      all,
      'item',
      ['was', 'were'],
      'done already at the start or on coming in, which no figure counts.',
    ),
    ...shareCaveat(
      count(({ outcome }) => outcome === 'came_and_went'),
      all,
      'item',
      ['was', 'were'],
      'added and taken out again, which no figure counts.',
    ),
    ...shareCaveat(
      count(({ cameBack }) => cameBack),
      all,
      'item',
      ['was', 'were'],
      'taken out and put back: what was so at the end counts.',
    ),
    ...shareCaveat(
      count(({ wasReopened }) => wasReopened),
      all,
      'item',
      ['was', 'were'],
      'done and reopened, and not done at the end.',
    ),
  ];
}

function unknownStatusCaveat(items: readonly JudgedItem[]): string[] {
  const unknown = items.filter(({ unknownStatuses }) => unknownStatuses.length > 0);
  const statuses = [...new Set(unknown.flatMap((item) => item.unknownStatuses))].toSorted();
  const named = statuses
    .slice(0, statusesNamed)
    .map((status) => (status === '' ? 'none' : `"${status.slice(0, longestStatus)}"`));
  const more = statuses.length > statusesNamed ? ' and others' : '';
  return shareCaveat(
    unknown.length,
    items.length,
    'item',
    ['was', 'were'],
    `in a status that nobody has shown to be done or not (${named.join(', ')}${more}), which counts as not done.`,
  );
}

function estimateCaveats(items: readonly JudgedItem[], hasChangelog: boolean): string[] {
  const counting = hasChangelog
    ? items.filter(({ scope }) => scope !== 'not_counted')
    : items.filter(({ outcome }) => outcome === 'completed');
  if (counting.length === 0) return [];
  if (!usesPoints(counting)) {
    return [
      `Nothing is estimated, of ${counted(counting.length, 'item')}: there are no points to report.`,
    ];
  }
  const missing = (wanted: readonly JudgedItem[], noun: string) =>
    shareCaveat(
      wanted.filter(({ pointsThen }) => pointsThen === null).length,
      wanted.length,
      noun,
      ['had', 'had'],
      'no estimate when it came to count: points leave it out.',
    );
  if (!hasChangelog) return missing(counting, 'completed item');
  return [
    ...missing(
      counting.filter(({ scope }) => scope === 'planned'),
      'planned item',
    ),
    ...missing(
      counting.filter(({ scope }) => scope === 'added'),
      'added item',
    ),
  ];
}

function daysText(milliseconds: number): string {
  const days = Math.round((milliseconds / dayMs) * 10) / 10;
  return counted(days, 'day');
}
