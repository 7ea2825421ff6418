import type { WorkspaceHandle } from '@adjutant/core';
import type { z } from 'zod';
import type { Principal } from '../auth/principal.ts';
import type { Access } from '../auth/require-access.ts';
import type { GatewayContext } from '../gateway-context.ts';

export type RouteMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a handler is given: everything parsed, and the workspace as whoever asks sees it. */
export interface RouteCall<Parameters, Query, Body> {
  parameters: Parameters;
  query: Query;
  body: Body;
  handle: WorkspaceHandle;
  principal: Principal;
  gateway: GatewayContext;
}

/** Another form of an answer, for whoever asks for it. */
export interface TextForm<Query, Answer> {
  mediaType: 'text/markdown';
  isWanted(this: void, query: Query): boolean;
  render(this: void, answer: Answer): string;
}

/** One route under `/v1`: who may use it, what it takes, what it answers, and the one call behind it. */
export interface RouteDefinition<
  Parameters = unknown,
  Query = unknown,
  Body = unknown,
  Answer = unknown,
> {
  /** Unique: `projects.create`. It names the operation in `/openapi.json`. */
  id: string;
  method: RouteMethod;
  /** With parameters in braces, as OpenAPI writes them: `/v1/projects/{id}`. */
  path: string;
  /** What it returns or does, in one sentence. */
  summary: string;
  access: Access;
  parameters?: z.ZodType<Parameters>;
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
  /** The status of success; 204 answers nothing. */
  status: 200 | 201 | 202 | 204;
  /** What success answers, exactly; null for 204. */
  answer: z.ZodType<Answer> | null;
  text?: TextForm<Query, Answer>;
  handle(this: void, call: RouteCall<Parameters, Query, Body>): Promise<NoInfer<Answer>>;
}

/** A route of whatever kind, as lists of them hold it. */
export type AnyRoute = RouteDefinition;

/**
 * Returns the definition unchanged; infers what its handler is given, and what it has to return, from
 * its schemas.
 */
export function defineRoute<Parameters, Query, Body, Answer>(
  definition: RouteDefinition<Parameters, Query, Body, Answer>,
): AnyRoute {
  return definition;
}
