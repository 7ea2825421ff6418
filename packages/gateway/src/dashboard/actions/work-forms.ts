import { z } from 'zod';
import { type AnyForm, defineForm } from './define-form.ts';

const dayMs = 86_400_000;
const idSchema = z.string().min(1).max(200);
const muteSchema = z.strictObject({
  ruleId: idSchema,
  subjectId: idSchema.optional(),
  reason: z.string().trim().max(500).optional(),
});

/** Asking for fresh data, and what is done with findings. */
export const workForms: readonly AnyForm[] = [
  defineForm({
    path: 'refresh',
    role: 'member',
    body: z.strictObject({}),
    async perform({ handle }) {
      const { alreadyPending } = await handle.requestRefresh();
      return {
        said: alreadyPending
          ? 'It was asked for already and begins soon.'
          : 'Asked for. The line above tells how it goes.',
      };
    },
  }),
  defineForm({
    path: 'signals/snooze',
    role: 'member',
    body: z.strictObject({ id: idSchema, days: z.coerce.number().int().min(0).max(90) }),
    async perform({ handle, body: { id, days }, gateway }) {
      await handle.signals.snooze(id, days === 0 ? null : gateway.clock.now() + days * dayMs);
      return { said: days === 0 ? 'Shown again.' : 'Hidden.' };
    },
  }),
  defineForm({
    path: 'signals/assign',
    role: 'member',
    body: z.strictObject({ id: idSchema, personId: z.string().max(200) }),
    async perform({ handle, body: { id, personId } }) {
      await handle.signals.assign(id, personId === '' ? null : personId);
      return { said: personId === '' ? 'Given to nobody.' : 'Given.' };
    },
  }),
  defineForm({
    path: 'signals/mute',
    role: 'member',
    body: muteSchema,
    async perform({ handle, body: { reason, ...what } }) {
      await handle.signals.mute({
        ...what,
        ...(reason === undefined || reason === '' ? {} : { reason }),
      });
      return { said: 'Muted.' };
    },
  }),
  defineForm({
    path: 'signals/unmute',
    role: 'member',
    body: muteSchema.omit({ reason: true }),
    async perform({ handle, body }) {
      await handle.signals.unmute(body);
      return { said: 'Heard of again.' };
    },
  }),
];
