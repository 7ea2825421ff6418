import { AdjutantError, silentLogger } from '@adjutant/core/ports';
import type { Viewer } from '@adjutant/core/domain';
import { createMcpHandler, type McpServer } from '@modelcontextprotocol/server';
import { type HeldScopes, missingScope } from '../call-scopes.ts';
import type { ToolDefinition } from '../define-tool.ts';
import { prompts } from '../prompts/index.ts';
import { failureFields } from '../tool-error.ts';
import { agentViewer } from './agent-viewer.ts';
import { allowOnly } from './allowed-sites.ts';
import type { HttpGuardOptions, HttpHandler } from './http-options.ts';
import { insufficientScope } from './insufficient-scope.ts';
import { readMessage } from './read-message.ts';
import { refusedBatch } from './refused-batch.ts';
import { refusal } from './refusal.ts';
import { refusedForm } from './request-form.ts';

const defaultMaxBodyBytes = 262_144;

/** What a request is answered by. */
export interface GuardedServers {
  tools: readonly ToolDefinition[];
  createServer(this: void, request: Request, viewer: Viewer, scopes: HeldScopes): McpServer;
}

/**
 * Returns a handler that lets in whom the host knows and answers each request with a server of its
 * own: nothing is kept from one to the next. Both eras of the protocol are served.
 */
export function guardedHandler(
  options: HttpGuardOptions,
  { tools, createServer }: GuardedServers,
): HttpHandler {
  const { authenticate, logger = silentLogger } = options;
  const challenge = headerValue(options.challenge ?? 'Bearer');
  const resourceMetadata = metadataAddress(options.resourceMetadata);
  const refusedSite = allowOnly(options);
  const maxBodyBytes = bodyLimit(options.maxBodyBytes);
  const onerror = (error: Error): void => {
    logger.log('warn', 'mcp request', { name: error.name });
  };

  const answer: HttpHandler = async (request) => {
    const refused = refusedSite(request) ?? refusedForm(request);
    if (refused !== null) return refused;
    const known = await authenticate(request);
    if (known === null) {
      return refusal(401, 'Not authenticated.', { 'www-authenticate': challenge });
    }
    const { viewer: person, scopes } =
      'scopes' in known ? known : { viewer: known, scopes: 'all' as const };
    const viewer = agentViewer(person);
    const read = await readMessage(request, maxBodyBytes);
    if ('refused' in read) return read.refused;
    const { message } = read;
    const batch = refusedBatch(message, request.headers.get('mcp-protocol-version'));
    if (batch !== null) return batch;
    const missing = missingScope(message, scopes, { tools, prompts });
    if (missing !== null) return insufficientScope(missing, scopes, resourceMetadata);
    const serve = () => createServer(request, viewer, scopes);
    return createMcpHandler(serve, { onerror }).fetch(request, { parsedBody: message });
  };

  return async (request) => {
    try {
      return notStored(await answer(request));
    } catch (error) {
      logger.log('error', 'mcp request failed', failureFields(error));
      return notStored(refusal(500, 'Internal server error.'));
    }
  };
}

/** Every answer depends on who asked; what may be kept, and for how long, the protocol says inside. */
function notStored(response: Response): Response {
  const isStream = response.headers.get('content-type') === 'text/event-stream';
  response.headers.set('cache-control', isStream ? 'no-store, no-transform' : 'no-store');
  response.headers.set('x-content-type-options', 'nosniff');
  return response;
}

function headerValue(challenge: string): string {
  // What the header's grammar allows and no line of its own.
  if (/^[\x20-\x7e]+$/.test(challenge)) return challenge;
  throw new AdjutantError('Configuration', 'challenge must be one line of visible characters.');
}

function metadataAddress(address: string | undefined): string | undefined {
  // In quotes in a header, where an address as it is normalised can end nothing.
  if (address === undefined || URL.parse(address)?.href === address) return address;
  throw new AdjutantError('Configuration', 'resourceMetadata must be a whole address.', {
    hint: 'Give it as in https://mcp.example.com/.well-known/oauth-protected-resource/mcp.',
  });
}

function bodyLimit(maxBodyBytes = defaultMaxBodyBytes): number {
  if (Number.isSafeInteger(maxBodyBytes) && maxBodyBytes > 0) return maxBodyBytes;
  throw new AdjutantError('Configuration', 'maxBodyBytes must be a positive whole number.');
}
