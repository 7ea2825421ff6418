import type { z } from 'zod';
import { type LocatedYaml, type Problem, valueAt } from './located-yaml.ts';

/** How the problems of one kind of file are worded. */
export interface Wording {
  /** A place of the file as messages name it. */
  nameOf(this: void, path: readonly PropertyKey[]): string;
  /** What to write instead of a key that there is not. */
  keyHint(this: void, key: string, path: readonly PropertyKey[]): string;
  /** What to do about a value that is wrong. */
  valueHint: string;
}

/** Returns what zod found as problems with their places. */
export function describeIssue(
  issue: z.core.$ZodIssue,
  document: LocatedYaml,
  wording: Wording,
  above: readonly PropertyKey[] = [],
): Problem[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      ...document.placeOfKey([...path, key]),
      message: `${wording.nameOf(path)} has the unknown key "${key}"`,
      hint: wording.keyHint(key, path),
    }));
  }
  if (issue.code === 'invalid_union') {
    // The form that was meant is the one in which something further inside is wrong.
    const meant = issue.errors.find((issues) =>
      issues.every((inner) => inner.path.length > 0 || inner.code === 'unrecognized_keys'),
    );
    const chosen = meant ?? issue.errors[0] ?? [];
    return chosen.flatMap((inner) => describeIssue(inner, document, wording, path));
  }
  const isMissing = valueAt(document.value, path) === undefined;
  const wrong = issue.message.startsWith('Invalid input') ? 'is not understood' : issue.message;
  const message = isMissing ? `is missing; it ${wrong}` : wrong;
  return [
    {
      ...document.placeOf(path),
      message: `${wording.nameOf(path)} ${message}`,
      hint: wording.valueHint,
    },
  ];
}
