import { describe, expect, test } from 'vitest';
import { utc } from '../__fixtures__/compute.ts';
import {
  eventAt,
  factInput,
  randomFactInput,
  workedExample,
} from '../__fixtures__/pull-requests.ts';
import { seededRandom } from '../__fixtures__/seeded-random.ts';
import { pullRequestFacts } from '../pull-request-facts.ts';
import { hourMs } from '../week-buckets.ts';
import type { TimelineEvent } from './pull-request-timeline.ts';

const openedAt = utc('2026-09-07 10:00');
const after = (hours: number) => openedAt + hours * hourMs;
const mergedAt = after(100);
const byBot = { actorAccountExternalId: 'robot', actorIsBot: true };
const byAuthor = { actorAccountExternalId: 'author' };
type Request = NonNullable<Parameters<typeof factInput>[0]>['pullRequest'];
const facts = (events: TimelineEvent[], pullRequest: Request = {}, commits: number[] = []) =>
  pullRequestFacts.compute(
    factInput({
      pullRequest: { openedAt, mergedAt, ...pullRequest },
      commitAuthoredAts: commits.map(after),
      events,
    }),
  );
const idleHours = (...given: Parameters<typeof facts>) => {
  const { idleMs } = facts(...given);
  return idleMs === null ? null : idleMs / hourMs;
};

describe('idle time', () => {
  test('of the worked example is none: no stretch while ready was longer than a day', () => {
    expect(pullRequestFacts.compute(workedExample.draftWithReview).idleMs).toBe(0);
    expect(pullRequestFacts.compute(workedExample.withoutReview).idleMs).toBe(0);
  });

  test('of one without any event is all of its time', () => {
    expect(idleHours([])).toBe(100);
  });

  test('sums the whole stretches of more than a day, and only those', () => {
    // 30 h, 10 h, 24 h to the hour, 36 h.
    const events = [30, 40, 64].map((hours) => eventAt(after(hours), 'comment'));
    expect(idleHours(events)).toBe(66);
  });

  test.each<[string, TimelineEvent[], number[]]>([
    ['a commit', [], [50]],
    ['a force-push', [eventAt(after(50), 'force_pushed', byAuthor)], []],
    ['a comment of the author', [eventAt(after(50), 'comment', byAuthor)], []],
    ['a review', [eventAt(after(50), 'review')], []],
    ['a request for review', [eventAt(after(50), 'review_requested', byAuthor)], []],
  ])('is broken by %s', (_, events, commits) => {
    const near = [eventAt(after(20), 'comment'), eventAt(after(70), 'comment'), ...events];
    // 20 h, then 30 h and 20 h instead of 50 h, then 30 h.
    expect(idleHours(near, {}, commits)).toBe(60);
    expect(idleHours(near.slice(0, 2))).toBe(80);
  });

  test("is not broken by a bot's reminder, but by a bot's push", () => {
    expect(facts([eventAt(after(80), 'comment', byBot)]).idleMs).toBe(100 * hourMs);
    expect(facts([eventAt(after(80), 'force_pushed', byBot)]).idleMs).toBe(80 * hourMs);
  });

  test('leaves out the time as a draft, before and in between', () => {
    const events = [
      eventAt(after(40), 'ready_for_review', byAuthor),
      eventAt(after(45), 'converted_to_draft', byAuthor),
      eventAt(after(75), 'ready_for_review', byAuthor),
    ];
    // Draft 0 to 40, ready 40 to 45, draft 45 to 75, ready 75 to 100.
    expect(idleHours(events)).toBe(25);
  });

  test('leaves out the draft that only the ready instant shows', () => {
    expect(idleHours([], { readyAt: after(70) })).toBe(30);
  });

  test('of a draft that was never ready is unknown, not none', () => {
    expect(idleHours([], { isDraft: true })).toBeNull();
    expect(
      idleHours([], { isDraft: true, mergedAt: null, closedAt: mergedAt, state: 'closed' }),
    ).toBeNull();
  });

  test('of a reopened one leaves out the time in which it was closed', () => {
    const events = [
      eventAt(after(10), 'closed', byAuthor),
      eventAt(after(60), 'reopened', byAuthor),
    ];
    expect(idleHours(events)).toBe(40);
  });

  test('is unknown while open, without an opening, and where time runs backwards', () => {
    expect(idleHours([], { mergedAt: null, state: 'open' })).toBeNull();
    expect(idleHours([], { openedAt: null })).toBeNull();
    expect(idleHours([], { openedAt: mergedAt + 1 })).toBeNull();
  });

  test('is never longer than opening to end, over 3,000 random pull requests', () => {
    const random = seededRandom(23);
    let known = 0;
    let idle = 0;
    for (let index = 0; index < 3_000; index += 1) {
      const one = pullRequestFacts.compute(randomFactInput(index, random));
      if (one.idleMs === null) continue;
      known += 1;
      if (one.idleMs > 0) idle += 1;
      const end = one.mergedAt ?? one.closedAt ?? Number.NaN;
      expect(one.idleMs).toBeLessThanOrEqual(end - (one.openedAt ?? Number.NaN));
      expect(one.lastActivityAt).toBe(end);
    }
    expect([known > 1_000, idle > 500]).toEqual([true, true]);
  });
});

describe('the last act', () => {
  test('of what has ended is its end, whatever was said after it', () => {
    expect(facts([eventAt(after(120), 'comment')]).lastActivityAt).toBe(mergedAt);
    expect(facts([], { openedAt: null }).lastActivityAt).toBe(mergedAt);
  });

  test.each<[string, TimelineEvent[], number[], number]>([
    ['the opening, where nothing followed', [], [-5], 0],
    ['the last commit', [], [7, 5], 7],
    ['an answer', [eventAt(after(9), 'comment')], [7], 9],
    ["not a bot's answer", [eventAt(after(9), 'comment', byBot)], [7], 7],
    ['reopening', [eventAt(after(9), 'closed'), eventAt(after(30), 'reopened')], [], 30],
  ])('of an open one is %s', (_, events, commits, hours) => {
    const open = { mergedAt: null, state: 'open' as const };
    expect(facts(events, open, commits).lastActivityAt).toBe(after(hours));
  });

  test('is unknown of an open one without an opening', () => {
    expect(facts([], { openedAt: null, mergedAt: null }).lastActivityAt).toBeNull();
  });
});
