/** As much of a JSON schema as inputs of ours are described with. */
export interface InputSchema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: InputSchema[];
  oneOf?: InputSchema[];
  allOf?: InputSchema[];
  properties?: Record<string, InputSchema>;
  additionalProperties?: boolean | InputSchema;
  items?: InputSchema;
  prefixItems?: InputSchema[];
}

/**
 * Returns something of each kind that a schema takes: one for each of its alternatives, at every depth, each
 * with every member in it that the schema names and one that it would take by any name.
 */
export function samplesOf(schema: InputSchema): unknown[] {
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) return alternatives.flatMap(samplesOf);
  if (schema.allOf !== undefined) return together(schema.allOf.map(samplesOf));
  if (schema.const !== undefined) return [schema.const];
  if (schema.enum !== undefined) return schema.enum.slice(0, 1);
  const types = [schema.type ?? (schema.properties === undefined ? 'string' : 'object')].flat();
  return types.flatMap((type) => samplesOfType(type, schema));
}

function samplesOfType(type: string, schema: InputSchema): unknown[] {
  if (type === 'null') return [null];
  if (type === 'integer' || type === 'number') return [1];
  if (type === 'boolean') return [false];
  if (type === 'array' && schema.prefixItems !== undefined) {
    return [schema.prefixItems.map((item) => samplesOf(item)[0])];
  }
  if (type === 'array') return samplesOf(schema.items ?? {}).map((item) => [item]);
  return type === 'object' ? samplesOfObject(schema) : ['something'];
}

function samplesOfObject({ properties, additionalProperties }: InputSchema): unknown[] {
  const others = additionalProperties ?? properties === undefined;
  const any = others === true ? {} : others;
  const members = Object.entries({ ...properties, ...(any === false ? {} : { text: any }) });
  const samples = members.map(([name, schema]) => [name, samplesOf(schema)] as const);
  const whole = Object.fromEntries(samples.map(([name, [first]]) => [name, first]));
  const variants = samples.flatMap(([name, [, ...further]]) =>
    further.map((sample) => ({ ...whole, [name]: sample })),
  );
  return [whole, ...variants];
}

/** What takes all of several schemas has the members of all. */
function together(parts: unknown[][]): unknown[] {
  return [Object.assign({}, ...parts.map(([first]) => first))];
}
