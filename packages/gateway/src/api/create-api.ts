import { Hono } from 'hono';
import { addFailures } from '../failure.ts';
import type { GatewayContext } from '../gateway-context.ts';
import type { GatewayVariables } from '../gateway-variables.ts';
import { createRememberingRouter } from '../remembering-router.ts';
import { allRoutes } from './all-routes.ts';
import { mountRoute, type Reception } from './mount-route.ts';

/** Also what may stand for `v1` in other letters: the router reads them. */
const apiAddress = /^https?:\/\/[^/?#]+\/(?:v1\/|[^/?#]*%)/;

/** Returns whether a request is for the API. Looked at with every request, so the address is not taken apart. */
export function asksApi({ url }: Request): boolean {
  return apiAddress.test(url);
}

/** Returns all routes under `/v1`; what is not among them is answered as everything else is. */
export function createApi(
  gateway: GatewayContext,
  reception: Reception,
  answerElse: (request: Request) => Response | Promise<Response>,
): Hono<GatewayVariables> {
  const api = new Hono<GatewayVariables>({ router: createRememberingRouter() });
  for (const route of allRoutes) mountRoute(api, route, gateway, reception);
  api.notFound((context) => answerElse(context.req.raw));
  addFailures(api, gateway.logger);
  return api;
}
