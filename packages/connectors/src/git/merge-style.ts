import type { Repository } from '@adjutant/core/domain';
import { logArguments } from './log-format.ts';
import { createLogParser } from './log-parser.ts';
import { readMessage } from '../commits/message.ts';
import type { GitRepository } from './open-repository.ts';
import { readMeaning } from './pull-request-subject.ts';
import { walkInput } from './revisions.ts';

export type MergeStyle = NonNullable<Repository['mergeStyle']>;

/** Commits of the default branch that are looked at: how a team merges now, not years ago. */
const sampleSize = 500;
/** Below this share a style is the exception. */
const exceptionShare = 0.1;

/** Returns how merges reach the default branch, from its newest commits. */
export async function findMergeStyle(
  repository: GitRepository,
  head: { sha: string; name: string | null },
): Promise<MergeStyle> {
  const parser = createLogParser();
  let merges = 0;
  let squashes = 0;
  const stream = repository.stream({
    arguments: logArguments(['--first-parent', `--max-count=${sampleSize}`]),
    input: walkInput([head.sha]),
  });
  for await (const chunk of stream) {
    for (const { message, parents } of parser.push(chunk)) {
      const isMerge = parents.length > 1;
      if (readMeaning(readMessage(message), isMerge, head.name).kind !== 'pull_request') continue;
      if (isMerge) merges += 1;
      else squashes += 1;
    }
  }
  return styleOf(merges, squashes);
}

function styleOf(merges: number, squashes: number): MergeStyle {
  const total = merges + squashes;
  if (total === 0) return 'linear';
  if (squashes / total < exceptionShare) return 'merge';
  return merges / total < exceptionShare ? 'squash' : 'mixed';
}
