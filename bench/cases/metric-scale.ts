import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Adjutant, createAdjutant, type WorkspaceHandle } from '@adjutant/core';
import type { MetricDefinition, MetricSet, Window } from '@adjutant/core/domain';
import { allMetrics } from '@adjutant/metrics';
import { type Client, createClient } from '@libsql/client/sqlite3';
import { groupByWeek, readJsonColumns } from '../floors/grouped-floor.ts';
import { absolute, atMost, type BenchLine, interleave, median, time } from '../measure.ts';
import { growStore } from '../grow-store.ts';
import { largeOrganisation, newestNumbers, organisation, teams } from '../organisation.ts';
import { seedEnd, seedStart } from '../seed-store.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';
import { benchMetricCalls } from './metric-calls.ts';

const rounds = 5;
const tenfoldRounds = 3;
const changedPullRequests = 100;
const dayMs = 86_400_000;
const whole: Window = { from: seedStart, to: seedEnd + 14 * dayMs };
const twelveWeeks: Window = { from: seedEnd - 84 * dayMs, to: seedEnd };

/** Where the columns of a subject lie, for a floor that knows nothing of the engine. */
const tables: Readonly<Record<string, string>> = {
  pull_request: 'pull_request_facts',
  deployment: 'deployments',
  incident: 'incidents',
};
/** Columns that other tables tell of; a floor reads only its own. */
const joined = /^(?:incident|rolled|restored|hotfix|link)/;
const counted = new Set(['share', 'per_day', 'per_week']);

/** Every metric for all teams by week, at the size of a large organisation, and what grows with it. */
export async function benchMetricScale(): Promise<BenchLine[]> {
  return withTemporaryFolder(async (folder) => {
    const path = join(folder, 'large.db');
    const changed: number[] = [];
    const large = await openOrganisation(path, changed);
    const tenfoldPath = join(folder, 'tenfold.db');
    await growStore(path, tenfoldPath, 10);
    const tenfold = await openOrganisation(tenfoldPath);
    const client = createClient({ url: `file:${path}`, concurrency: 1 });
    const lines: BenchLine[] = [];
    for (const metric of large.measured) {
      lines.push(...(await measureMetric({ large, tenfold }, client, metric)));
    }
    await tenfold.adjutant.close();
    client.close();
    rmSync(tenfoldPath);
    lines.push(...(await benchMetricCalls(folder, path, large.metrics)));
    lines.push(...(await refreshLines(large.adjutant, changed)));
    lines.push(memoryPeak());
    await large.adjutant.close();
    return lines;
  });
}

interface Organisation {
  adjutant: Adjutant;
  /** Those with rows here. */
  metrics: readonly MetricDefinition[];
  /** Of them, those whose floor is known. */
  measured: readonly MetricDefinition[];
  /** Computes a metric for every team over the whole history. */
  all(metric: MetricDefinition): Promise<void>;
  one(metric: MetricDefinition, window: Window): Promise<void>;
  /** Milliseconds that the definition's own function took since it was last asked. */
  computeMs(): number;
  teamIds: readonly string[];
}

/** Opens a store of the large organisation, which a first pass fills and a later one leaves as it is. */
async function openOrganisation(
  path: string,
  changed: readonly number[] = [],
): Promise<Organisation> {
  let spent = 0;
  const timed: MetricSet = {
    ...allMetrics,
    metrics: allMetrics.metrics.map((metric) => ({
      ...metric,
      compute(input) {
        const startedAt = performance.now();
        const outcome = metric.compute(input);
        spent += performance.now() - startedAt;
        return outcome;
      },
    })),
  };
  const adjutant = await createAdjutant({
    store: path,
    metrics: timed,
    teams,
    connectors: [organisation(largeOrganisation, () => changed)],
    clock: { now: () => whole.to, sleep: async () => undefined },
  });
  await adjutant.sync();
  const handle = adjutant.workspace().as(await adjutant.owner());
  const known = await handle.teams();
  const teamIds = known.filter(({ key }) => key.startsWith('team-')).map(({ id }) => id);
  const handles = teamIds.map((id) => handle.forTeam(id));
  const shown: MetricDefinition[] = [];
  for (const metric of timed.metrics) {
    if ((await rowsOf(handle, metric)) > 0) shown.push(metric);
  }
  return {
    adjutant,
    metrics: shown,
    measured: shown.filter(({ subject }) => tables[subject] !== undefined),
    teamIds,
    async all({ id }) {
      for (const team of handles) await team.metric({ metricId: id, window: whole });
    },
    async one({ id }, window) {
      await handles[0]?.metric({ metricId: id, window });
    },
    computeMs() {
      const taken = spent;
      spent = 0;
      return taken;
    },
  };
}

/**
 * A pass over a hundred pull requests that were reviewed again, against all weekly values anew: the
 * newest ones, as a team changes them, and such as lie in nearly every week of the two years. Of these,
 * the rows of every week are read again, because medians do not merge: what it takes is printed.
 */
async function refreshLines(adjutant: Adjutant, changed: number[]): Promise<BenchLine[]> {
  const rebuildMs = await time(() => adjutant.rebuildRollups());
  const newest = newestNumbers(largeOrganisation, changedPullRequests * rounds);
  const everyWeek = largeOrganisation.pullRequests / changedPullRequests;
  const line = async (
    which: string,
    limit: number | null,
    numberOf: (round: number, place: number) => number,
  ) => {
    const passes: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      changed.length = 0;
      for (let place = 0; place < changedPullRequests; place += 1) {
        changed.push(numberOf(round, place));
      }
      passes.push(await time(() => adjutant.sync()));
    }
    const share = median(passes) / rebuildMs;
    return absolute(
      `P5 a sync of ${changedPullRequests} changed pull requests, ${which}, facts and weekly values kept up`,
      `${share.toFixed(3)} of a rebuild (${median(passes).toFixed(0)} of ${rebuildMs.toFixed(0)} ms)`,
      limit === null ? 'printed' : `at most ${limit}`,
      limit === null || share <= limit,
    );
  };
  return [
    await line(
      'the newest',
      0.05,
      (round, place) => newest[round * changedPullRequests + place] ?? 0,
    ),
    await line('from all weeks', null, (round, place) => (place + 1) * everyWeek - round - 1),
  ];
}

async function rowsOf(handle: WorkspaceHandle, { id }: MetricDefinition): Promise<number> {
  return (await handle.metric({ metricId: id, window: whole })).sampleSize;
}

async function measureMetric(
  { large, tenfold }: { large: Organisation; tenfold: Organisation },
  client: Client,
  metric: MetricDefinition,
): Promise<BenchLine[]> {
  const computes: number[] = [];
  const floorComputes: number[] = [];
  const pair = await interleave(
    rounds,
    async () => {
      large.computeMs();
      await large.all(metric);
      computes.push(large.computeMs());
    },
    async () => {
      let spent = 0;
      for (const teamId of large.teamIds) spent += await floorOf(client, metric, teamId);
      floorComputes.push(spent);
    },
  );
  const beside = await measureBeside(large, tenfold, metric);
  const computeRatio = median(computes.map((value, round) => value / (floorComputes[round] ?? 1)));
  const growth = beside.tenfoldMs / beside.allMs;
  // Of what is open now there is no history to read: reading that of its rows would be the cost.
  const isOfNow = metric.windowColumn === null;
  const share = beside.oneTeamMs / (isOfNow ? pair.floorMs : pair.oursMs);
  return [
    atMost(`P4 ${metric.id}, read and computed for every team`, pair, 2.5),
    atMost(
      `P4 ${metric.id}, computed`,
      { oursMs: median(computes), floorMs: median(floorComputes), ratio: computeRatio },
      2.5,
    ),
    absolute(
      `P5 ${metric.id}, one team ${isOfNow ? 'now' : 'over 12 weeks'}`,
      `${share.toFixed(3)} of ${isOfNow ? 'reading ' : ''}the whole history (${beside.oneTeamMs.toFixed(1)} ms)`,
      'at most 0.02',
      share <= 0.02,
    ),
    absolute(
      `P4 ${metric.id}, ten times the data`,
      `${growth.toFixed(1)} times the time (${beside.tenfoldMs.toFixed(0)} ms)`,
      'at most 12',
      growth <= 12,
    ),
  ];
}

/**
 * What a figure of one team takes, and every team's at ten times the size. Beside each other and not
 * one after all others: a machine may be half as quick again a few minutes later.
 */
async function measureBeside(
  large: Organisation,
  tenfold: Organisation,
  metric: MetricDefinition,
): Promise<{ oneTeamMs: number; allMs: number; tenfoldMs: number }> {
  const ones: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ones.push(await time(() => large.one(metric, twelveWeeks)));
  }
  const pair = await interleave(
    tenfoldRounds,
    () => tenfold.all(metric),
    () => large.all(metric),
  );
  return { oneTeamMs: median(ones), allMs: pair.floorMs, tenfoldMs: pair.oursMs };
}

/** Reads and groups what a metric needs of one team; returns the milliseconds of the grouping. */
async function floorOf(client: Client, metric: MetricDefinition, teamId: string): Promise<number> {
  const names = metric.columns.map(String).filter((name) => !joined.test(name));
  const cut: string = metric.windowColumn ?? 'openedAt';
  const read = [...new Set([cut, ...names])].map(snakeCase);
  const at = snakeCase(cut);
  const team =
    metric.subject === 'pull_request'
      ? 'f.team_id = ?'
      : metric.subject === 'deployment'
        ? 'f.repository_external_id in (select repository_external_id from repository_teams where team_id = ?)'
        : '? is not null';
  const columns = await readJsonColumns(
    client,
    read,
    `${tables[metric.subject]} f where f.workspace_id = 'default' and ${team} and f.${at} >= ? and f.${at} < ?`,
    [teamId, whole.from, whole.to],
  );
  const [instants = []] = columns;
  const startedAt = performance.now();
  groupByWeek(instants, columns[1] ?? instants, whole, counted.has(metric.unit));
  return performance.now() - startedAt;
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function memoryPeak(): BenchLine {
  const megabytes = process.resourceUsage().maxRSS / 1_024;
  return absolute('memory peak of all this', `${megabytes.toFixed(0)} MB`, 'printed', true);
}
