import { printable } from '../commits/text.ts';
import { eventSchema, instantsOf } from './event-schema.ts';

const mostProblems = 3;
const longestProblem = 500;

/** Returns in words what is wrong with an event; null where nothing is. What is still to come cannot be told of. */
export function problemOf(payload: unknown, latestAt: number): string | null {
  const parsed = eventSchema.safeParse(payload);
  const problems = parsed.success
    ? instantsOf(parsed.data).flatMap(([field, at]) =>
        at !== undefined && at > latestAt ? [`${field}: lies in the future`] : [],
      )
    : parsed.error.issues.map(({ path, message }) => {
        const place = path.map(String).join('.');
        return place === '' ? message : `${place}: ${message}`;
      });
  if (problems.length === 0) return null;
  return printable(problems.slice(0, mostProblems).join('; '), longestProblem);
}
