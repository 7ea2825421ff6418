import { z } from 'zod';

const idSchema = z.string().min(1).max(200);
const accountSchema = z.strictObject({
  source: z.string().min(1).max(100),
  externalId: z.string().min(1).max(500),
});
const accountsSchema = z.array(accountSchema).max(1_000);

/** Everything that a person can say about who somebody is, and what they are here. */
export const identityOperationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('merge'), fromPersonId: idSchema, toPersonId: idSchema }),
  z.strictObject({ kind: z.literal('confirm'), account: accountSchema, personId: idSchema }),
  z.strictObject({ kind: z.literal('split'), personId: idSchema, accounts: accountsSchema }),
  z.strictObject({
    kind: z.literal('mark_bot'),
    personId: idSchema,
    accounts: accountsSchema.optional(),
  }),
  z.strictObject({ kind: z.literal('undo'), changeId: idSchema }),
  z.strictObject({
    kind: z.literal('set_role'),
    personId: idSchema,
    role: z.enum(['member', 'lead']),
  }),
]);
export type IdentityOperation = z.infer<typeof identityOperationSchema>;
export type IdentityOperationKind = IdentityOperation['kind'];

/** What each does, in words that follow "This would". */
export const operationWords: Readonly<Record<IdentityOperationKind, string>> = {
  merge: 'merge two people',
  confirm: 'give an account to a person',
  split: 'split a person',
  mark_bot: 'mark accounts as a bot’s',
  undo: 'undo an earlier change',
  set_role: 'give a person another role',
};
