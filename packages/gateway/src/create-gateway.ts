import { type Adjutant, AdjutantError, silentLogger, systemClock } from '@adjutant/core';
import { createAdjutantHttpHandler } from '@adjutant/mcp-server/http';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { allRoutes } from './api/all-routes.ts';
import { mountRoute } from './api/mount-route.ts';
import { openApiDocument } from './api/open-api.ts';
import { type Authentication, authenticateRequest } from './auth/authenticate-request.ts';
import type { Principal } from './auth/principal.ts';
import { allForms } from './dashboard/actions/all-forms.ts';
import { mountForm } from './dashboard/actions/mount-form.ts';
import { allPages } from './dashboard/all-pages.ts';
import { addLiveRoute } from './dashboard/live/live-route.ts';
import { addMetricDownload } from './dashboard/metric-download.ts';
import { mountPage } from './dashboard/mount-page.ts';
import { addFailures } from './failure.ts';
import type { GatewayContext } from './gateway-context.ts';
import type { Gateway, GatewayOptions } from './gateway-options.ts';
import type { GatewayVariables } from './gateway-variables.ts';
import { answerHealth } from './health.ts';
import { checkPageOrigin, refusedSite } from './request-guard.ts';
import { longestBodyBytes } from './routes/answers.ts';
import { addDecisionRoutes } from './routes/decision-routes.ts';
import { addLinkRoutes } from './routes/link-routes.ts';
import { addPageRoutes } from './routes/page-routes.ts';
import { addPasskeyRoutes } from './routes/passkey-routes.ts';
import { addSessionRoutes, addSignOutRoute } from './routes/session-routes.ts';
import { securityHeaders } from './security-headers.ts';
import { csrfTokenOf, hasCsrfToken, readCookie } from './session-cookie.ts';
import { createSlackHandler } from './slack-handler.ts';
import { createWebhookHandler } from './webhook-handler.ts';

/**
 * Returns everything that Adjutant answers over HTTP as one function from `Request` to `Response`:
 * webhooks, MCP, Slack, the API under `/v1`, and the pages. It listens nowhere by itself, so it runs in
 * whatever server a host has; `serveGateway` is the one for Node.
 * @throws AdjutantError `Configuration` for an origin at which passkeys would not work
 */
export function createGateway(adjutant: Adjutant, options: GatewayOptions): Gateway {
  const { workspaceId, clock = systemClock, logger = silentLogger, version = '0.0.0' } = options;
  const approvers = adjutant.approvers(workspaceId);
  const origin = checkPageOrigin(options.origin, approvers.relyingParty);
  approvers.serveAt(origin);
  const gateway: GatewayContext = {
    adjutant,
    origin,
    approvers,
    clock,
    logger,
    setup: options.setup ?? null,
    as: (viewer) => adjutant.workspace(workspaceId).as(viewer),
    workspaceOf: (principal) =>
      adjutant.workspace(principal.workspaceId ?? workspaceId).as(principal.viewer),
  };
  const { authenticate, tokens = [] } = options;
  const authentication: Authentication = { origin, approvers, authenticate, tokens };
  const app = new Hono<GatewayVariables>();

  // What programs elsewhere call comes first: a signature stands for them, and no page of ours.
  addProgramRoutes(app, gateway, options);
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
  app.get('/health', async () => answerHealth(gateway, version));
  app.get('/openapi.json', (context) =>
    context.json(openApiDocument(allRoutes, { origin, version })),
  );
  addSessionRoutes(app, gateway, options.installation ?? null);
  addMcp(app, gateway, options, authentication);
  app.use(knownSender(authentication));
  for (const route of allRoutes) mountRoute(app, route, gateway);
  addMetricDownload(app, gateway);
  for (const page of allPages) mountPage(app, page, gateway);
  for (const form of allForms) mountForm(app, form, gateway);
  const endLive = addLiveRoute(app, gateway, (request) =>
    authenticateRequest(request, authentication),
  );
  addSignOutRoute(app, gateway);
  addPageRoutes(app, gateway);
  addDecisionRoutes(app, gateway);
  addPasskeyRoutes(app, gateway);
  addLinkRoutes(app, gateway);
  app.notFound(() => {
    throw new AdjutantError('NotFound', 'There is no such page.', { hint: 'Go to the start.' });
  });
  addFailures(app, logger);
  return { origin, fetch: async (request) => app.fetch(request), close: endLive };
}

function addProgramRoutes(
  app: Hono<GatewayVariables>,
  { adjutant, logger }: GatewayContext,
  { workspaceId, slack, run }: GatewayOptions,
): void {
  const receive = createWebhookHandler({ webhooks: adjutant.webhooks(workspaceId), logger });
  app.all('/webhooks/:source', (context) => receive(context.req.raw));
  if (slack === undefined) return;
  const answer = createSlackHandler({ desk: slack, logger, ...(run === undefined ? {} : { run }) });
  app.all('/slack/:route', (context) => answer(context.req.raw));
}

/** MCP over HTTP, for whoever may have an assistant: with a token, or in the host's own session. */
function addMcp(
  app: Hono<GatewayVariables>,
  { adjutant, logger, origin, workspaceOf }: GatewayContext,
  { mcp }: GatewayOptions,
  authentication: Authentication,
): void {
  if (mcp === undefined) return;
  const principals = new WeakMap<Request, Principal>();
  const handler = createAdjutantHttpHandler(
    (request, viewer) => {
      const principal = principals.get(request);
      const workspaceId = principal?.workspaceId;
      return principal === undefined
        ? adjutant.workspace()
        : { as: () => workspaceOf({ ...principal, viewer, workspaceId } as Principal) };
    },
    {
      ...mcp,
      logger,
      allowedHosts: [new URL(origin).hostname],
      allowedOrigins: [origin],
      async authenticate(request) {
        const principal = await authenticateRequest(request, authentication).catch(() => null);
        if (principal === null) return null;
        if (principal.kind === 'token' && !principal.scopes.includes('mcp')) return null;
        principals.set(request, principal);
        return principal.viewer;
      },
    },
  );
  app.all('/mcp', (context) => handler(context.req.raw));
}

/** Lets in whom somebody vouches for; and takes a change of a browser only with its session's token. */
function knownSender(authentication: Authentication) {
  const { origin } = authentication;
  return createMiddleware<GatewayVariables>(async (context, next) => {
    const principal = await authenticateRequest(context.req.raw, authentication);
    if (principal === null) {
      throw new AdjutantError('Authentication', 'You are not signed in.', {
        hint: 'Run "adjutant approvals link" in a terminal and open what it prints; it works once.',
        audience: 'caller',
      });
    }
    const isRead = context.req.method === 'GET' || context.req.method === 'HEAD';
    const cookie = readCookie(origin, context.req.header('cookie'));
    const isOwnSession = principal.kind === 'signed_in' && principal.proof.kind === 'page_session';
    if (
      isOwnSession &&
      !isRead &&
      !hasCsrfToken(cookie ?? '', context.req.header('x-adjutant-csrf'))
    ) {
      throw new AdjutantError('Permission', 'This did not come from the page that you opened.', {
        hint: 'Reload the page and try again.',
      });
    }
    context.set('principal', principal);
    context.set('csrf', isOwnSession && cookie !== null ? csrfTokenOf(cookie) : '');
    return next();
  });
}
