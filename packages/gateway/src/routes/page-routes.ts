import type { Hono } from 'hono';
import { actionView } from '../html/action-view.ts';
import { layout } from '../html/layout.ts';
import { passkeysView } from '../html/passkeys-view.ts';
import { queueView } from '../html/queue-view.ts';
import { inMotion } from '../html/status-words.ts';
import type { PageContext, PageVariables } from '../page-options.ts';

const mostWaiting = 100;
const mostUnsettled = 50;
const mostSettled = 20;
const lookAgainMs = 2_500;

/** Adds the pages that a signed-in person reads. */
export function addPageRoutes(app: Hono<PageVariables>, page: PageContext): void {
  const { approvers, actionsFor, clock } = page;
  const ownsPasskey = async (personId: string): Promise<boolean> =>
    (await approvers.listPasskeys()).some((passkey) => passkey.personId === personId);

  app.get('/', async (context) => {
    const session = context.get('session');
    const actions = actionsFor(session.viewer);
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
      hasPasskey: await ownsPasskey(session.viewer.personId),
      reader: { personId: session.viewer.personId, now: clock.now() },
    });
    return context.html(layout({ title: 'Decisions', body, session, csrf: context.get('csrf') }));
  });

  app.get('/actions/:id', async (context) => {
    const session = context.get('session');
    const action = await actionsFor(session.viewer).get(context.req.param('id'));
    const hasPasskey = await ownsPasskey(session.viewer.personId);
    const body = actionView(action, {
      personId: session.viewer.personId,
      hasPasskey,
      now: clock.now(),
    });
    return context.html(
      layout({
        title: action.title,
        body,
        session,
        csrf: context.get('csrf'),
        lookAgainMs: inMotion.has(action.status) ? lookAgainMs : undefined,
      }),
    );
  });

  app.get('/passkeys', async (context) => {
    const session = context.get('session');
    const { personId, role } = session.viewer;
    const body = passkeysView({
      personId,
      isAdmin: role === 'admin',
      passkeys: await approvers.listPasskeys(),
      pending: await approvers.listPendingPasskeys(personId),
      grants: await approvers.list(),
      grade: await approvers.grade(),
      links: await approvers.listLinks(),
    });
    return context.html(layout({ title: 'Passkeys', body, session, csrf: context.get('csrf') }));
  });
}
