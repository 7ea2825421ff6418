import { z } from 'zod';

/** Why what a store says was approved and open is not believed any more. */
export const storeRestoredReasonSchema = z.enum([
  /** A backup took its place. */
  'backup',
  /** Its ledger ends before what this installation remembers of it, or goes another way. */
  'not_as_remembered',
  /** This installation neither made nor adopted it. */
  'adopted',
]);
export type StoreRestoredReason = z.infer<typeof storeRestoredReasonSchema>;

const headSchema = z.object({ seq: z.number().int(), hash: z.string() });

/** What the entry `store.restored` tells. Whatever it counts has entries of its own, before it. */
export const storeRestoredSchema = z.object({
  reason: storeRestoredReasonSchema,
  /** Where the ledger ended that was remembered, or that was replaced; null where none was known. */
  remembered: headSchema.nullable(),
  /** Actions that wait for people again: nothing decided before counts. */
  pending: z.number().int(),
  /** Actions of which only a person can tell what became of them. */
  needsHuman: z.number().int(),
  accessTokens: z.number().int(),
  pageSessions: z.number().int(),
  accountLinks: z.number().int(),
  signIns: z.number().int(),
  loginLinks: z.number().int(),
  challenges: z.number().int(),
  passkeyRequests: z.number().int(),
  /** Roles above member that were taken back; absent in entries of earlier versions. */
  roles: z.number().int().optional(),
  /** Stops of the replaced store that hold on. */
  stopped: z.number().int().optional(),
});
export type StoreRestored = z.infer<typeof storeRestoredSchema>;
