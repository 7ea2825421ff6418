import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import { generateTeam, type TeamTruth } from '@adjutant/connectors/testing';
import { buildTeamReport, type TeamReport } from '@adjutant/insights';
import { stringify } from 'yaml';
import type { CommandContext } from '../command-context.ts';
import { cloneAround } from '../init/git-ignore.ts';
import { lookAt } from '../look-at.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { syncOnce } from '../sync-once.ts';
import { failureIn } from '../sync-summary.ts';
import { askAssistant, type AssistantAnswer } from './ask-assistant.ts';
import { compareWithTruth, type ComparedFigure } from './compare-with-truth.ts';
import { demoClock } from './demo-clock.ts';
import { trueMergesPerWeek } from './true-figures.ts';

export interface DemoResult {
  seed: number;
  report: TeamReport;
  figures: ComparedFigure[];
  answer: AssistantAnswer & { truth: number; matches: boolean };
  /** The clone that the demo was started in; null outside of one, or where it could not be read. */
  own: { path: string; report: TeamReport } | null;
}

/** Makes a team, reads it as any other, holds the figures against the truth, and asks through MCP. */
export async function runDemo(context: CommandContext, seed: number): Promise<DemoResult> {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-demo-'));
  try {
    const team = await generateTeam({
      seed,
      clock: demoClock,
      directory: join(folder, 'repositories'),
    });
    const configPath = join(folder, 'adjutant.config.yaml');
    writeFileSync(configPath, demoConfig(team.repositories));
    const read = await readTeam({ ...context, clock: demoClock, configPath }, team.truth);
    const answer = await askAssistant(context.io.self, configPath, team.truth.window);
    const truth = trueMergesPerWeek(team.truth);
    const matches = answer.value !== null && Math.abs(answer.value - truth) < 0.01;
    return { seed, ...read, answer: { ...answer, truth, matches }, own: await lookAtOwn(context) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function demoConfig(repositories: readonly string[]): string {
  return stringify({
    store: 'file:demo.db',
    connectors: { git: { repositories, deployments: { tags: 'v*', environment: 'production' } } },
  });
}

async function readTeam(context: CommandContext, truth: TeamTruth) {
  return withAdjutant(context, async ({ adjutant, handle }) => {
    const summary = await syncOnce(context, adjutant);
    context.io.signal.throwIfAborted();
    const failure = failureIn(summary);
    if (failure !== null) throw failure;
    const { window } = truth;
    const overview = await handle.overview({ window });
    const report = await buildTeamReport(handle, { now: demoClock.now(), window });
    const figures = compareWithTruth(overview, await handle.syncStatus(), report, truth);
    return { report, figures };
  });
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
