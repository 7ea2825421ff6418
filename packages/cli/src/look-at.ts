import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { AdjutantError, createAdjutant } from '@adjutant/core';
import { git } from '@adjutant/connectors/git';
import { buildTeamReport, type TeamReport } from '@adjutant/insights';
import { allMetrics } from '@adjutant/metrics';
import type { CommandContext } from './command-context.ts';
import { debugLogger } from './debug-logger.ts';
import { syncOnce } from './sync-once.ts';
import { failureIn } from './sync-summary.ts';

export interface LookOptions {
  path: string;
  days: number | undefined;
  deploymentTags: string | undefined;
}

/** Reads one clone into a store that goes with this call, and returns its report. */
export async function lookAt(context: CommandContext, options: LookOptions): Promise<TeamReport> {
  const { io, clock, secrets } = context;
  const path = resolve(io.cwd, options.path);
  requireFolder(path);
  const { deploymentTags: tags, days } = options;
  const deployments =
    tags === undefined ? {} : { deployments: { tags, environment: 'production' } };
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [git({ repositories: [path], documents: false, ...deployments })],
    metrics: allMetrics,
    clock,
    logger: debugLogger(context),
    secrets,
  });
  try {
    const summary = await syncOnce(context, adjutant);
    io.signal.throwIfAborted();
    const failure = failureIn(summary);
    if (failure !== null) throw failure;
    const handle = adjutant.workspace().as(await adjutant.owner());
    return await buildTeamReport(handle, { now: clock.now(), days });
  } finally {
    await adjutant.close();
  }
}

function requireFolder(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return;
  const problem = found === undefined ? 'does not exist' : 'is not a folder';
  throw new AdjutantError('InvalidInput', `${path} ${problem}.`, {
    hint: 'Name the folder of a clone, or go there and run "adjutant look".',
  });
}
