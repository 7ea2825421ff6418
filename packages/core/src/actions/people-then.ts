import { and, eq, gte, isNotNull, or } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import type { ActionRow } from './action-rows.ts';

const { actionRevisions, identityChanges, people, personAccounts } = tables;

/**
 * The people around an action under every name that they had since it was proposed. It is part of the
 * preview, which is hashed, so it stays what it was: whatever is said later about who is who, nobody who
 * was kept from approving then may approve.
 */
export const peopleThenSchema = z.object({
  sponsor: z.array(z.string()),
  editors: z.array(z.string()),
  excluded: z.array(z.string()),
});
export type PeopleThen = z.infer<typeof peopleThenSchema>;

const keptSchema = z.object({ peopleThen: peopleThenSchema.optional() });

type AccountKey = { source: string; externalId: string };

/** Returns whom to keep with a preview: as they are, and as they were since the action was proposed. */
export async function readPeopleThen(
  database: Database,
  action: Pick<ActionRow, 'id' | 'workspaceId' | 'sponsorPersonId' | 'createdAt'>,
  excludedAccounts: readonly AccountKey[],
): Promise<PeopleThen> {
  const { workspaceId, sponsorPersonId } = action;
  const merges = await mergesSince(database, workspaceId, action.createdAt);
  const named = (ids: readonly string[]): string[] => [...groupOf(ids, merges.joined)].toSorted();
  const revisions = await database
    .select({
      personId: actionRevisions.authorPersonId,
      revision: actionRevisions.revision,
      preview: actionRevisions.preview,
    })
    .from(actionRevisions)
    .where(
      and(eq(actionRevisions.workspaceId, workspaceId), eq(actionRevisions.actionId, action.id)),
    );
  const kept = revisions.flatMap(({ preview }) =>
    preview === null ? [] : (keptSchema.parse(JSON.parse(preview)).peopleThen ?? []),
  );
  const earlier = (part: keyof PeopleThen): string[] => kept.flatMap((then) => then[part]);
  const editors = revisions.flatMap(({ personId, revision }) =>
    revision > 1 && personId !== null ? [personId] : [],
  );
  const holders = await holdersOf(database, workspaceId, excludedAccounts);
  for (const { accounts, between } of merges.moves) {
    const isMeant = excludedAccounts.some(({ source, externalId }) =>
      accounts.some((account) => account[0] === source && account[1] === externalId),
    );
    if (isMeant) holders.push(...between);
  }
  return {
    sponsor: named([...earlier('sponsor'), ...(sponsorPersonId === null ? [] : [sponsorPersonId])]),
    editors: named([...earlier('editors'), ...editors]),
    excluded: named([...earlier('excluded'), ...holders]),
  };
}

async function holdersOf(
  database: Database,
  workspaceId: string,
  accounts: readonly AccountKey[],
): Promise<string[]> {
  if (accounts.length === 0) return [];
  const isOne = accounts.map(({ source, externalId }) =>
    and(eq(personAccounts.accountSource, source), eq(personAccounts.accountExternalId, externalId)),
  );
  const rows = await database
    .select({ personId: personAccounts.personId })
    .from(personAccounts)
    .where(and(eq(personAccounts.workspaceId, workspaceId), or(...isOne)));
  return rows.map(({ personId }) => personId);
}

interface Merges {
  /** Pairs of people who are one, or were since then. */
  joined: readonly (readonly [string, string])[];
  /** What accounts were moved between whom since then. */
  moves: readonly { accounts: readonly (readonly string[])[]; between: readonly string[] }[];
}

async function mergesSince(
  database: Database,
  workspaceId: string,
  since: number,
): Promise<Merges> {
  const merged = await database
    .select({ from: people.id, to: people.mergedIntoPersonId })
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), isNotNull(people.mergedIntoPersonId)));
  const changes = await database
    .select()
    .from(identityChanges)
    .where(
      and(
        eq(identityChanges.workspaceId, workspaceId),
        or(gte(identityChanges.at, since), gte(identityChanges.undoneAt, since)),
      ),
    );
  const pairs = changes.map(({ fromPersonId, toPersonId }) => [fromPersonId, toPersonId] as const);
  return {
    joined: [
      ...merged.flatMap(({ from, to }) => (to === null ? [] : [[from, to] as const])),
      ...pairs.filter((_, place) => changes[place]?.kind === 'merge'),
    ],
    moves: changes.map(({ accounts, fromPersonId, toPersonId }) => ({
      accounts,
      between: [fromPersonId, toPersonId],
    })),
  };
}

/** Returns some people with everybody who is, or was, one with them. */
function groupOf(
  seeds: readonly string[],
  joined: readonly (readonly [string, string])[],
): Set<string> {
  const group = new Set(seeds);
  for (let before = -1; before < group.size; ) {
    before = group.size;
    for (const [one, other] of joined) {
      if (group.has(one)) group.add(other);
      else if (group.has(other)) group.add(one);
    }
  }
  return group;
}
