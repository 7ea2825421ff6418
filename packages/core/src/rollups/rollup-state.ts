import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import { deliveryPlacesSchema } from './delivery-places.ts';

const { rollupStates } = tables;

const firstSchema = z.tuple([z.string(), z.string().nullable(), z.number()]);
const scopeStateSchema = z.object({
  key: z.string(),
  shownSince: z.number().nullable(),
  readUntil: z.number().nullable(),
  /** The earliest instant that rows were ever shown from: weeks before it are not kept. */
  floor: z.number(),
});
const groupStateSchema = z.object({
  /** What a change of which changes every week of every scope. */
  context: z.string(),
  /** The version of each metric that the weeks were computed with. */
  versions: z.record(z.string(), z.number()),
  /** The end of the last week that was computed. */
  through: z.number(),
  scopes: z.record(z.string(), scopeStateSchema),
  /** For each scope, since when its rows are shown. */
  firsts: z.record(z.string(), z.array(firstSchema)),
  keys: z.record(z.string(), z.string()),
  /** Of the scopes and what their keys were when the two were read. */
  scopesDigest: z.string(),
});
const commonStateSchema = z.object({
  timeZone: z.string(),
  places: deliveryPlacesSchema.nullable(),
  /** Of who owns what, which the places follow from too. */
  ownership: z.string(),
});

/** What the weekly values of one group were computed from. */
export type GroupState = z.infer<typeof groupStateSchema>;
export type ScopeState = z.infer<typeof scopeStateSchema>;
/** What all groups were computed from. */
export type CommonState = z.infer<typeof commonStateSchema>;

export interface RollupState {
  common: CommonState | null;
  groups: Map<string, GroupState>;
}

const commonKey = '';

/** Returns whether weekly values were ever computed here; from then on they are kept up. */
export async function keepsRollups(read: Database, workspaceId: string): Promise<boolean> {
  const [row] = await read
    .select({ groupKey: rollupStates.groupKey })
    .from(rollupStates)
    .where(eq(rollupStates.workspaceId, workspaceId))
    .limit(1);
  return row !== undefined;
}

/** Returns what is kept; a state of another form counts as none, and everything is computed again. */
export async function readState(read: Database, workspaceId: string): Promise<RollupState> {
  const rows = await read
    .select()
    .from(rollupStates)
    .where(eq(rollupStates.workspaceId, workspaceId));
  const groups = new Map<string, GroupState>();
  let common: CommonState | null = null;
  for (const { groupKey, state } of rows) {
    if (groupKey === commonKey) common = commonStateSchema.safeParse(state).data ?? null;
    const group = groupStateSchema.safeParse(state);
    if (groupKey !== commonKey && group.success) groups.set(groupKey, group.data);
  }
  return { common, groups };
}

export async function writeGroupState(
  transaction: Database,
  workspaceId: string,
  groupKey: string,
  state: GroupState | CommonState,
): Promise<void> {
  await transaction
    .insert(rollupStates)
    .values({ workspaceId, groupKey, state })
    .onConflictDoUpdate({
      target: [rollupStates.workspaceId, rollupStates.groupKey],
      set: { state },
    });
}

export function writeCommonState(
  transaction: Database,
  workspaceId: string,
  state: CommonState,
): Promise<void> {
  return writeGroupState(transaction, workspaceId, commonKey, state);
}

/** Forgets the groups that are no more. */
export async function dropGroupState(
  transaction: Database,
  workspaceId: string,
  groupKey: string,
): Promise<void> {
  await transaction
    .delete(rollupStates)
    .where(and(eq(rollupStates.workspaceId, workspaceId), eq(rollupStates.groupKey, groupKey)));
}
