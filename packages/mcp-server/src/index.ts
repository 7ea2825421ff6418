export {
  defineTool,
  readsStoredRows,
  type ToolAnnotations,
  type ToolDefinition,
} from './define-tool.ts';
export { serveAdjutantStdio, type StdioServer } from './serve-stdio.ts';
export { createAdjutantServer, type AdjutantServerOptions } from './server.ts';
export { guardStdout } from './stdout-guard.ts';
export { tools } from './tools/index.ts';
