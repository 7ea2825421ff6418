import { writeFileSync } from 'node:fs';
import type { GeneratedTeam } from '@adjutant/connectors/testing';
import type { Brief, Finding } from '@adjutant/insights';
import type { CommandContext } from '../command-context.ts';
import { trustWritten } from '../trust/trust-written.ts';
import { compareWithHostTruth, type HostFigure } from './compare-with-host-truth.ts';
import { type ActResult, actWithHost } from './act-with-host.ts';
import { type DemoPlaces, demoConfig } from './demo-config.ts';
import { type DemoPlacesStarted, startDemoPlaces, withEnvironment } from './start-demo-places.ts';
import type { DemoImpact } from './impact-text.ts';
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
  const started = await startDemoPlaces(team, start);
  try {
    return await readFromPlaces(context, { team, clones, isYes }, started);
  } finally {
    await started.close();
  }
}

/** Reads the same team again, from its clones and from places that somebody else started. */
export async function readFromPlaces(
  context: CommandContext & { configPath: string },
  { team, clones, isYes }: { team: GeneratedTeam; clones: TeamReading; isYes: boolean | null },
  { host, work, places, env }: DemoPlacesStarted,
): Promise<HostResult> {
  trustWritten(context, context.configPath, () =>
    writeFileSync(context.configPath, demoConfig(team.repositories, places)),
  );
  const place = withEnvironment(context, env);
  const both = await readTeam(place, team.truth.window);
  return {
    figures: compareWithHostTruth(clones, both, { team: team.truth, host: host.truth }),
    today: both.today,
    newFindings: newIn(both, clones),
    pullRequests: pullRequestRows(both) - pullRequestRows(clones),
    leadTimeMerges: { fromClones: leadTimeMerges(clones), found: leadTimeMerges(both) },
    requests: host.requestCount(),
    workRequests: work.requestCount(),
    places,
    impact: both.impact,
    truePickupHours: host.truth.pickup.p50Hours,
    act: isYes === null ? null : await actWithHost(place, host, isYes),
  };
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
