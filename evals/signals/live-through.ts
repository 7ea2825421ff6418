import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Adjutant, createAdjutant, type WorkspaceHandle } from '@adjutant/core';
import type { SignalFinding } from '@adjutant/core/domain';
import { createFakeClock } from '@adjutant/core/testing';
import { shippedRules } from '@adjutant/insights';
import { allMetrics } from '@adjutant/metrics';
import { makeWorld } from './make-world.ts';
import type { Organisation } from './organisation.ts';
import { serveWorld } from './serve-world.ts';
import { proposable, searchService, workInProduct } from './work-in-product.ts';
import { dayMs, dayText, hourMs } from './working-time.ts';
import type { World } from './world.ts';

/** When the sources are read, each day. */
const readingHours = [9.5, 16.5];

/** A finding from when it came up to when it was over. */
export interface Stretch {
  rule: string;
  key: string;
  fingerprint: string;
  sentence: string;
  openedAt: number;
  /** Null where it was open to the end. */
  closedAt: number | null;
}

export interface Reading {
  now: number;
  /** How many days have gone by. */
  day: number;
  /** Whether it is the first of its day. */
  isMorning: boolean;
  adjutant: Adjutant;
  workspace: WorkspaceHandle;
  world: World;
  organisation: Organisation;
  opened: readonly SignalFinding[];
  open: readonly SignalFinding[];
}

export interface Lived {
  world: World;
  organisation: Organisation;
  stretches: Stretch[];
  /** Syncs that went wrong though nothing was planted to go wrong. */
  troubles: string[];
  /** What each rule said of itself at the end. */
  rules: { id: string; unknown: number; unknownReason: string | null; error: string | null }[];
}

export interface LiveOptions {
  seed: number;
  days: number;
  /** Called after each reading. */
  look?: (reading: Reading) => Promise<void>;
}

/** Lives through a world: reads the sources twice a day and keeps when each finding came and went. */
export async function liveThrough({ seed, days, look }: LiveOptions): Promise<Lived> {
  const { world, organisation } = makeWorld(seed, days);
  const folder = await mkdtemp(join(tmpdir(), 'adjutant-evals-'));
  const clock = createFakeClock(world.from);
  const served = await serveWorld(world, organisation, clock);
  const adjutant = await createAdjutant({
    store: join(folder, 'store.db'),
    connectors: served.connectors,
    metrics: allMetrics,
    signals: shippedRules,
    actions: proposable,
    searchIndex: searchService(world),
    teams: organisation.teams,
    people: peopleOf(organisation),
    clock,
    random: () => 0.5,
  });
  const workspace = adjutant.workspace().as(await adjutant.owner());
  const product = workInProduct({ adjutant, workspace }, { world, clock });
  const open = new Map<string, Stretch>();
  const stretches: Stretch[] = [];
  const troubles: string[] = [];
  try {
    for (const now of readings(world)) {
      world.goOnTo(now);
      await product.goOnTo(now);
      served.putOutages();
      const summary = await adjutant.sync();
      for (const { source, stream, scope, outcome, error } of summary.streams) {
        if (outcome === 'complete' || (world.outages.pagerduty && source === 'pagerduty')) continue;
        const why = `${error?.code ?? ''} ${error?.message ?? ''}`;
        troubles.push(`${dayText(now)} ${source} ${stream} of ${scope}: ${outcome} ${why}`);
      }
      const found = await allFindings(workspace);
      const opened = follow(found, now, open, stretches);
      const day = Math.floor((now - world.from) / dayMs);
      const isMorning = now % dayMs < 12 * hourMs;
      await look?.({
        world,
        now,
        day,
        isMorning,
        adjutant,
        workspace,
        organisation,
        opened,
        open: found,
      });
    }
    return { world, organisation, stretches, troubles, rules: await workspace.signals.rules() };
  } finally {
    await adjutant.close();
    await served.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** An address that Slack shows vouches for nobody: who is who there somebody has said. */
function peopleOf({ people }: Organisation) {
  return people.map(({ name, github, jira, slack, pager }) => ({
    name,
    accounts: [
      { source: 'github', externalId: String(github.id) },
      { source: 'jira', externalId: jira.accountId },
      { source: 'slack', externalId: slack.id },
      { source: 'pagerduty', externalId: pager.id },
    ],
  }));
}

function readings({ from, to }: World): number[] {
  const found: number[] = [];
  for (let day = from; day < to; day += dayMs) {
    for (const hour of readingHours) found.push(day + hour * hourMs);
  }
  return found;
}

async function allFindings(workspace: WorkspaceHandle): Promise<SignalFinding[]> {
  const found: SignalFinding[] = [];
  let cursor: string | undefined;
  do {
    const page = await workspace.signals.list({ withHidden: true, limit: 200, cursor });
    found.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}

/** Notes what came up and what is over since the last reading, and returns what came up. */
function follow(
  found: readonly SignalFinding[],
  now: number,
  open: Map<string, Stretch>,
  stretches: Stretch[],
): SignalFinding[] {
  const opened = found.filter(({ fingerprint }) => !open.has(fingerprint));
  for (const { fingerprint, ruleId: rule, subjectKey: key, sentence } of opened) {
    const stretch = { rule, key, fingerprint, sentence, openedAt: now, closedAt: null };
    open.set(fingerprint, stretch);
    stretches.push(stretch);
  }
  const still = new Set(found.map(({ fingerprint }) => fingerprint));
  for (const [fingerprint, stretch] of open) {
    if (still.has(fingerprint)) continue;
    stretch.closedAt = now;
    open.delete(fingerprint);
  }
  return opened;
}
