import type { StreamState } from '@adjutant/core';
import { z } from 'zod';

const daysSchema = z.array(z.iso.date()).max(1_000).catch([]);
const stateSchema = z.object({
  /** The newest day that was asked for. */
  readTo: z.iso.date().nullable().catch(null),
  /** Where a pass that is not over has come to, and when it began. */
  pass: z.object({ day: z.iso.date(), startedAt: z.number() }).nullable().catch(null),
  /** When all there was had been read. @unit epoch milliseconds */
  checkedAt: z.number().nullable().catch(null),
  /** Days without a report, without teams, and with rows that nobody can read. */
  missing: daysSchema,
  withoutTeams: daysSchema,
  broken: daysSchema,
  /** Days whose record stayed as it was, because the newer report came without teams. */
  keptTeams: daysSchema,
});
export type CopilotUsageState = z.infer<typeof stateSchema>;

const start: CopilotUsageState = {
  readTo: null,
  pass: null,
  checkedAt: null,
  missing: [],
  withoutTeams: [],
  broken: [],
  keptTeams: [],
};

/** Returns where reading stands; the start where nothing was read, or in another form. */
export function readCopilotUsageState(state: StreamState | null): CopilotUsageState {
  const parsed = stateSchema.safeParse(state ?? start);
  return parsed.success ? parsed.data : start;
}

/** Returns the state once a day has been asked for. */
export function withDay(
  state: CopilotUsageState,
  day: string,
  found: { isMissing: boolean; hasTeams: boolean; isBroken: boolean; keepsTeams: boolean },
  startedAt: number,
): CopilotUsageState {
  return {
    ...state,
    pass: { day, startedAt },
    readTo: state.readTo === null || day > state.readTo ? day : state.readTo,
    missing: withOrWithout(state.missing, day, found.isMissing),
    withoutTeams: withOrWithout(state.withoutTeams, day, !found.hasTeams),
    broken: withOrWithout(state.broken, day, found.isBroken),
    keptTeams: withOrWithout(state.keptTeams, day, found.keepsTeams),
  };
}

/** Returns the state without what it says of days before one. */
export function withinDays(state: CopilotUsageState, first: string): CopilotUsageState {
  const within = (days: readonly string[]): string[] => days.filter((day) => day >= first);
  return {
    ...state,
    missing: within(state.missing),
    withoutTeams: within(state.withoutTeams),
    broken: within(state.broken),
    keptTeams: within(state.keptTeams),
  };
}

function withOrWithout(days: readonly string[], day: string, isIn: boolean): string[] {
  const others = days.filter((other) => other !== day);
  return isIn ? [...others, day].toSorted() : others;
}
