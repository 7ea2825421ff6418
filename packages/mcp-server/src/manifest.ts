import { type AdvertisedSchema, advertiseSchema } from './advertise-schema.ts';
import type { ToolAnnotations, ToolDefinition } from './define-tool.ts';

/** A tool as `tools/list` shows it. */
export interface AdvertisedTool {
  name: string;
  title: string;
  description: string;
  inputSchema: AdvertisedSchema;
  outputSchema: AdvertisedSchema;
  annotations: ToolAnnotations;
}

const made = new WeakMap<readonly ToolDefinition[], AdvertisedTool[]>();

/** Returns what `tools/list` answers, made once per registry and on first use. */
export function toolManifest(tools: readonly ToolDefinition[]): AdvertisedTool[] {
  const known = made.get(tools);
  if (known !== undefined) return known;
  const manifest = tools.map(({ name, title, description, annotations, ...tool }) => ({
    name,
    title,
    description,
    inputSchema: advertiseSchema(tool.inputSchema, 'input'),
    outputSchema: advertiseSchema(tool.outputSchema, 'output'),
    annotations,
  }));
  made.set(tools, manifest);
  return manifest;
}
