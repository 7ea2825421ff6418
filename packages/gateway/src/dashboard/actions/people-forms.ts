import { AdjutantError } from '@adjutant/core';
import { countOf } from '@adjutant/insights';
import { z } from 'zod';
import { type AnyForm, defineForm } from './define-form.ts';

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
      await handle.mergePeople(fromPersonId, toPersonId);
      return { said: 'They are one now.' };
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
      await handle.splitPerson(personId, accounts);
      return { said: 'They are a person of their own now.' };
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
      await handle.identityReview.markBot(personId, chosen);
      return { said: 'They count as a bot’s now.' };
    },
  }),
  defineForm({
    path: 'people/undo',
    role: 'lead',
    body: z.strictObject({ id: idSchema }),
    async perform({ handle, body: { id } }) {
      await handle.undoIdentityChange(id);
      return { said: 'Taken back.' };
    },
  }),
];
