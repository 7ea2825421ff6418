import { boundedText } from './bounded-text.ts';

const nameMaxCharacters = 80;

/**
 * Returns the same answer with every text in it bounded and harmless. It runs over every answer,
 * so that no tool can forget a field.
 */
export function neutralise(answer: object): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const [name, child] of Object.entries(answer)) {
    if (child !== undefined) copy[boundedText(name, nameMaxCharacters)] = harmless(child);
  }
  return copy;
}

function harmless(value: unknown): unknown {
  if (typeof value === 'string') return boundedText(value);
  if (Array.isArray(value)) return value.map(harmless);
  return typeof value === 'object' && value !== null ? neutralise(value) : value;
}
