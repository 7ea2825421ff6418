import { serveStdio, StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { lazily } from './lazily.ts';
import { type AdjutantServerOptions, createAdjutantServer } from './server.ts';
import { guardStdout } from './stdout-guard.ts';

/** A server on this process's standard input and output. */
export interface StdioServer {
  /** Resolves when the client has gone or `close` was called; then the store may be closed. */
  closed: Promise<void>;
  close(): Promise<void>;
}

/** Serves MCP on standard input and output, to clients of every revision of the protocol. */
export function serveAdjutantStdio(options: AdjutantServerOptions): StdioServer {
  const transport = new StdioServerTransport(process.stdin, guardStdout());
  let finish = (): void => undefined;
  const closed = new Promise<void>((resolve) => {
    finish = resolve;
  });
  process.stdin.once('end', finish).once('close', finish);
  // A client may open with a probe that is answered by an instance of its own: one store serves all.
  const open = lazily(options.open);
  const handle = serveStdio(() => createAdjutantServer({ ...options, open }), {
    transport,
    onerror: (error) => options.logger?.log('warn', 'mcp transport', { name: error.name }),
  });
  return {
    closed,
    async close() {
      await handle.close();
      finish();
    },
  };
}
