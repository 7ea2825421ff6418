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

const made = new WeakMap<ToolDefinition, AdvertisedTool>();

/** Returns a tool as `tools/list` answers it, made once and on first use. */
export function advertisedTool(tool: ToolDefinition): AdvertisedTool {
  const known = made.get(tool);
  if (known !== undefined) return known;
  const { name, title, description, annotations } = tool;
  const advertised = {
    name,
    title,
    description,
    inputSchema: advertiseSchema(tool.inputSchema, 'input'),
    outputSchema: advertiseSchema(tool.outputSchema, 'output'),
    annotations,
  };
  made.set(tool, advertised);
  return advertised;
}
