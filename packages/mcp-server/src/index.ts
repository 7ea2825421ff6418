export type { AssistantHandle } from './assistant-handle.ts';
export type { HeldScopes, ToolScope } from './call-scopes.ts';
export {
  defineTool,
  readsStoredRows,
  type ToolAnnotations,
  type ToolDefinition,
} from './define-tool.ts';
export { serveAdjutantStdio, type StdioServer } from './serve-stdio.ts';
export {
  type AdjutantServer,
  createAdjutantServer,
  type MessageTransport,
} from './create-adjutant-server.ts';
export type { AdjutantServerOptions } from './server-options.ts';
export { guardStdout } from './stdout-guard.ts';
export { tools } from './tools/index.ts';
