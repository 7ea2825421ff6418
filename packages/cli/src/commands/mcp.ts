import { guardStdout, serveAdjutantStdio } from '@adjutant/mcp-server';
import { createJsonLogger } from '@adjutant/core/ports';
import { allMetrics } from '@adjutant/metrics';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { openForAssistant } from '../open-for-assistant.ts';
import { readVersion } from '../version.ts';

/** `adjutant mcp`: serves until the client goes. Standard output carries protocol and nothing else. */
export const mcp: Command = async (context) => {
  guardStdout();
  const { io, secrets } = context;
  const write = (line: string): void => io.stderr.write(line);
  const store = openForAssistant(context);
  const server = serveAdjutantStdio({
    open: store.open,
    version: readVersion(),
    metrics: allMetrics,
    logger: createJsonLogger({ write, level: 'warn', secrets, clock: context.clock }),
  });
  io.signal.addEventListener('abort', () => void server.close(), { once: true });
  await server.closed;
  await store.close();
  return exitCodes.ok;
};
