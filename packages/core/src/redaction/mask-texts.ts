import type { TextRedactor } from './create-text-redactor.ts';

/** How much was masked. */
export interface MaskedCount {
  secrets: number;
  personalData: number;
}

/**
 * Returns JSON with every text in it masked, each by itself and names of members as well, and how
 * much that was. What has nothing to hide comes back as it was.
 */
export function maskTexts(
  value: unknown,
  redactor: TextRedactor,
): { value: unknown; masked: MaskedCount } {
  const masked: MaskedCount = { secrets: 0, personalData: 0 };
  const maskText = (text: string): string => {
    const found = redactor.find(text);
    if (found.length === 0) return text;
    for (const { kind } of found) masked[kind === 'secret' ? 'secrets' : 'personalData'] += 1;
    return redactor.redact(text);
  };
  const mask = (part: unknown): unknown => {
    if (typeof part === 'string') return maskText(part);
    if (Array.isArray(part)) return part.map(mask);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([name, member]) => [maskText(name), mask(member)]),
    );
  };
  return { value: mask(value), masked };
}
