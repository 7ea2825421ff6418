import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import { generateTeam } from '@adjutant/connectors/testing';
import type { TeamReport } from '@adjutant/insights';
import type { CommandContext } from '../command-context.ts';
import { cloneAround } from '../init/git-ignore.ts';
import { lookAt } from '../look-at.ts';
import type { ActResult } from './act-with-host.ts';
import { askAssistant, type AssistantAnswer } from './ask-assistant.ts';
import { compareWithTruth } from './compare-with-truth.ts';
import type { ComparedFigure } from './compared-figure.ts';
import { demoClock } from './demo-clock.ts';
import { keepDemo } from './keep-demo.ts';
import { demoConfig } from './demo-config.ts';
import { trustMemory } from '../trust/trust-memory.ts';
import { trustWritten } from '../trust/trust-written.ts';
import { readTeam } from './read-team.ts';
import { type HostResult, readFromPlaces } from './read-with-host.ts';
import { type DemoPlacesStarted, startDemoPlaces } from './start-demo-places.ts';

export interface DemoResult {
  seed: number;
  /** What the clones show, and each figure of it beside the truth. */
  report: TeamReport;
  figures: ComparedFigure[];
  /** What a token adds. */
  github: HostResult;
  answer: AssistantAnswer & { truth: number; matches: boolean };
  /** The clone that the demo was started in; null outside of one, or where it could not be read. */
  own: { path: string; report: TeamReport } | null;
  /** Where the team is kept for other commands; null where it could not be. */
  kept: string | null;
}

/** Answers are rounded to this many hours on their way to an assistant. */
const answerStepHours = 0.01;

/**
 * Makes a team, reads it as any other, holds the figures against the truth, and asks through MCP.
 * Its code host and the rest of it are there until `stay` has ended.
 */
export async function runDemo(
  context: CommandContext,
  seed: number,
  isYes: boolean,
  stay?: (result: DemoResult, places: DemoPlacesStarted) => Promise<void>,
): Promise<DemoResult> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'adjutant-demo-')));
  let started: DemoPlacesStarted | null = null;
  try {
    const directory = join(folder, 'repositories');
    const team = await generateTeam({ seed, clock: demoClock, directory });
    const { window } = team.truth;
    const place = { ...context, configPath: join(folder, 'adjutant.config.yaml') };
    trustWritten(place, place.configPath, () =>
      writeFileSync(place.configPath, demoConfig(team.repositories, null)),
    );
    const clones = await readTeam(place, window);
    started = await startDemoPlaces(team);
    const github = await readFromPlaces(place, { team, clones, isYes }, started);
    // The server answers in a process of its own, so this one need not wait for it.
    const [answer, own] = await Promise.all([
      askAssistant(context.io.self, place.configPath, window),
      lookAtOwn(context),
    ]);
    const kept = keepDemo(context, place.configPath, {
      clones: team.repositories,
      places: github.places,
    });
    const truth = github.truePickupHours;
    const matches = answer.value !== null && Math.abs(answer.value - truth) <= answerStepHours;
    const result: DemoResult = {
      seed,
      report: clones.report,
      figures: compareWithTruth(clones, team.truth),
      github,
      answer: { ...answer, truth, matches },
      own,
      kept,
    };
    await stay?.(result, started);
    return result;
  } finally {
    await started?.close();
    trustMemory(context.io).remove(join(folder, 'adjutant.config.yaml'));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Returns whether every figure, and what the assistant was told, is the truth. */
export function demoAgrees({
  figures,
  github,
  answer,
}: Pick<DemoResult, 'answer' | 'figures' | 'github'>): boolean {
  return (
    answer.matches &&
    (github.act === null || actsTruly(github.act)) &&
    [...figures, ...github.figures].every(({ matches }) => matches)
  );
}

/** Carried out exactly if somebody approved it; and the changed byte was noticed. */
function actsTruly({ action, approvedBy, isMergedAtHost, ledger, edited }: ActResult): boolean {
  const isApproved = approvedBy !== 'nobody';
  const isExecuted = action.status === 'executed';
  return isExecuted === isApproved && isMergedAtHost === isApproved && ledger.ok && edited.isFound;
}

async function lookAtOwn(context: CommandContext): Promise<DemoResult['own']> {
  const path = cloneAround(context.io.cwd);
  if (path === null) return null;
  try {
    const report = await lookAt(context, { path, days: undefined, deploymentTags: undefined });
    return { path, report };
  } catch (error) {
    if (AdjutantError.isInstance(error)) return null;
    throw error;
  }
}
