import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { AdjutantError } from '../errors.ts';
import { openStore } from '../store/open-store.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { ConfiguredConnector } from '../sync/define-connector.ts';
import type { DomainRows } from '../sync/domain-rows.ts';
import { createAdjutant } from '../create-adjutant.ts';
import {
  buildPullRequest,
  buildPullRequestEvent,
  createFakeClock,
  createRowsConnector,
} from '../testing.ts';
import { type AnySignalRule, defineSignal } from './define-signal.ts';

const hourMs = 3_600_000;
const start = Date.UTC(2026, 10, 2, 9);

const waiting = defineSignal({
  id: 'waiting',
  version: 1,
  title: 'Waiting',
  description: 'Waits.',
  subject: 'pull_request',
  severity: 'medium',
  params: z.object({ hours: z.number().default(24) }),
  evaluate(request, { params }) {
    if (request.waitingFor !== 'review' || request.waitingSince === null) return null;
    const hours = Math.floor(request.waitingWeekdayHours ?? 0);
    if (hours < params.hours) return null;
    return {
      since: request.waitingSince,
      sentence: `${request.key} waits for ${Math.floor(hours / 24)} days.`,
      facts: { hours },
    };
  },
});

async function startWorld(
  rules: readonly AnySignalRule[] = [waiting],
  others: readonly ConfiguredConnector[] = [],
  path = ':memory:',
) {
  const clock = createFakeClock(start);
  const rows: Record<string, DomainRows> = {};
  const adjutant = await createAdjutant({
    store: path,
    clock,
    signals: rules,
    connectors: [
      createRowsConnector({ id: 'forge', showsReviews: true, records: () => ({ ...rows }) }),
      ...others,
    ],
  });
  onTestFinished(() => adjutant.close());
  const handle = adjutant.workspace().as(await adjutant.owner());
  const open = (number: number, fields = {}): void => {
    rows[`request-${number}`] = {
      pullRequests: [
        buildPullRequest({
          source: 'forge',
          externalId: `request-${number}`,
          number,
          state: 'open',
          mergedAt: null,
          closedAt: null,
          mergeSha: null,
          openedAt: start,
          readyAt: start,
          authorAccountExternalId: 'ada',
          ...fields,
        }),
      ],
      accounts: ['ada', 'ben'].map((externalId) => ({
        source: 'forge',
        externalId,
        login: externalId,
        name: null,
        email: null,
        emailVerified: false,
        vendorId: null,
        kind: 'human' as const,
        isBot: false,
      })),
    };
  };
  return { adjutant, clock, handle, rows, open };
}

describe('signals', () => {
  it('keep the instant that they were found with, where a rule works it out from a window', async () => {
    const window = (keepsSince: boolean) =>
      defineSignal({
        id: keepsSince ? 'kept' : 'moving',
        version: 1,
        title: 'Window',
        description: 'Looks a day back.',
        subject: 'pull_request',
        severity: 'low',
        params: z.object({}),
        evaluate: ({ asOf }) => ({
          since: asOf - 24 * hourMs,
          ...(keepsSince ? { keepsSince } : {}),
          sentence: `Looked at ${asOf}.`,
        }),
      });
    const { adjutant, clock, handle, open } = await startWorld([window(true), window(false)]);
    open(1);
    await adjutant.sync();
    clock.advance(30 * hourMs);
    await adjutant.sync();
    const { items } = await handle.signals.list();
    const sinceOf = (rule: string) => items.find(({ ruleId }) => ruleId === rule)?.since;
    expect(sinceOf('kept')).toBe(start - 24 * hourMs);
    expect(sinceOf('moving')).toBe(start + 6 * hourMs);
  });

  it('are found after a sync, with the rows that they follow from, and end by themselves', async () => {
    const { adjutant, clock, handle, rows, open } = await startWorld();
    open(1);
    open(2);
    await adjutant.sync();
    expect((await handle.signals.list()).items).toEqual([]);
    clock.advance(26 * hourMs);
    await adjutant.sync();
    const { items } = await handle.signals.list();
    expect(items.map(({ sentence, since }) => [sentence, since])).toEqual([
      [expect.stringContaining('#1 waits for 1 days.'), start],
      [expect.stringContaining('#2 waits for 1 days.'), start],
    ]);
    const [first] = items;
    expect(first?.evidence).toContain(first?.subjectId);
    rows['review'] = {
      pullRequestEvents: [
        buildPullRequestEvent({
          source: 'forge',
          externalId: 'review-1',
          pullRequestExternalId: 'request-1',
          kind: 'review',
          state: 'approved',
          actorAccountExternalId: 'ben',
          at: clock.now(),
        }),
      ],
    };
    await adjutant.sync();
    const left = await handle.signals.list();
    expect(left.items.map(({ subjectKey }) => subjectKey)).toEqual([expect.stringMatching(/#2$/)]);
    const [over] = (await handle.signals.list({ state: 'resolved' })).items;
    const detail = await handle.signals.get(over?.id ?? '');
    expect(detail.history.map(({ kind }) => kind)).toEqual(['resolved', 'opened']);
  });

  it('of what has been over for days are looked for once a day, and anew where a stream was first read', async () => {
    const merged = defineSignal({
      id: 'merged',
      version: 1,
      title: 'Merged',
      description: 'Was merged.',
      subject: 'pull_request',
      severity: 'low',
      params: z.object({}),
      evaluate: ({ state, key, mergedAt }) =>
        state === 'merged' ? { since: mergedAt ?? 0, sentence: `${key} was merged.` } : null,
    });
    const late: { rows: DomainRows | null } = { rows: null };
    const lateForge = createRowsConnector({
      id: 'late',
      showsReviews: true,
      records: () => {
        if (late.rows === null) throw new AdjutantError('Upstream', 'It is not there.');
        return { late: late.rows };
      },
    });
    const { adjutant, clock, handle, open } = await startWorld([merged], [lateForge]);
    const known = async (): Promise<string[]> =>
      (await handle.signals.list()).items.map(({ subjectKey }) => subjectKey.slice(-2)).toSorted();
    const over = (daysAgo: number) => ({
      state: 'merged' as const,
      mergedAt: start - daysAgo * 24 * hourMs,
    });
    await adjutant.sync();
    open(1, over(1));
    open(5, over(5));
    clock.advance(hourMs);
    await adjutant.sync();
    expect(await known()).toEqual(['#1']);
    const sixth = { source: 'late', externalId: 'late', number: 6, ...over(6) };
    late.rows = { pullRequests: [buildPullRequest(sixth)] };
    clock.advance(hourMs);
    await adjutant.sync();
    expect(await known()).toEqual(['#1', '#5', '#6']);
    open(7, over(7));
    clock.advance(hourMs);
    await adjutant.sync();
    expect(await known()).toEqual(['#1', '#5', '#6']);
    clock.advance(24 * hourMs);
    await adjutant.sync();
    expect(await known()).toEqual(['#1', '#5', '#6', '#7']);
  });

  it('keep their fingerprint when they come up again, and are written only where they differ', async () => {
    const { adjutant, clock, handle, open } = await startWorld();
    open(1);
    clock.advance(26 * hourMs);
    await adjutant.sync();
    const [before] = (await handle.signals.list()).items;
    clock.advance(hourMs);
    await handle.signals.evaluate();
    const [same] = (await handle.signals.list()).items;
    expect(same).toEqual({ ...before, facts: { hours: 27 }, judgedAt: clock.now() });
    open(1, { isDraft: true });
    await adjutant.sync();
    expect((await handle.signals.list()).total).toBe(0);
    open(1);
    await adjutant.sync();
    const [again] = (await handle.signals.list()).items;
    expect(again).toMatchObject({ id: before?.id, openedCount: 2 });
  });

  it('are told again from the rows, for the instant that they were judged for', async () => {
    const { adjutant, clock, handle, open } = await startWorld();
    open(1);
    clock.advance(50 * hourMs);
    await adjutant.sync();
    const [found] = (await handle.signals.list()).items;
    clock.advance(500 * hourMs);
    const detail = await handle.signals.get(found?.id ?? '');
    expect(detail.recomputed).toBe(found?.sentence);
    expect(detail.ruleTitle).toBe('Waiting');
  });

  it('are told of twenty times a day, though some are over by then', async () => {
    const named = defineSignal({
      id: 'named',
      version: 1,
      title: 'Named',
      description: 'Has a name.',
      subject: 'pull_request',
      severity: 'low',
      params: z.object({}),
      evaluate: ({ state, key }) =>
        state === 'open' ? { since: start, sentence: `${key} is open.` } : null,
    });
    const folder = await mkdtemp(join(tmpdir(), 'adjutant-signals-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const path = join(folder, 'store.db');
    const { adjutant, clock, handle, open } = await startWorld([named], [], path);
    const told = async () => {
      const store = await openStore(path);
      const rows = await queryTuples<[string, number]>(
        store.read,
        sql`select state, sum(is_announced) from signal_findings group by state order by state`,
      );
      await store.close();
      return rows;
    };
    for (let number = 1; number <= 20; number += 1) open(number);
    await adjutant.sync();
    expect(await told()).toEqual([['open', 20]]);
    for (let number = 1; number <= 20; number += 1)
      open(number, { state: 'closed', closedAt: start });
    clock.advance(hourMs);
    await adjutant.sync();
    for (let number = 21; number <= 30; number += 1) open(number);
    clock.advance(hourMs);
    await adjutant.sync();
    expect((await handle.signals.list({ limit: 100 })).total).toBe(10);
    expect(await told()).toEqual([
      ['open', 0],
      ['resolved', 20],
    ]);
  });

  it('are not made of what nobody has looked at', async () => {
    const { adjutant, clock, handle, open } = await startWorld();
    open(1);
    await adjutant.sync();
    clock.advance(100 * hourMs);
    await handle.signals.evaluate();
    expect((await handle.signals.list()).total).toBe(0);
    await adjutant.sync();
    expect((await handle.signals.list()).total).toBe(1);
  });

  it('stay as they are where a rule fails or cannot tell, and the other rules go on', async () => {
    let mode: 'found' | 'unknown' | 'throws' = 'found';
    const moody = defineSignal({
      id: 'moody',
      version: 1,
      title: 'Moody',
      description: 'Fails.',
      subject: 'pull_request',
      severity: 'low',
      params: z.object({}),
      evaluate() {
        if (mode === 'throws') throw new TypeError('no');
        return mode === 'unknown' ? { unknown: 'of a reason' } : { since: start, sentence: 'So.' };
      },
    });
    const { adjutant, clock, handle, open } = await startWorld([moody, waiting]);
    open(1);
    await adjutant.sync();
    for (const next of ['unknown', 'throws'] as const) {
      mode = next;
      clock.advance(13 * hourMs);
      await adjutant.sync();
    }
    const rules = (await handle.signals.list()).items.map(({ ruleId }) => ruleId);
    expect(rules).toEqual(['waiting', 'moody']);
    const [view] = await handle.signals.rules();
    expect(view).toMatchObject({ id: 'moody', error: 'TypeError' });
  });

  it('are closed only after the time that their rule waits', async () => {
    const slow: AnySignalRule = { ...waiting, clearAfterHours: 5 };
    const { adjutant, clock, handle, open } = await startWorld([slow]);
    open(1);
    clock.advance(30 * hourMs);
    await adjutant.sync();
    open(1, { isDraft: true });
    await adjutant.sync();
    expect((await handle.signals.list()).total).toBe(1);
    clock.advance(5 * hourMs);
    await adjutant.sync();
    expect((await handle.signals.list()).total).toBe(0);
  });

  it('of a rule that is gone are closed', async () => {
    const rules = [waiting];
    const { adjutant, clock, handle, open } = await startWorld(rules);
    open(1);
    clock.advance(30 * hourMs);
    await adjutant.sync();
    expect((await handle.signals.list()).total).toBe(1);
    rules[0] = { ...waiting, id: 'other', evaluate: () => null };
    await adjutant.sync();
    expect((await handle.signals.list()).total).toBe(0);
    const [over] = (await handle.signals.list({ state: 'resolved' })).items;
    const { history } = await handle.signals.get(over?.id ?? '');
    expect(history[0]).toMatchObject({ kind: 'resolved', detail: { reason: 'rule_removed' } });
  });
});

describe('people', () => {
  it('snooze, assign and mute; an assistant does none of it', async () => {
    const { adjutant, clock, handle, open } = await startWorld();
    open(1);
    clock.advance(30 * hourMs);
    await adjutant.sync();
    const [found] = (await handle.signals.list()).items;
    const id = found?.id ?? '';
    const { personId } = (await adjutant.owner()) as { personId: string };
    await handle.signals.assign(id, personId);
    expect((await handle.signals.list({ assignedPersonId: personId })).total).toBe(1);
    await handle.signals.snooze(id, clock.now() + 10 * hourMs);
    expect((await handle.signals.list()).total).toBe(0);
    expect((await handle.signals.list({ withHidden: true })).total).toBe(1);
    clock.advance(11 * hourMs);
    expect((await handle.signals.list()).total).toBe(1);
    await handle.signals.mute({ ruleId: 'waiting', subjectId: found?.subjectId ?? '' });
    expect((await handle.signals.list()).total).toBe(0);
    await handle.signals.unmute({ ruleId: 'waiting', subjectId: found?.subjectId ?? '' });
    expect((await handle.signals.list()).total).toBe(1);
    const agent = adjutant
      .workspace()
      .as({ kind: 'agent', name: 'helper', sponsorPersonId: personId }).signals;
    await expect(agent.snooze(id, clock.now() + hourMs)).rejects.toMatchObject({
      code: 'Permission',
    });
    await expect(agent.mute({ ruleId: 'waiting' })).rejects.toMatchObject({ code: 'Permission' });
    await expect(agent.evaluate()).rejects.toMatchObject({ code: 'Permission' });
    expect((await agent.list()).total).toBe(1);
  });
});
