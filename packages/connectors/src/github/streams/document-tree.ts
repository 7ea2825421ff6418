import { setImmediate } from 'node:timers/promises';
import { AdjutantError } from '@adjutant/core';
import { z } from 'zod';
import type { TreeEntry } from '../../documents/plan-documents.ts';
import type { GithubClient } from '../client/client.ts';

const listSchema = z.object({ tree: z.array(z.unknown()), truncated: z.boolean().nullish() });
const entrySchema = z.object({
  path: z.string().min(1),
  mode: z.string(),
  type: z.enum(['blob', 'commit']),
  sha: z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/),
  size: z.number().int().nonnegative().nullish(),
});
const kinds: Readonly<Record<string, TreeEntry['kind']>> = {
  '120000': 'link',
  '160000': 'submodule',
};
const entriesInOneTurn = 1_000;

/** Returns all files of a commit; not whole where GitHub lists only some of them. */
export async function readTree(
  client: Pick<GithubClient, 'get'>,
  fullName: string,
  commit: string,
): Promise<{ entries: TreeEntry[]; isWhole: boolean }> {
  const path = `/repos/${fullName}/git/trees/${encodeURIComponent(commit)}`;
  const answer = await client.get(path, { recursive: 1 }, null, { isLarge: true });
  const list = listSchema.safeParse(answer.data);
  if (!list.success) {
    throw new AdjutantError('Upstream', 'GitHub gives the list of files in a form nobody knows.', {
      source: 'github',
      hint: 'Check the base URL.',
    });
  }
  const entries: TreeEntry[] = [];
  for (const [at, value] of list.data.tree.entries()) {
    // A hundred thousand files at once would hold everything else up.
    if (at % entriesInOneTurn === entriesInOneTurn - 1) await setImmediate();
    const entry = entrySchema.safeParse(value);
    if (!entry.success) continue;
    const { path: file, mode, sha, size } = entry.data;
    entries.push({ path: file, kind: kinds[mode] ?? 'file', blob: sha, byteCount: size ?? null });
  }
  return { entries, isWhole: list.data.truncated !== true };
}
