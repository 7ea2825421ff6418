export { allRoutes } from './api/all-routes.ts';
export { openApiDocument } from './api/open-api.ts';
export type { AuthenticateHost } from './auth/authenticate-request.ts';
export {
  createJwtVerifier,
  type JwtVerifierOptions,
  type TokenClaims,
  type TokenOwner,
} from './auth/jwt-verifier.ts';
export type { ProtectedResource } from './auth/protected-resource-options.ts';
export type { RateLimits } from './auth/rate-limits.ts';
export type { Principal, Scope, SignedInPerson, TokenBearer } from './auth/principal.ts';
export type { TokenVerifier } from './auth/token-verifier.ts';
export { createGateway } from './create-gateway.ts';
export { findLocalPage, type FoundPage } from './find-page.ts';
export type { Gateway, GatewayOptions } from './gateway-options.ts';
export { actionLink, pageLink } from './page-link.ts';
export { changeAddress } from './identity-change.ts';
export type {
  SetupCheck,
  SetupField,
  SetupResult,
  SetupStep,
  SetupSteps,
  SetupValues,
} from './setup/setup-steps.ts';
export {
  defaultPagePort,
  serveGateway,
  type ServedGateway,
  type ServeGatewayOptions,
} from './serve-gateway.ts';
export type { OidcClaims, OidcOptions } from './sign-in/oidc-options.ts';
export { createSlackHandler, type SlackHandlerOptions } from './slack-handler.ts';
export type { TrustedProxies } from './trusted-proxies.ts';
export type { BodyGate, BodyLimits, GatedBody } from './body-gate.ts';
export { createWebhookHandler, type WebhookHandlerOptions } from './webhook-handler.ts';
export {
  createGatewayMetrics,
  type GatewayMetrics,
  type GatewayMetricsOptions,
  type ObservedRequest,
  type ObservedWebhook,
} from './metrics/gateway-metrics.ts';
