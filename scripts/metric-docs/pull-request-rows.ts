import type { TimelineBracket, TimelineInstant, TimelineRow } from './timeline.ts';

/** Where the instants of the first pull request of example G1 lie in its pictures. */
export const draft = {
  firstCommit: 0,
  opened: 22,
  bot: 31,
  ready: 47,
  answer: 62,
  merged: 79,
  deployed: 100,
} as const;

const instants: readonly TimelineInstant[] = [
  { at: draft.firstCommit, label: 'first commit' },
  { at: draft.opened, label: 'opened as draft' },
  { at: draft.bot, label: 'bot reviews: no answer', ignored: true },
  { at: draft.ready, label: 'ready for review' },
  { at: draft.answer, label: 'first human answer' },
  { at: draft.merged, label: 'merged' },
  { at: draft.deployed, label: 'deployed' },
];

/** Returns the first pull request of example G1: a draft that a bot and then a person answered. */
export function draftRow(
  brackets: readonly TimelineBracket[],
  { until = draft.deployed, label }: { until?: number; label?: string } = {},
): TimelineRow {
  return {
    ...(label !== undefined && { label }),
    instants: instants.filter(({ at }) => at <= until),
    spans: [
      { from: draft.firstCommit, to: draft.ready, label: 'coding', stage: 'coding' as const },
      { from: draft.ready, to: draft.answer, label: 'pickup', stage: 'pickup' as const },
      { from: draft.answer, to: draft.merged, label: 'review', stage: 'review' as const },
      { from: draft.merged, to: draft.deployed, label: 'deploy', stage: 'deploy' as const },
    ].filter(({ to }) => to <= until),
    brackets,
  };
}
