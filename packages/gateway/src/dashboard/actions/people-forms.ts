import { AdjutantError, type IdentityOperation, type WorkspaceHandle } from '@adjutant/core';
import { countOf } from '@adjutant/insights';
import { z } from 'zod';
import { changeAddress, makeChange } from '../../identity-change.ts';
import { type AnyForm, defineForm, type FormAnswer } from './define-form.ts';

const idSchema = z.string().min(1).max(200);
const accountSchema = z
  .string()
  .max(500)
  .regex(/^[^:]+:./)
  .transform((text) => {
    const at = text.indexOf(':');
    return { source: text.slice(0, at), externalId: text.slice(at + 1) };
  });
const pairSchema = z
  .string()
  .max(500)
  .regex(/^\S+ \S+$/)
  .transform((text) => {
    const [fromPersonId = '', toPersonId = ''] = text.split(' ');
    return { fromPersonId, toPersonId };
  });

/** Who is who, as leads and administrators say it. */
export const peopleForms: readonly AnyForm[] = [
  defineForm({
    path: 'people/merge',
    role: 'lead',
    body: z.strictObject({ fromPersonId: idSchema, toPersonId: idSchema }),
    async perform({ handle, body: { fromPersonId, toPersonId } }) {
      const operation = { kind: 'merge', fromPersonId, toPersonId } as const;
      return changeOrShow(handle, operation, 'They are one now.');
    },
  }),
  defineForm({
    path: 'people/merge-shown',
    role: 'lead',
    body: z.strictObject({
      above: z.coerce.number(),
      pairs: z.array(pairSchema).max(1_000),
    }),
    async perform({ handle, body: { above, pairs } }) {
      if (pairs.length === 0) throw new AdjutantError('InvalidInput', 'No pair was chosen.');
      const changes = await handle.identityReview.merge({ above, shown: pairs });
      return { said: `${countOf(changes.length, 'pair')} became one.` };
    },
  }),
  defineForm({
    path: 'people/split',
    role: 'lead',
    body: z.strictObject({ personId: idSchema, accounts: z.array(accountSchema).max(200) }),
    async perform({ handle, body: { personId, accounts } }) {
      if (accounts.length === 0) throw new AdjutantError('InvalidInput', 'No account was chosen.');
      const operation = { kind: 'split', personId, accounts } as const;
      return changeOrShow(handle, operation, 'They are a person of their own now.');
    },
  }),
  defineForm({
    path: 'people/bot',
    role: 'lead',
    body: z.strictObject({
      personId: idSchema,
      accounts: z.array(accountSchema).max(200).optional(),
    }),
    async perform({ handle, body: { personId, accounts = [] } }) {
      const chosen = accounts.length === 0 ? undefined : accounts;
      const operation = {
        kind: 'mark_bot',
        personId,
        ...(chosen && { accounts: chosen }),
      } as const;
      return changeOrShow(handle, operation, 'They count as a bot’s now.');
    },
  }),
  defineForm({
    path: 'people/undo',
    role: 'lead',
    body: z.strictObject({ id: idSchema }),
    perform: ({ handle, body: { id } }) =>
      changeOrShow(handle, { kind: 'undo', changeId: id }, 'Taken back.'),
  }),
  defineForm({
    path: 'people/role',
    role: 'admin',
    body: z.strictObject({ personId: idSchema, role: z.enum(['member', 'lead']) }),
    perform: ({ handle, body: { personId, role } }) =>
      changeOrShow(handle, { kind: 'set_role', personId, role }, 'The role is as you said.'),
  }),
];

/** Makes a change that takes no more than a lead; every other is shown first, on a page of its own. */
async function changeOrShow(
  handle: WorkspaceHandle,
  operation: IdentityOperation,
  said: string,
): Promise<FormAnswer> {
  const { needs } = await handle.identityReview.plan(operation);
  if (needs === 'administrator_with_presence') {
    return { said: 'This takes an administrator’s passkey.', goTo: changeAddress(operation) };
  }
  await makeChange(handle, operation);
  return { said };
}
