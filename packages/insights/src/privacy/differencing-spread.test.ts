import { AdjutantError, createAdjutant, type WorkspaceHandle } from '@adjutant/core';
import type { Viewer, Window } from '@adjutant/core/domain';
import { createFakeClock, createRowsConnector } from '@adjutant/core/testing';
import { allMetrics } from '@adjutant/metrics';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findBlockers } from '../blockers/find-blockers.ts';
import { briefKindSchema } from '../briefs/brief.ts';
import { buildBrief } from '../briefs/build-brief.ts';
import { buildTeamReport } from '../report/build-team-report.ts';
import { buildReportDigest } from '../reports/report-digest.ts';
import { shippedRules } from '../signals/shipped-rules.ts';
import { type Spread, spreadNow, spreadRows } from '../testing/spread-world.ts';
import { triagePullRequests } from '../triage/triage-pull-requests.ts';

// The attack on answers that are sentences. Somebody who knows all of the world but how much each of a
// few people did asks everything there is, and remembers it. Nothing is learned of them if every answer
// is the same in every world that they could be living in. Which piece of work is whose is a fact of its
// source, and named row by row: so names and ids are taken out of answers, and what is left must be equal.

const dayMs = 86_400_000;
/** What is asked for at each of these, so many days back; and again a day and a week further back. */
const daysBack = [7, 8, 14] as const;
/** Everybody did something in these. */
const reportDays = 84;

/** Every way to words about people's work, and to the rows' sums beside them. */
const readers = {
  ...Object.fromEntries(
    briefKindSchema.options.map((kind) => [
      `brief ${kind}`,
      (handle: WorkspaceHandle, days: number) =>
        buildBrief(handle, { kind, from: spreadNow - days * dayMs }),
    ]),
  ),
  report: (handle: WorkspaceHandle, days: number) =>
    buildTeamReport(handle, { window: windowOf(days), now: spreadNow }),
  digest: (handle: WorkspaceHandle, days: number) =>
    buildReportDigest(handle, {
      fromDay: dayOf(spreadNow - days * dayMs),
      toDay: dayOf(spreadNow),
    }),
  overview: (handle: WorkspaceHandle, days: number) => handle.overview({ window: windowOf(days) }),
  triage: (handle: WorkspaceHandle) => triagePullRequests(handle),
  blockers: (handle: WorkspaceHandle) => findBlockers(handle),
  findings: async (handle: WorkspaceHandle) => {
    const open = await handle.signals.list({ limit: 200, withHidden: true });
    const resolved = await handle.signals.list({ limit: 200, state: 'resolved' });
    const all = [...open.items, ...resolved.items];
    const details = await Promise.all(all.slice(0, 20).map(({ id }) => handle.signals.get(id)));
    return { open, resolved, details };
  },
  rules: (handle: WorkspaceHandle) => handle.signals.rules(),
  replay: async (handle: WorkspaceHandle, days: number) => {
    const since = spreadNow - days * dayMs;
    const replays = [];
    for (const rule of ['bus-factor', 'review-load-out-of-balance']) {
      replays.push(await handle.signals.replay({ rule, since }));
    }
    return replays;
  },
  subjects: async (handle: WorkspaceHandle) => ({
    teams: await handle.signals.subjects('team'),
    repositories: await handle.signals.subjects('repository'),
    workspaces: await handle.signals.subjects('workspace'),
    sprints: await handle.signals.subjects('sprint'),
  }),
} satisfies Record<string, (handle: WorkspaceHandle, days: number) => Promise<unknown>>;

function windowOf(days: number): Window {
  return { from: spreadNow - (reportDays + days) * dayMs, to: spreadNow };
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** Returns everything that anybody is told in a world, with whose work it is taken out. */
async function transcriptOf(spread: Spread): Promise<Set<string>> {
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock: createFakeClock(spreadNow),
    metrics: allMetrics,
    signals: shippedRules,
    connectors: [
      createRowsConnector({
        id: 'forge',
        claimsCommits: true,
        showsReviews: true,
        scope: { externalId: 'acme', name: 'acme', detail: {} },
        records: () => ({ all: spreadRows(spread) }),
      }),
    ],
  });
  try {
    await adjutant.sync();
    const owner = adjutant.workspace().as(await adjutant.owner());
    await owner.signals.evaluate({ everything: true });
    const { items } = await owner.findPeople({ limit: 50 });
    const idOf = new Map(items.map(({ id, accounts }) => [accounts[0]?.login, id]));
    const personId = idOf.get('person-11') ?? '';
    const viewers: Record<string, Viewer> = {
      member: { kind: 'person', personId, role: 'member' },
      lead: { kind: 'person', personId, role: 'lead' },
      admin: { kind: 'person', personId, role: 'admin' },
      agent: { kind: 'agent', name: 'helper', sponsorPersonId: personId },
    };
    const told = new Set<string>();
    for (const [relation, viewer] of Object.entries(viewers)) {
      const handle = adjutant.workspace().as(viewer);
      for (const [reader, ask] of Object.entries(readers)) {
        for (const days of ask.length < 2 ? [0] : daysBack) {
          const answer = await ask(handle, days).catch(refused);
          for (const part of withoutWhose(answer)) {
            told.add(`${relation} ${reader} ${days} ${part}`);
          }
        }
      }
    }
    return told;
  } finally {
    await adjutant.close();
  }
}

function refused(error: unknown): string {
  if (AdjutantError.isInstance(error)) return `refused: ${error.code}`;
  throw error;
}

const idPattern =
  /\bm[a-z2-7]{11}\b|[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|(?<![\w-])[\w-]{22}(?![\w-])/g;

/**
 * An answer as its parts, by where they stand: without ids and names, and so without the order and the
 * number of rows that differ in them alone.
 */
function withoutWhose(answer: unknown, path = ''): string[] {
  if (Array.isArray(answer)) {
    return answer.flatMap((item) => withoutWhose(item, `${path}[]`));
  }
  if (typeof answer === 'object' && answer !== null) {
    return Object.entries(answer).flatMap(([name, value]) =>
      withoutWhose(value, `${path}.${name}`),
    );
  }
  const said = String(answer)
    .replaceAll(idPattern, '<id>')
    .replaceAll(/person-\d+/g, '<person>');
  return [`${path} ${said}`];
}

/** What one of two attackers is told and the other is not. */
function differences(one: ReadonlySet<string>, other: ReadonlySet<string>): string[] {
  return [
    ...[...one].filter((part) => !other.has(part)),
    ...[...other].filter((part) => !one.has(part)),
  ];
}

/** So many things, of which everybody did at least as many as told. */
function shared(total: number, count: number, least = 4): fc.Arbitrary<number[]> {
  const free = total - least * count;
  return fc
    .array(fc.nat(free), { minLength: count - 1, maxLength: count - 1 })
    .map((cuts) => [0, ...cuts.toSorted((one, other) => one - other), free])
    .map((cuts) => cuts.slice(1).map((cut, place) => cut - (cuts[place] ?? 0) + least));
}

/** The same, of which the first did as many as lies between two numbers. */
function led(total: number, count: number, [min, max]: readonly [number, number]) {
  return fc
    .integer({ min, max })
    .chain((most) =>
      shared(total - most, count - 1, 1).map((others): number[] => [most, ...others]),
    );
}

const runs = { numRuns: 4, seed: 20_261, endOnFailure: true };

test('nothing that is told depends on how work is spread among four people', async () => {
  const usual = await transcriptOf({
    commits: [16, 16, 16, 16],
    given: [10, 10, 10, 10],
    asked: [5, 5, 5, 5],
    items: [4, 4, 4, 4],
  });
  const spreadOf = fc.record<Spread>({
    commits: fc.oneof(shared(64, 4), fc.constant([52, 4, 4, 4])),
    given: fc.oneof(shared(40, 4), fc.constant([28, 4, 4, 4])),
    asked: shared(20, 4, 1),
    items: shared(16, 4, 1),
  });
  await fc.assert(
    fc.asyncProperty(spreadOf, async (spread) => {
      expect(differences(await transcriptOf(spread), usual)).toEqual([]);
    }),
    runs,
  );
});

test('of six people no more is told than that the largest part of one is at least a bound', async () => {
  const usual = await transcriptOf({
    commits: [52, 3, 3, 2, 2, 2],
    given: [26, 3, 3, 3, 3, 2],
    asked: [13, 2, 2, 1, 1, 1],
    items: [4, 4, 2, 2, 2, 2],
  });
  // If nothing were found, nothing would be shown.
  const found = [...usual].filter((part) => part.includes('.sentence '));
  expect(found.join('\n')).toContain('At least 80 % of the commits');
  expect(found.join('\n')).toMatch(/One of 6 reviewers .* at least 50 %/);
  expect([...usual].filter((part) => part.includes('rests on one person')).length).toBeGreaterThan(
    0,
  );
  const spreadOf = fc.record<Spread>({
    commits: led(64, 6, [52, 57]),
    given: led(40, 6, [24, 27]),
    asked: led(20, 6, [12, 13]),
    items: shared(16, 6, 1),
  });
  await fc.assert(
    fc.asyncProperty(spreadOf, async (spread) => {
      expect(differences(await transcriptOf(spread), usual)).toEqual([]);
    }),
    runs,
  );
});
