import { describe, expect, test } from 'vitest';
import { utc } from '../__fixtures__/compute.ts';
import { eventAt, factInput } from '../__fixtures__/pull-requests.ts';
import { pullRequestFacts } from '../pull-request-facts.ts';
import { hourMs } from '../week-buckets.ts';
import type { TimelineEvent } from './pull-request-timeline.ts';

const openedAt = utc('2026-09-08 10:00');
const after = (hours: number) => openedAt + hours * hourMs;
const mergedAt = after(48);
const asks = (hours: number, overrides: Partial<TimelineEvent> = {}) =>
  eventAt(after(hours), 'review', { state: 'CHANGES_REQUESTED', ...overrides });
const push = (hours: number) =>
  eventAt(after(hours), 'force_pushed', { actorAccountExternalId: 'author' });
const takenBack = (hours: number, state: string) =>
  eventAt(after(hours), 'review_dismissed', { state, subjectAccountExternalId: 'reviewer' });
const rounds = (events: TimelineEvent[], commits: number[] = []) =>
  pullRequestFacts.compute(
    factInput({
      pullRequest: { openedAt, mergedAt },
      commitAuthoredAts: [openedAt - hourMs, ...commits.map(after)],
      events,
    }),
  ).reworkRounds;

describe('a round of rework', () => {
  test.each<[string, TimelineEvent[], number[], number]>([
    ['a commit after changes were requested', [asks(1)], [3], 1],
    ['a force-push after changes were requested', [asks(1), push(3)], [], 1],
    ['two rounds, each with its work', [asks(1), asks(5)], [3, 7], 2],
    ['many commits after one call', [asks(1)], [2, 3, 4], 1],
    [
      'two reviewers who ask before the same work',
      [asks(1), asks(2, { actorAccountExternalId: 'other' })],
      [3],
      1,
    ],
    ['two calls at one instant', [asks(1), asks(1, { externalId: 'second' })], [3], 1],
    ['an approval taken back, and work after it', [takenBack(2, 'approved')], [3], 1],
    [
      'a call that was dismissed once it was answered',
      [asks(1, { state: 'dismissed' }), takenBack(5, 'changes_requested')],
      [3],
      1,
    ],
  ])('is %s', (_, events, commits, expected) => {
    expect(rounds(events, commits)).toBe(expected);
  });

  test.each<[string, TimelineEvent[], number[]]>([
    ['work that nobody asked for', [], [3, 4]],
    ['a call that nothing followed', [asks(5)], [3]],
    ['work at the instant of the call', [asks(3)], [3]],
    ['work after the merge', [asks(3)], [49]],
    [
      'a force-push after an approval',
      [eventAt(after(2), 'review', { state: 'approved' }), push(3)],
      [],
    ],
    ["a bot's call", [asks(1, { actorAccountExternalId: 'robot', actorIsBot: true })], [3]],
    ["the author's own call", [asks(1, { actorAccountExternalId: 'author' })], [3]],
    ['a review that only comments', [asks(1, { state: 'commented' })], [3]],
    [
      'a dismissed approval whose dismissal nothing followed',
      [asks(1, { state: 'dismissed' }), takenBack(5, 'approved')],
      [3],
    ],
    ['no event', [], []],
  ])('is not %s', (_, events, commits) => {
    expect(rounds(events, commits)).toBe(0);
  });

  test.each<[string, TimelineEvent[], number | null]>([
    ['is unknown where nothing but commits could show it', [asks(1)], null],
    ['is unknown in part where a force-push shows one of two', [asks(1), push(3), asks(5)], null],
    ['is known where a force-push shows it', [asks(1), push(3)], 1],
    ['is none where nobody asked for changes', [push(3)], 0],
  ])('of a pull request without known commits %s', (_, events, expected) => {
    for (const commitAuthoredAts of [[], [null]]) {
      const input = factInput({ pullRequest: { openedAt, mergedAt }, commitAuthoredAts, events });
      expect(pullRequestFacts.compute(input).reworkRounds).toBe(expected);
    }
  });
});
