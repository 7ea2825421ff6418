import type { Hono } from 'hono';
import { requireAccess } from '../../auth/require-access.ts';
import { requirePerson } from '../../auth/require-person.ts';
import type { GatewayContext } from '../../gateway-context.ts';
import type { GatewayVariables } from '../../gateway-variables.ts';
import { readBody } from '../../routes/answers.ts';
import type { AnyForm } from './define-form.ts';

/** Where forms of the dashboard are sent. */
export const formsPath = '/api/do';

/** Adds what one form does: a person is there, their role suffices, what was sent fits, one call is made. */
export function mountForm(
  app: Hono<GatewayVariables>,
  form: AnyForm,
  gateway: GatewayContext,
): void {
  app.post(`${formsPath}/${form.path}`, async (context) => {
    const person = requirePerson(context.get('principal'));
    requireAccess(person, { role: form.role, scope: null, agents: false });
    const body = await readBody(context, form.body);
    const handle = gateway.workspaceOf(person);
    return context.json(await form.perform({ handle, person, body, gateway }));
  });
}
