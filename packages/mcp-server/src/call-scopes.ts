import { type AccessScope, allowsScope } from '@adjutant/core/domain';
import type { ToolDefinition } from './define-tool.ts';
import type { PromptDefinition } from './prompts/define-prompt.ts';

/** What a tool, a prompt or a resource asks of a token, as the route that answers the same does. */
export type ToolScope = Extract<AccessScope, 'read' | 'propose' | 'report'>;

/** Every resource is read: the team, the definitions of metrics, and `adjutant://actions/{id}`. */
export const resourceScope: ToolScope = 'read';

/** Noting what a person answered in a form moves a proposal on. */
export const answerScope: ToolScope = 'propose';

/** What a caller may ask for; `all` where no token narrows it, as for a person's own process. */
export type HeldScopes = readonly AccessScope[] | 'all';

/** Returns whether a caller may what asks for a scope. */
export function holds(held: HeldScopes, wanted: ToolScope): boolean {
  return held === 'all' || allowsScope(held, wanted);
}

/** Returns the scope that one call of a tool asks for. */
export function scopeOfCall(tool: ToolDefinition, input: unknown): ToolScope {
  if (tool.scopeOf === undefined) return tool.scope;
  const parsed = tool.inputSchema.safeParse(input ?? {});
  // What cannot be called is answered with what is wrong with it, for whoever may call the tool at all.
  return parsed.success ? tool.scopeOf(parsed.data) : tool.scope;
}

/** What somebody asked for without the scope that it takes. */
export interface MissingScope {
  /** Null for a message without an id. */
  id: string | number | null;
  /** As a person reads it. */
  what: string;
  scopes: readonly ToolScope[];
}

interface Served {
  tools: readonly ToolDefinition[];
  prompts: readonly PromptDefinition[];
}

/** Returns what a message, or one of a batch, asks for beyond what its sender holds; null for nothing. */
export function missingScope(
  message: unknown,
  held: HeldScopes,
  served: Served,
): MissingScope | null {
  if (held === 'all') return null;
  for (const one of Array.isArray(message) ? message : [message]) {
    const wanted = wantedBy(one, served);
    if (wanted === null) continue;
    const scopes = wanted.scopes.filter((scope) => !holds(held, scope));
    if (scopes.length > 0) return { id: idOf(one), what: wanted.what, scopes };
  }
  return null;
}

function wantedBy(
  message: unknown,
  { tools, prompts }: Served,
): { what: string; scopes: ToolScope[] } | null {
  if (!isRecord(message)) return null;
  const params = isRecord(message['params']) ? message['params'] : {};
  switch (message['method']) {
    case 'tools/call': {
      const tool = tools.find(({ name }) => name === params['name']);
      if (tool === undefined) return null;
      const scopes = new Set([tool.scope, scopeOfCall(tool, params['arguments'])]);
      return { what: `the tool ${tool.name}`, scopes: [...scopes] };
    }
    case 'prompts/get': {
      const prompt = prompts.find(({ name }) => name === params['name']);
      return prompt === undefined
        ? null
        : { what: `the prompt ${prompt.name}`, scopes: [prompt.scope] };
    }
    case 'resources/read':
    case 'resources/subscribe':
      return { what: 'reading a resource', scopes: [resourceScope] };
    default:
      return null;
  }
}

function idOf(message: unknown): string | number | null {
  const id = isRecord(message) ? message['id'] : null;
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
