import { boundedText } from './bounded-text.ts';

/**
 * Returns the same answer with every text in it bounded and harmless. It runs over every answer,
 * so that no tool can forget a field.
 */
export function neutralise<Value>(value: Value): Value {
  return walk(value) as Value;
}

function walk(value: unknown): unknown {
  if (typeof value === 'string') return boundedText(value);
  if (Array.isArray(value)) return value.map(walk);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [name, child] of Object.entries(value)) {
    if (child !== undefined) copy[boundedText(name, 80)] = walk(child);
  }
  return copy;
}
