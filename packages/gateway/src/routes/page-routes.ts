import { html } from '@adjutant/insights';
import type { Hono } from 'hono';
import { requirePerson } from '../auth/require-person.ts';
import { actionView } from '../html/action-view.ts';
import { layout } from '../html/layout.ts';
import { csrfTokenOf } from '../session-cookie.ts';
import { passkeysView } from '../html/passkeys-view.ts';
import { queueView } from '../html/queue-view.ts';
import { inMotion } from '../html/status-words.ts';
import { storeNote } from '../html/store-note.ts';
import type { GatewayContext } from '../gateway-context.ts';
import type { GatewayVariables } from '../gateway-variables.ts';

const mostWaiting = 100;
const mostUnsettled = 50;
const mostSettled = 20;
const lookAgainMs = 2_500;

/** Adds the pages that a signed-in person reads. */
export function addPageRoutes(app: Hono<GatewayVariables>, gateway: GatewayContext): void {
  const { approvers, clock, workspaceOf, adjutant } = gateway;
  const ownsPasskey = async (personId: string): Promise<boolean> =>
    (await approvers.listPasskeys()).some((passkey) => passkey.personId === personId);

  app.get('/approvals', async (context) => {
    const person = requirePerson(context.get('principal'));
    const actions = workspaceOf(person).actions;
    const waiting = await actions.list({ status: ['pending'], limit: mostWaiting });
    const unsettled = await actions.list({
      status: ['needs_human', ...inMotion],
      limit: mostUnsettled,
    });
    const settled = await actions.list({
      status: ['executed', 'failed', 'declined', 'expired', 'revoked', 'blocked'],
      limit: mostSettled,
    });
    const body = queueView({
      waiting: waiting.items,
      waitingTotal: waiting.total,
      unsettled: unsettled.items,
      settled: settled.items,
      hasPasskey: await ownsPasskey(person.viewer.personId),
      reader: { personId: person.viewer.personId, now: clock.now() },
    });
    return context.html(
      layout({
        title: 'Approvals',
        body: html`${storeNote(adjutant)}${body}`,
        person,
        csrf: csrfTokenOf(context.get('cookie')),
        path: '/approvals',
      }),
    );
  });

  app.get('/actions/:id', async (context) => {
    const person = requirePerson(context.get('principal'));
    const action = await workspaceOf(person).actions.get(context.req.param('id'));
    const hasPasskey = await ownsPasskey(person.viewer.personId);
    const body = actionView(action, {
      personId: person.viewer.personId,
      hasPasskey,
      now: clock.now(),
    });
    return context.html(
      layout({
        title: action.title,
        body: html`${storeNote(adjutant)}${body}`,
        person,
        csrf: csrfTokenOf(context.get('cookie')),
        lookAgainMs: inMotion.has(action.status) ? lookAgainMs : undefined,
      }),
    );
  });

  app.get('/passkeys', async (context) => {
    const person = requirePerson(context.get('principal'));
    const { personId, role } = person.viewer;
    const body = passkeysView({
      personId,
      isAdmin: role === 'admin',
      passkeys: await approvers.listPasskeys(),
      pending: await approvers.listPendingPasskeys(personId),
      grants: await approvers.list(),
      grade: await approvers.grade(),
      links: await approvers.listLinks(),
    });
    return context.html(
      layout({
        title: 'Passkeys',
        body: html`${storeNote(adjutant)}${body}`,
        person,
        csrf: csrfTokenOf(context.get('cookie')),
        path: '/passkeys',
      }),
    );
  });
}
