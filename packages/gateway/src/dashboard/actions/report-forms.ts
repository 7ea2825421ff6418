import { reportVisibilitySchema } from '@adjutant/core/domain';
import { z } from 'zod';
import { type AnyForm, defineForm } from './define-form.ts';

const idSchema = z.string().min(1).max(200);
const textSchema = z.string().max(10_000);
const textsSchema = z.strictObject({ did: textSchema, next: textSchema, blockers: textSchema });

/** One's own report of the day. */
export const reportForms: readonly AnyForm[] = [
  defineForm({
    path: 'reports/submit',
    role: 'member',
    body: textsSchema.extend({ day: z.iso.date() }),
    async perform({ handle, body: { day, ...texts } }) {
      const { maskedSecrets } = await handle.reports.submit({ day, ...told(texts), via: 'http' });
      return { said: saidOf(maskedSecrets) };
    },
  }),
  defineForm({
    path: 'reports/edit',
    role: 'member',
    body: textsSchema.extend({ id: idSchema }),
    async perform({ handle, body: { id, ...texts } }) {
      const { maskedSecrets } = await handle.reports.edit(id, { ...told(texts), via: 'http' });
      return { said: saidOf(maskedSecrets) };
    },
  }),
  defineForm({
    path: 'reports/share',
    role: 'member',
    body: z.strictObject({ id: idSchema, visibility: reportVisibilitySchema }),
    async perform({ handle, body: { id, visibility } }) {
      await handle.reports.share(id, visibility);
      return { said: visibility === 'private' ? 'Only you read it now.' : 'Shared.' };
    },
  }),
  defineForm({
    path: 'reports/delete',
    role: 'member',
    body: z.strictObject({ id: idSchema }),
    async perform({ handle, body: { id } }) {
      await handle.reports.delete(id);
      return { said: 'Deleted.' };
    },
  }),
];

/** An empty field says nothing. */
function told(texts: z.infer<typeof textsSchema>) {
  const said = (text: string): string | null => (text.trim() === '' ? null : text);
  return { did: said(texts.did), next: said(texts.next), blockers: said(texts.blockers) };
}

function saidOf(maskedSecrets: number): string {
  return maskedSecrets === 0 ? 'Kept.' : 'Kept; what looked like a secret was masked.';
}
