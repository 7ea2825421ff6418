import { join } from 'node:path';
import { crashPointNames, type CrashPointName } from '@adjutant/core/testing';
import { generateLargeRepository } from '@adjutant/connectors/testing';
import { type KilledRuns, killAndResume } from './kill-and-resume.ts';

const commits = 6_000;
const oncePerPass: ReadonlySet<CrashPointName> = new Set(['identity_written', 'facts_written']);

/** Kills syncs of a generated clone. */
export async function killGitSync(folder: string): Promise<KilledRuns> {
  const clone = join(folder, 'clone.git');
  await generateLargeRepository({ commits, seed: 11, directory: clone });
  return killAndResume(folder, {
    source: ['git', clone],
    points: crashPointNames,
    // A later hit of a point reaches deeper into the pass; some points are reached only once.
    hitOf: (point, round, position) => (oncePerPass.has(point) ? 1 : 1 + ((round + position) % 3)),
    compared: (dump) => dump,
    takeRequests: () => null,
  });
}
