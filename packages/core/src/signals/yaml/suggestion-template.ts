import type { SuggestedAction } from '../../domain/signal.ts';
import type { Subject } from './rule-variables.ts';

/** What a suggestion may say of a subject: how it is named, and nothing that somebody wrote. */
const keyFields: Readonly<Record<string, (subject: Subject) => string | number | null>> = {
  key: ({ key }) => key,
  id: ({ id }) => id,
  repository: ({ repository }) => repository,
  number: ({ key }) => numberIn(key),
};
const placeholder = /\{([^{}]*)\}/g;
const deepest = 5;
const mostCharacters = 4_000;
const mostValueCharacters = 300;

type Filled = { value: unknown } | null;
type Fill = (subject: Subject) => Filled;

/** Where in the payload something is wrong, beside what it is. */
export class SuggestionError extends Error {
  readonly path: readonly string[];
  readonly hint: string;

  constructor(message: string, path: readonly string[], hint: string) {
    super(message);
    this.name = 'SuggestionError';
    this.path = path;
    this.hint = hint;
  }
}

export interface SuggestionForm {
  type: string;
  payload: Readonly<Record<string, unknown>>;
  why: string;
}

/**
 * Returns a suggestion as a function of a subject; null where the subject lacks what its payload names.
 * @throws SuggestionError
 */
export function suggestionTemplate({
  type,
  payload,
  why,
}: SuggestionForm): (subject: Subject) => SuggestedAction | null {
  if (JSON.stringify(payload).length > mostCharacters) {
    const message = `has more than ${mostCharacters} characters`;
    throw new SuggestionError(message, [], 'Say less.');
  }
  const fills = Object.entries(payload).map(([name, value]): [string, Fill] => [
    name,
    fillOf(value, [name]),
  ]);
  return (subject) => {
    const filled: [string, unknown][] = [];
    for (const [name, fill] of fills) {
      const value = fill(subject);
      if (value === null) return null;
      filled.push([name, value.value]);
    }
    return { type, payload: Object.fromEntries(filled), why };
  };
}

function fillOf(value: unknown, path: readonly string[]): Fill {
  if (path.length > deepest) throw new SuggestionError('is nested too deeply', path, 'Say less.');
  if (typeof value === 'string') return fillText(value, path);
  if (Array.isArray(value)) {
    const fills = value.map((entry, at) => fillOf(entry, [...path, String(at)]));
    return (subject) => {
      const filled = fills.map((fill) => fill(subject));
      return filled.includes(null) ? null : { value: filled.map((entry) => entry?.value) };
    };
  }
  if (typeof value !== 'object' || value === null) return () => ({ value });
  const fills = Object.entries(value).map(([name, entry]): [string, Fill] => [
    name,
    fillOf(entry, [...path, name]),
  ]);
  return (subject) => {
    const filled = fills.map(([name, fill]): [string, Filled] => [name, fill(subject)]);
    if (filled.some(([, entry]) => entry === null)) return null;
    return { value: Object.fromEntries(filled.map(([name, entry]) => [name, entry?.value])) };
  };
}

function fillText(text: string, path: readonly string[]): Fill {
  for (const [, name = ''] of text.matchAll(placeholder)) {
    if (Object.hasOwn(keyFields, name)) continue;
    const hint = `There are ${Object.keys(keyFields)
      .map((known) => `{${known}}`)
      .join(', ')}.`;
    throw new SuggestionError(`names the unknown field "${name.slice(0, 60)}"`, path, hint);
  }
  const [whole, only] = /^\{([^{}]*)\}$/.exec(text) ?? [];
  // A field alone keeps its type: the number of a pull request is a number.
  if (whole !== undefined) {
    return (subject) => {
      const value = keyFields[only ?? '']?.(subject) ?? null;
      return value === null ? null : { value: bounded(value) };
    };
  }
  return (subject) => {
    let isKnown = true;
    const filled = text.replaceAll(placeholder, (_, name: string) => {
      const value = keyFields[name]?.(subject) ?? null;
      if (value === null) isKnown = false;
      return String(bounded(value ?? ''));
    });
    return isKnown ? { value: filled } : null;
  };
}

function bounded(value: string | number): string | number {
  return typeof value === 'number' ? value : value.slice(0, mostValueCharacters);
}

function numberIn(key: string): number | null {
  const [, digits] = /#(\d{1,9})$/.exec(key) ?? [];
  return digits === undefined ? null : Number(digits);
}
