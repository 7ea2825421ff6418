import { createMcpServer } from './server.ts';
import type { AdjutantServerOptions } from './server-options.ts';

/** What a server needs of a transport; those of the MCP SDK have it. */
export interface MessageTransport {
  start(): Promise<void>;
  send(message: object): Promise<void>;
  close(): Promise<void>;
  onclose?(): void;
  onerror?(error: Error): void;
  onmessage?(message: object): void;
}

/** An MCP server that waits for a transport. */
export interface AdjutantServer {
  connect(transport: MessageTransport): Promise<void>;
  close(): Promise<void>;
}

/**
 * Returns an MCP server over one workspace, for a host that brings its own transport. It touches no
 * store, network or credential before the first call.
 */
export function createAdjutantServer(options: AdjutantServerOptions): AdjutantServer {
  return createMcpServer(options);
}
