import { AdjutantError, type Logger, silentLogger } from '@adjutant/core';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { failureOf } from './failure.ts';
import { messagePage } from './html/layout.ts';
import type {
  ApprovalsPage,
  ApprovalsPageOptions,
  PageContext,
  PageVariables,
} from './page-options.ts';
import { checkPageOrigin, refusedSite } from './request-guard.ts';
import { longestBodyBytes } from './routes/answers.ts';
import { addDecisionRoutes } from './routes/decision-routes.ts';
import { addPageRoutes } from './routes/page-routes.ts';
import { addLinkRoutes } from './routes/link-routes.ts';
import { addPasskeyRoutes } from './routes/passkey-routes.ts';
import { addSessionRoutes, addSignOutRoute } from './routes/session-routes.ts';
import { securityHeaders } from './security-headers.ts';
import { csrfTokenOf, hasCsrfToken, readCookie } from './session-cookie.ts';

/**
 * Returns the page on which people decide: queue, preview, decision, passkeys. It answers only at its
 * own origin and only to sessions of people; there is no way in for a program that acts for one.
 * @throws AdjutantError `Configuration` for an origin at which passkeys would not work
 */
export function createApprovalsPage(options: ApprovalsPageOptions): ApprovalsPage {
  const logger = options.logger ?? silentLogger;
  const origin = checkPageOrigin(options.origin, options.approvers.relyingParty);
  options.approvers.serveAt(origin);
  const page: PageContext = { ...options, origin, logger };
  const app = new Hono<PageVariables>();

  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(securityHeaders)) context.header(name, value);
  });
  app.use(async (context, next) => {
    const refused = refusedSite(context.req.raw, origin);
    if (refused === null) return next();
    throw new AdjutantError('Permission', refused, { hint: `Open ${origin} in a browser.` });
  });
  app.use(
    bodyLimit({
      maxSize: longestBodyBytes,
      onError: () => {
        throw new AdjutantError('InvalidInput', 'The request is too large.');
      },
    }),
  );
  addSessionRoutes(app, page);
  app.use(signedIn(page));
  addSignOutRoute(app, page);
  addPageRoutes(app, page);
  addDecisionRoutes(app, page);
  addPasskeyRoutes(app, page);
  addLinkRoutes(app, page);
  app.notFound(() => {
    throw new AdjutantError('NotFound', 'There is no such page.', { hint: 'Go to the start.' });
  });
  addFailures(app, logger);
  return { origin, fetch: async (request) => app.fetch(request) };
}

/** Lets in whom a session names, and takes a change only with that session's own token. */
function signedIn({ approvers, origin }: PageContext) {
  return createMiddleware<PageVariables>(async (context, next) => {
    const cookie = readCookie(origin, context.req.header('cookie'));
    const session = cookie === null ? null : await approvers.readSession(cookie);
    if (cookie === null || session === null) {
      throw new AdjutantError('Authentication', 'You are not signed in.', {
        hint: 'Run "adjutant approvals link" in a terminal and open what it prints; it works once.',
        audience: 'caller',
      });
    }
    const isRead = context.req.method === 'GET' || context.req.method === 'HEAD';
    if (!isRead && !hasCsrfToken(cookie, context.req.header('x-adjutant-csrf'))) {
      throw new AdjutantError('Permission', 'This did not come from the page that you opened.', {
        hint: 'Reload the page and try again.',
      });
    }
    context.set('session', session);
    context.set('csrf', csrfTokenOf(cookie));
    return next();
  });
}

function addFailures(app: Hono<PageVariables>, logger: Logger): void {
  app.onError((error, context) => {
    const failure = failureOf(error);
    if (failure.status >= 500) {
      logger.log('error', 'approvals page failed', { name: error.name, path: context.req.path });
    }
    const { status, code, message, hint } = failure;
    const answer: ContentfulStatusCode = status;
    if (context.req.path.startsWith('/api/')) {
      return context.json({ error: { code, message, hint } }, answer);
    }
    return context.html(messagePage(message, hint, null), answer);
  });
}
