import { type Adjutant, AdjutantError, silentLogger, systemClock } from '@adjutant/core';
import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { routePath } from 'hono/route';
import { allRoutes } from './api/all-routes.ts';
import { asksApi, createApi } from './api/create-api.ts';
import { openApiDocument } from './api/open-api.ts';
import { type Authentication, authenticateRequest } from './auth/authenticate-request.ts';
import { knownSender, sessionCookieOf } from './auth/known-sender.ts';
import { ownTokenVerifier } from './auth/own-token-verifier.ts';
import { addProtectedResource } from './auth/protected-resource.ts';
import { createRateGuard } from './auth/rate-limits.ts';
import { requireAccess } from './auth/require-access.ts';
import { requirePerson } from './auth/require-person.ts';
import { allForms } from './dashboard/actions/all-forms.ts';
import { mountForm } from './dashboard/actions/mount-form.ts';
import { allPages } from './dashboard/all-pages.ts';
import { addLiveRoute } from './dashboard/live/live-route.ts';
import { addMetricDownload } from './dashboard/metric-download.ts';
import { mountPage } from './dashboard/mount-page.ts';
import { createBodyGate } from './body-gate.ts';
import { addFailures } from './failure.ts';
import { fetchInTime } from './fetch-in-time.ts';
import type { GatewayContext } from './gateway-context.ts';
import type { Gateway, GatewayOptions } from './gateway-options.ts';
import type { GatewayVariables } from './gateway-variables.ts';
import { answerHealth } from './health.ts';
import { isRead } from './is-read.ts';
import { keepHandles } from './keep-handles.ts';
import { createGatewayMetrics, type GatewayMetrics } from './metrics/gateway-metrics.ts';
import { comesWithNothing, mountMcp } from './mount-mcp.ts';
import { createRememberingRouter } from './remembering-router.ts';
import { checkPageOrigin, requireOwnHost, requireOwnSite } from './request-guard.ts';
import { addDecisionRoutes } from './routes/decision-routes.ts';
import { addIdentityChangeRoutes } from './routes/identity-change-routes.ts';
import { addLinkRoutes } from './routes/link-routes.ts';
import { addOidcRoutes } from './routes/oidc-routes.ts';
import { addPageRoutes } from './routes/page-routes.ts';
import { addPasskeyRoutes } from './routes/passkey-routes.ts';
import { addPasskeySignIn } from './routes/passkey-sign-in-routes.ts';
import { addSessionRoutes, addSignOutRoute } from './routes/session-routes.ts';
import { addSecurityHeaders } from './security-headers.ts';
import { withAddress } from './sender-address.ts';
import { asItCame, shortBody } from './short-body.ts';
import { createWebhookHandler } from './webhook-handler.ts';

/**
 * Returns everything that Adjutant answers over HTTP as one function from `Request` to `Response`:
 * webhooks, MCP, Slack, the API under `/v1`, and the pages. It listens nowhere by itself, so it runs in
 * whatever server a host has; `serveGateway` is the one for Node.
 * @throws AdjutantError `Configuration` for an origin at which passkeys would not work
 */
export function createGateway(adjutant: Adjutant, given: GatewayOptions): Gateway {
  const options = { ...given, addressOf: addressIn(given.addressOf) };
  const { workspaceId, clock = systemClock, logger = silentLogger, version = '0.0.0' } = options;
  const approvers = adjutant.approvers(workspaceId);
  const origin = checkPageOrigin(options.origin, approvers.relyingParty);
  approvers.serveAt(origin);
  const handleOf = keepHandles(adjutant);
  const gateway: GatewayContext = {
    adjutant,
    workspaceId,
    origin,
    approvers,
    clock,
    logger,
    setup: options.setup ?? null,
    workspaceOf: (principal) => handleOf(principal.workspaceId ?? workspaceId, principal.viewer),
  };
  const authentication = authenticationOf(gateway, options);
  const { guard } = authentication;
  const app = new Hono<GatewayVariables>({ router: createRememberingRouter() });
  const metrics = createGatewayMetrics({
    adjutant,
    clock,
    logger,
    ...(workspaceId === undefined ? {} : { workspaceId }),
  });

  app.use(observed(metrics));
  // What programs elsewhere call comes first: a signature stands for them, and no page of ours.
  addProgramRoutes(app, gateway, options, metrics);
  // Whoever is not known, for whatever reason, is a stranger: this answers whenever the process does.
  app.get('/health', async (context) => {
    const sender = authenticateRequest(context.req.raw, authentication);
    return answerHealth(gateway, version, await sender.catch(() => null));
  });
  app.use(fromHereAndShort(origin));
  app.get('/openapi.json', (context) =>
    context.json(openApiDocument(allRoutes, { origin, version })),
  );
  addProtectedResource(app, origin, options.protectedResource);
  addPasskeySignIn(app, gateway, options, guard);
  addOidcRoutes(app, gateway, options, guard);
  addSessionRoutes(app, gateway, options.installation ?? null, providerName(options.oidc));
  mountMcp(app, gateway, options, authentication);
  app.use(asKnownSender(authentication));
  addMetrics(app, metrics);
  app.use('/api/*', peopleOnly);
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
  addIdentityChangeRoutes(app, gateway);
  app.notFound(() => {
    throw new AdjutantError('NotFound', 'There is no such page.', { hint: 'Go to the start.' });
  });
  addFailures(app, logger);
  const api = createApi(gateway, { authentication, metrics }, (request) => app.fetch(request));
  return {
    origin,
    fetch: fetchInTime((request) => (asksApi(request) ? api : app).fetch(request), options),
    async close() {
      endLive();
      await metrics.close();
    },
  };
}

function addProgramRoutes(
  app: Hono<GatewayVariables>,
  { adjutant, clock, logger }: GatewayContext,
  { workspaceId, slack, addressOf = () => null }: GatewayOptions,
  metrics: GatewayMetrics,
): void {
  const receive = createWebhookHandler({
    webhooks: adjutant.webhooks(workspaceId),
    onAnswer: (source, outcome) => metrics.observeWebhook({ source, outcome }),
    logger,
    addressOf,
    bodies: createBodyGate(clock),
  });
  app.all('/webhooks/:source', (context) => receive(context.req.raw));
  if (slack === undefined) return;
  app.all('/slack/:route', ({ req }) => slack(withAddress(req.raw, addressOf(req.raw))));
}

/**
 * Lets in what this page, or a program, sends to this very address, and no long body; and says to the
 * browser what it may do with the answer.
 */
function fromHereAndShort(origin: string) {
  return createMiddleware<GatewayVariables>(async (context, next) => {
    const request = context.req.raw;
    (comesWithNothing(request) ? requireOwnHost : requireOwnSite)(request, origin);
    const answered = await (isRead(request.method) ? next() : shortBody(context, next));
    if (context.get('hasHeaders') !== true) addSecurityHeaders(context);
    return answered;
  });
}

/** Counts every request under its route, never under its path. */
function observed(metrics: GatewayMetrics) {
  return createMiddleware<GatewayVariables>(async (context, next) => {
    const startedAt = performance.now();
    await next();
    metrics.observeRequest({
      route: routePath(context, -1),
      method: context.req.method,
      status: context.res.status,
      seconds: (performance.now() - startedAt) / 1_000,
    });
  });
}

function addMetrics(app: Hono<GatewayVariables>, metrics: GatewayMetrics): void {
  app.get('/metrics', async (context) => {
    const access = { role: 'member', scope: 'metrics', agents: false } as const;
    requireAccess(context.get('principal'), access);
    return context.body(await metrics.text(), 200, { 'content-type': metrics.contentType });
  });
}

/** Whatever was made of a request on the way, the address is that of the one that came in. */
function addressIn(addressOf: GatewayOptions['addressOf']): (request: Request) => string | null {
  return (request) => addressOf?.(asItCame(request)) ?? null;
}

function authenticationOf(
  { adjutant, origin, approvers, clock }: GatewayContext,
  { workspaceId, authenticate, addressOf, limits, tokens = [] }: GatewayOptions,
): Authentication {
  const guard = createRateGuard(clock, limits);
  const verifiers = [ownTokenVerifier(adjutant, workspaceId), ...tokens];
  return { origin, approvers, authenticate, tokens: verifiers, guard, addressOf };
}

/** What the pages' own script calls is for people alone, whatever a route asks first. */
const peopleOnly = createMiddleware<GatewayVariables>(async (context, next) => {
  requirePerson(context.get('principal'));
  return next();
});

/** What the button calls the provider. */
function providerName(oidc: GatewayOptions['oidc']): string | null {
  return oidc === undefined ? null : (oidc.name ?? new URL(oidc.issuer).host);
}

/** Lets in whoever is known, and tells what comes behind who it is. */
function asKnownSender(authentication: Authentication) {
  return createMiddleware<GatewayVariables>(async (context, next) => {
    const request = context.req.raw;
    const principal = await knownSender(request, authentication);
    context.set('principal', principal);
    context.set('cookie', sessionCookieOf(request, principal, authentication.origin));
    return next();
  });
}
