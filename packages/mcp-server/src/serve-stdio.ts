import { once } from 'node:events';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { lazily } from './lazily.ts';
import { createReadTexts } from './read-texts.ts';
import { createMcpServer } from './server.ts';
import type { AdjutantServerOptions } from './server-options.ts';
import { StdioTransport } from './stdio-transport.ts';
import { guardStdout } from './stdout-guard.ts';

/** A server on this process's standard input and output. */
export interface StdioServer {
  /** Resolves when the client has gone or `close` was called; then the store may be closed. */
  closed: Promise<void>;
  close(): Promise<void>;
}

/** Serves MCP on standard input and output, to clients of every revision of the protocol. */
export function serveAdjutantStdio(options: AdjutantServerOptions): StdioServer {
  const transport = new StdioTransport(process.stdin, guardStdout());
  const ended = new AbortController();
  const closed = once(ended.signal, 'abort').then(() => undefined);
  const end = (): void => ended.abort();
  process.stdin.once('end', end).once('close', end);
  // A client may open with a probe that is answered by an instance of its own: one store serves all.
  const open = lazily(options.open);
  const reads = options.reads ?? createReadTexts();
  const handle = serveStdio(() => createMcpServer({ ...options, open, reads }), {
    transport,
    onerror: (error) => options.logger?.log('warn', 'mcp transport', { name: error.name }),
  });
  return {
    closed,
    async close() {
      await handle.close();
      end();
    },
  };
}
