import type { McpServer, ServerContext } from '@modelcontextprotocol/server';
import { CLIENT_INFO_META_KEY } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { boundedText } from './answer/bounded-text.ts';
import type { Progress, ToolCall } from './tool-call.ts';

const nameMaxCharacters = 80;
const envelopeSchema = z.object({ [CLIENT_INFO_META_KEY]: z.object({ name: z.string() }) });

/** Returns what a handler may know of a request. */
export function toolCallOfRequest(server: McpServer['server'], context: ServerContext): ToolCall {
  const { mcpReq } = context;
  // oxlint-disable-next-line typescript/no-deprecated -- The sessions of 2025 say it nowhere else.
  const client = clientOfEnvelope(mcpReq.envelope) ?? server.getClientVersion();
  return {
    signal: mcpReq.signal,
    client: boundedText(client?.name ?? 'unknown', nameMaxCharacters),
    progress: progressOf(context),
  };
}

function clientOfEnvelope(sent: unknown): { name: string } | undefined {
  // The sessions of 2025 have none, and a failed parse costs more than the question.
  if (sent === undefined) return undefined;
  const envelope = envelopeSchema.safeParse(sent);
  return envelope.success ? envelope.data[CLIENT_INFO_META_KEY] : undefined;
}

/** A client that sent no token has not asked, and is told nothing. */
function progressOf({ mcpReq }: ServerContext): Progress {
  const { _meta: meta } = mcpReq;
  const progressToken = meta?.progressToken;
  return {
    every(milliseconds, message) {
      if (progressToken === undefined) return { stop: () => undefined };
      let progress = 0;
      const timer = setInterval(() => {
        progress += 1;
        const params = { progressToken, progress, message };
        // A client that has gone is told nothing; the call itself ends by its signal.
        void mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined);
      }, milliseconds);
      return { stop: () => clearInterval(timer) };
    },
  };
}
