import type { z } from 'zod';
import type { AssistantHandle } from './assistant-handle.ts';
import type { ToolScope } from './call-scopes.ts';
import type { Question, ToolCall } from './tool-call.ts';

/** What a tool does to the world. Every hint is stated: a client assumes the worst of one left out. */
export interface ToolAnnotations {
  readOnlyHint: boolean;
  destructiveHint: boolean;
  idempotentHint: boolean;
  openWorldHint: boolean;
}

/** One MCP tool: it parses, calls the SDK and formats. It holds no rule and no query. */
export interface ToolDefinition<
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodObject = z.ZodObject,
> {
  name: string;
  /** What a token needs to see it and call it: what the route asks that answers the same. */
  scope: ToolScope;
  title: string;
  /** What it answers and when to use it; part of what every conversation pays for. */
  description: string;
  inputSchema: Input;
  outputSchema: Output;
  annotations: ToolAnnotations;
  /** What a token needs for one call, where some calls take more than the tool itself. */
  scopeOf?(input: z.output<Input>): ToolScope;
  handler(
    input: z.output<Input>,
    workspace: AssistantHandle,
    call: ToolCall,
  ): Promise<z.input<Output>>;
  /** A form that the person is shown first, where the client can show one and the caller may propose. */
  question?(
    input: z.output<Input>,
    workspace: AssistantHandle,
    call: ToolCall,
  ): Promise<Question | null>;
}

/** The annotations of a tool that only reads rows already stored. */
export const readsStoredRows: ToolAnnotations = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};

/** Returns the definition unchanged; types the handler by its two schemas. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: ToolDefinition<Input, Output>,
): ToolDefinition<Input, Output> {
  return definition;
}
