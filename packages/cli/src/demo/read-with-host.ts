import { writeFileSync } from 'node:fs';
import type { GeneratedTeam } from '@adjutant/connectors/testing';
import type { Brief, Finding } from '@adjutant/insights';
import type { CommandContext } from '../command-context.ts';
import { compareWithHostTruth, type HostFigure } from './compare-with-host-truth.ts';
import { type ActResult, actWithHost } from './act-with-host.ts';
import {
  type DemoHost,
  type DemoPlaces,
  demoConfig,
  demoTokenVariable,
  demoWriteTokenVariable,
} from './demo-config.ts';
import type { DemoImpact } from './impact-text.ts';
import { startDemoWork, type StartedWork } from './work/start-demo-work.ts';
import { readTeam, type TeamReading } from './read-team.ts';
import { type StartedHost, startDemoHost } from './start-demo-host.ts';

/** What the code host added to what the clones had shown. */
export interface HostResult {
  figures: HostFigure[];
  /** What needs somebody, of all sources together. */
  today: Brief;
  /** What only stands out now. */
  newFindings: Finding[];
  /** Those that the host alone brought, open and closed ones among them. */
  pullRequests: number;
  /** How many merges the lead time rests on, before and now. */
  leadTimeMerges: { fromClones: number; found: number };
  requests: number;
  /** Those of board, channel and incidents. */
  workRequests: number;
  /** What the configuration named, so that the store can be kept with it. */
  places: DemoPlaces;
  /** What the marks of coding tools say, those of both sources together. */
  impact: DemoImpact;
  /** The median that the assistant is asked for. @unit hours */
  truePickupHours: number;
  /** What became of a merge that an assistant proposed; null where it was not asked for. */
  act: ActResult | null;
}

/** Reads the same team again, from its clones and from a code host that is there for this long. */
export async function readWithHost(
  context: CommandContext & { configPath: string },
  team: GeneratedTeam,
  clones: TeamReading,
  isYes: boolean | null = null,
  start: (team: GeneratedTeam) => Promise<StartedHost> = startDemoHost,
): Promise<HostResult> {
  const host = await start(team);
  const work = await startDemoWork(team);
  try {
    const { baseUrl, organization, repositories, truth } = host;
    const named: DemoHost = { baseUrl, organization, repositories };
    const places: DemoPlaces = { host: named, work };
    writeFileSync(context.configPath, demoConfig(team.repositories, places));
    const place = withTokens(context, host, work);
    const both = await readTeam(place, team.truth.window);
    return {
      figures: compareWithHostTruth(clones, both, { team: team.truth, host: truth }),
      today: both.today,
      newFindings: newIn(both, clones),
      pullRequests: pullRequestRows(both) - pullRequestRows(clones),
      leadTimeMerges: { fromClones: leadTimeMerges(clones), found: leadTimeMerges(both) },
      requests: host.requestCount(),
      workRequests: work.requestCount(),
      places,
      impact: both.impact,
      truePickupHours: truth.pickup.p50Hours,
      act: isYes === null ? null : await actWithHost(place, host, isYes),
    };
  } finally {
    await work.close();
    await host.close();
  }
}

/** As a person would: each token in a variable, and beside it the one host that it is for. */
function withTokens<Context extends CommandContext>(
  context: Context,
  { baseUrl, token, writeToken }: StartedHost,
  work: StartedWork,
): Context {
  const { host } = new URL(baseUrl);
  const env = {
    ...context.io.env,
    ...work.env,
    [demoTokenVariable]: token,
    [`${demoTokenVariable}_HOST`]: host,
    [demoWriteTokenVariable]: writeToken,
    [`${demoWriteTokenVariable}_HOST`]: host,
  };
  return { ...context, io: { ...context.io, env } };
}

function newIn(both: TeamReading, clones: TeamReading): Finding[] {
  const known = new Set(clones.report.findings.map(({ id }) => id));
  return both.report.findings.filter(({ id }) => !known.has(id));
}

function pullRequestRows({ status }: TeamReading): number {
  return status.rowCounts['pull_requests'] ?? 0;
}

function leadTimeMerges({ overview }: TeamReading): number {
  const found = overview.metrics.find(({ metricId }) => metricId === 'lead_time_for_changes');
  return found?.sampleSize ?? 0;
}
