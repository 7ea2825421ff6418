import type {
  CallToolResult,
  InputRequiredResult,
  McpServer,
  ReadResourceResult,
  Resource,
  ResourceTemplateType,
  ServerContext,
  Tool,
} from '@modelcontextprotocol/server';

/** A tool as a server lists and calls it. */
export interface ServedTool {
  name: string;
  /** Made when tools are first listed: a start needs none of it. */
  advertised(): Tool;
  call(input: unknown, context: ServerContext): Promise<CallToolResult | InputRequiredResult>;
}

/** Resources as a server lists and reads them. */
export interface ServedResources {
  list: readonly Resource[];
  templates: readonly ResourceTemplateType[];
  /** Returns null for a URI of somebody else's. */
  read(uri: string, context: ServerContext): Promise<ReadResourceResult | null>;
}

/**
 * What a server answers with beside Adjutant's own: the protocol's test suite asks for tools,
 * resources and prompts of its own, and is answered by the same server as everybody else.
 */
export interface ServerExtension {
  tools: readonly ServedTool[];
  resources: ServedResources;
  register(mcp: McpServer): void;
}
