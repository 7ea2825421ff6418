/** As much of a JSON schema as inputs of ours are described with. */
export interface InputSchema {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: InputSchema[];
  oneOf?: InputSchema[];
  properties?: Record<string, InputSchema>;
  items?: InputSchema;
}

/** Returns something of the kind that a schema takes, with every member in it that the schema names. */
export function sampleOf(schema: InputSchema): unknown {
  const [first] = schema.anyOf ?? schema.oneOf ?? [];
  if (first !== undefined) return sampleOf(first);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.type === 'array') return [sampleOf(schema.items ?? {})];
  if (schema.type === 'integer' || schema.type === 'number') return 1;
  if (schema.type === 'boolean') return false;
  if (schema.type !== 'object') return 'something';
  const entries = Object.entries(schema.properties ?? { text: { type: 'string' } });
  return Object.fromEntries(entries.map(([name, inner]) => [name, sampleOf(inner)]));
}
