type Schema = Record<string, unknown>;

/** Returns name, type and notes of each field of a JSON Schema, nested ones under their path. */
export function fieldRows(schema: Schema, path = ''): [string, string, string][] {
  const required = listOf(schema['required']);
  return Object.entries(schemaOf(schema['properties'])).flatMap(([name, value]) => {
    const field = schemaOf(value);
    const isList = 'items' in field;
    const inner = isList ? schemaOf(field['items']) : field;
    const fullName = `${path}${name}${isList ? '[]' : ''}`;
    const note = required.includes(name) ? ['required', ...notes(field)] : notes(field);
    const row: [string, string, string] = [`\`${fullName}\``, typeWords(inner), note.join('; ')];
    return [row, ...fieldRows(inner, `${fullName}.`)];
  });
}

function typeWords(schema: Schema): string {
  if ('enum' in schema) {
    return listOf(schema['enum'])
      .map((value) => `\`${value}\``)
      .join(', ');
  }
  if ('additionalProperties' in schema) {
    return `values by name: ${typeWords(schemaOf(schema['additionalProperties']))}`;
  }
  if (schema['format'] === 'date') return 'day (YYYY-MM-DD)';
  const types = listOf(schema['type']).map((type) => (type === 'string' ? 'text' : type));
  return types.join(' or ');
}

function notes({ description, minimum, maximum }: Schema): string[] {
  const range =
    typeof minimum === 'number' && typeof maximum === 'number' ? [`${minimum} to ${maximum}`] : [];
  return typeof description === 'string' ? [...range, description] : range;
}

function schemaOf(value: unknown): Schema {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value))
    : {};
}

function listOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
}
