import type { Adjutant } from '@adjutant/core';
import type { MetricSet, Viewer } from '@adjutant/core/domain';
import type { AssistantHandle } from '../assistant-handle.ts';
import type { ToolDefinition } from '../define-tool.ts';
import { createReadTexts } from '../read-texts.ts';
import { createMcpServer } from '../server.ts';
import { tools as allTools } from '../tools/index.ts';
import { guardedHandler } from './guarded-handler.ts';
import type { HttpGuardOptions, HttpHandler } from './http-options.ts';

/** Returns what one viewer may see; `adjutant.workspace(id)` is one. */
export interface ViewedWorkspace {
  as(viewer: Viewer): AssistantHandle;
}

/** The workspace of a request, where a host has several. It is asked when the first tool needs rows. */
export type ResolveWorkspace = (
  request: Request,
  viewer: Viewer,
) => ViewedWorkspace | Promise<ViewedWorkspace>;

export interface AdjutantHttpOptions extends HttpGuardOptions {
  version: string;
  metrics: MetricSet;
  /** The tools to serve instead of all. */
  tools?: readonly ToolDefinition[];
}

/**
 * Returns a handler that answers MCP over HTTP, for a host to mount: `Request` in, `Response` out.
 * It serves the tools that stdio serves, to clients of revision 2026-07-28 and of the 2025 revisions,
 * and keeps nothing between requests but which outside texts an assistant was shown. The host
 * authenticates; what a tool writes (a proposal, a report) is written as whom the host says it is.
 * @throws AdjutantError `Configuration` for options that can never work
 */
export function createAdjutantHttpHandler(
  adjutant: Pick<Adjutant, 'workspace'> | ResolveWorkspace,
  options: AdjutantHttpOptions,
): HttpHandler {
  const resolve = typeof adjutant === 'function' ? adjutant : () => adjutant.workspace();
  const reads = createReadTexts();
  return guardedHandler(options, {
    tools: options.tools ?? allTools,
    createServer: (request, viewer, scopes) =>
      createMcpServer({
        ...options,
        reads,
        scopes,
        open: async () => (await resolve(request, viewer)).as(viewer),
      }),
  });
}
