import { AdjutantError, explainPolicy, policyCase } from '@adjutant/core';
import { z } from 'zod';
import { type AnyForm, defineForm } from './define-form.ts';

/** Asking the installation about itself. */
export const settingsForms: readonly AnyForm[] = [
  defineForm({
    path: 'connectors/check',
    role: 'admin',
    body: z.strictObject({}),
    async perform({ gateway }) {
      const reports = await gateway.adjutant.check();
      if (reports.length === 0) return { said: 'No connector is configured in this process.' };
      const told = reports.map(({ source, report: { identity, items } }) => {
        const who = identity === null ? '' : ` as ${identity}`;
        const wrong = items.filter(({ ok }) => !ok);
        return wrong.length === 0
          ? `${source}${who}: all is well.`
          : `${source}${who}: ${wrong.map(({ message, hint }) => (hint === null ? message : `${message} ${hint}`)).join(' ')}`;
      });
      return { said: told.join(' ') };
    },
  }),
  defineForm({
    path: 'policy/explain',
    role: 'member',
    body: z.strictObject({
      type: z.string().min(1).max(200),
      requester: z.enum(['assistant', 'person', 'system']),
      given: z.string().max(10_000),
    }),
    async perform({ handle, gateway, body: { type, requester, given } }) {
      const state = await gateway.adjutant.policy(handle.workspaceId);
      if (state === null) return { said: 'Policy is an engine of the host.' };
      const { compiled } = state;
      const example = { ...readGiven(given), requester };
      const { answer, steps } = explainPolicy(
        compiled,
        policyCase(type, example, compiled.actionTypes),
      );
      return { said: [answer, ...steps.map(({ sentence }) => sentence)].join(' ') };
    },
  }),
];

const givenSchema = z.record(z.string(), z.unknown());

function readGiven(text: string): Record<string, unknown> {
  if (text.trim() === '') return {};
  try {
    return givenSchema.parse(JSON.parse(text));
  } catch {
    throw new AdjutantError('InvalidInput', 'What is known of it is not a JSON object.', {
      hint: 'Write {"payload": {}}, or leave it empty.',
    });
  }
}
