import type { WorkspaceHandle } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import type { Assistant } from './assistant.ts';

const maxWaitMs = 30_000;

/** A merge that waits for somebody. */
export interface ProposedMerge {
  id: string;
  repository: string;
  number: number;
}

/**
 * Has an assistant propose the merge of an open pull request, which it sees in a list as any other would.
 * Something has to work for the store meanwhile.
 */
export async function proposeMerge(
  handle: WorkspaceHandle,
  assistant: Assistant,
): Promise<ProposedMerge> {
  const { items } = await handle.listWork({ kind: 'pull_request', state: 'open' });
  for (const { key, repository } of items) {
    const number = Number(key.replace('#', ''));
    if (repository === null || !Number.isSafeInteger(number)) continue;
    const name = repository.includes('/') ? repository : `acme/${repository}`;
    const id = await assistant.proposeMerge(name, number);
    const { status } = await handle.actions.await(id, { maxWaitMs, until: 'prepared' });
    // One that GitHub would refuse anyway, such as a draft, is left to the team.
    if (status === 'pending') return { id, repository: name, number };
  }
  throw new AdjutantError('Internal', 'The made-up team has no pull request to merge.', {
    hint: 'Try another --seed.',
  });
}
