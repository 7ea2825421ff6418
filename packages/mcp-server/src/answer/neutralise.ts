import { createTextRedactor } from '@adjutant/core/ports';
import { boundedText } from './bounded-text.ts';

const nameMaxCharacters = 80;
// More than is shown of any text, so that what is cut here is cut again.
const mostScanned = 8_000;
// Personal data of actions is masked by core as the policy says; a secret goes to no model at all.
const secretsOnly = createTextRedactor({ level: 'off' });

// Names of states, instants and ids are most of an answer's texts: they hold no secret, and looking
// for one in each of them costs as much as finding the answer. No secret is as short as a number.
const secretFree =
  /^(?:[a-z_]{0,40}|#?\d{1,12}|\d{4}-\d\d-\d\dT[\d:.]{5,15}Z|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/;

/**
 * Returns the same answer with every text in it bounded, harmless and without secrets. It runs over
 * every answer, so that no tool can forget a field.
 */
export function neutralise(answer: object): Record<string, unknown> {
  // Filled by name, an object of many fields becomes a slow one; a copy of a whole one does not.
  const copy: Record<string, unknown> = { ...answer };
  for (const name of Object.keys(copy)) {
    const child = copy[name];
    const shown = harmlessNames.has(name) ? name : harmlessName(name);
    if (shown !== name || child === undefined) delete copy[name];
    if (child !== undefined) copy[shown] = harmless(child);
  }
  return copy;
}

// The fields of our answers are few; those of an action's payload may be anything.
const harmlessNames = new Set<string>();
const mostNames = 1_000;

function harmlessName(name: string): string {
  const shown = shownText(name, nameMaxCharacters);
  if (shown === name && harmlessNames.size < mostNames) harmlessNames.add(name);
  return shown;
}

// Repositories, people and titles come again with every answer about them.
const harmlessTexts = new Set<string>();
const mostKept = 4_000;
const longestKept = 120;

/**
 * Returns one text from outside as it may be told: bounded, harmless and without secrets. What a caller
 * gave is told again by what refuses it, and may be a secret in the wrong field.
 */
export function shownText(text: string, maxCharacters?: number): string {
  return boundedText(withoutSecrets(text), maxCharacters);
}

/** Masked before it is cut, so that no part is left, and after, where what is not seen stood between. */
function withoutSecrets(text: string): string {
  if (secretFree.test(text) || harmlessTexts.has(text)) return text;
  const masked = secretsOnly.redact(text.slice(0, mostScanned));
  const shown = boundedText(masked);
  const clean = shown === masked ? shown : secretsOnly.redact(shown);
  if (clean === text && text.length <= longestKept) {
    if (harmlessTexts.size >= mostKept) harmlessTexts.clear();
    harmlessTexts.add(text);
  }
  return clean;
}

function harmless(value: unknown): unknown {
  if (typeof value === 'string') return withoutSecrets(value);
  if (Array.isArray(value)) return value.map(harmless);
  return typeof value === 'object' && value !== null ? neutralise(value) : value;
}
