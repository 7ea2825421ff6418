import type { WebhookRequest } from './webhook-receiver.ts';

/**
 * Returns what reads a header by its name in small letters. One that is there twice says nothing:
 * which of the two was signed for is anybody's guess.
 */
export function headerReader({ headers }: WebhookRequest): (name: string) => string | null {
  const found = new Map<string, string | null>();
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    const key = name.toLowerCase();
    const only = typeof value === 'string' ? value : value.length === 1 ? value[0] : null;
    found.set(key, found.has(key) ? null : (only ?? null));
  }
  return (name) => found.get(name) ?? null;
}
