import { z } from 'zod';
import type { AiUsageOfPerson } from '../map/ai-usage-payload.ts';
import { dayTotalsOf } from './day-totals.ts';

const idSchema = z
  .union([z.number().int().positive(), z.string().regex(/^\d{1,20}$/)])
  .transform(String);
/** A number that cannot be is one that nobody told. */
const count = z.number().int().nonnegative().nullish().catch(null);
const flag = z.boolean().nullish().catch(null);

const userRowSchema = z.object({
  user_id: idSchema,
  user_login: z.string().min(1),
  day: z.iso.date().nullish(),
  user_initiated_interaction_count: count,
  code_generation_activity_count: count,
  code_acceptance_activity_count: count,
  loc_added_sum: count,
  loc_deleted_sum: count,
  used_agent: flag,
  used_chat: flag,
  used_cli: flag,
  ai_credits_used: z.number().nonnegative().nullish().catch(null),
});
const teamRowSchema = z.object({
  user_id: idSchema,
  day: z.iso.date().nullish(),
  team_id: idSchema,
});

export interface JoinedUsage {
  /** By their numbers, each once. */
  people: AiUsageOfPerson[];
  /** Rows of a form that nobody knows. */
  unreadable: number;
}

/**
 * Returns what each person did on a day, with the teams that they were in on that day. Pure. Rows of
 * other days are left out. `teamRows` is null where no report says who was in which team; a team of
 * fewer than five people with Copilot stands in none.
 */
export function joinUsage(
  day: string,
  userRows: readonly unknown[],
  teamRows: readonly unknown[] | null,
): JoinedUsage {
  let unreadable = 0;
  const read = <Row extends { day?: string | null | undefined }>(
    rows: readonly unknown[],
    schema: z.ZodType<Row>,
  ): Row[] =>
    rows.flatMap((row) => {
      const days = dayTotalsOf(row);
      if (days.length === 0) unreadable += 1;
      return days.flatMap((one): Row[] => {
        const parsed = schema.safeParse(one);
        if (!parsed.success) unreadable += 1;
        return parsed.success && (parsed.data.day ?? day) === day ? [parsed.data] : [];
      });
    });
  const teams = teamRows === null ? null : teamsByUser(read(teamRows, teamRowSchema));
  const people = new Map<string, AiUsageOfPerson>();
  for (const row of read(userRows, userRowSchema)) {
    people.set(row.user_id, {
      account: { id: row.user_id, login: row.user_login, type: typeOf(row.user_login) },
      interactions: row.user_initiated_interaction_count ?? null,
      suggestions: row.code_generation_activity_count ?? null,
      suggestionsAccepted: row.code_acceptance_activity_count ?? null,
      linesAdded: row.loc_added_sum ?? null,
      linesDeleted: row.loc_deleted_sum ?? null,
      usedAgent: row.used_agent ?? null,
      usedChat: row.used_chat ?? null,
      usedCli: row.used_cli ?? null,
      creditsUsed: row.ai_credits_used ?? null,
      teamIds: teams === null ? null : [...(teams.get(row.user_id) ?? [])].toSorted(byNumber),
    });
  }
  const inOrder = [...people.entries()].toSorted(([a], [b]) => byNumber(a, b));
  return { people: inOrder.map(([, person]) => person), unreadable };
}

function teamsByUser(
  rows: readonly z.infer<typeof teamRowSchema>[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const teams = new Map<string, Set<string>>();
  for (const { user_id: user, team_id: team } of rows) {
    const known = teams.get(user);
    if (known === undefined) teams.set(user, new Set([team]));
    else known.add(team);
  }
  return teams;
}

function typeOf(login: string): 'Bot' | 'User' {
  return login.endsWith('[bot]') ? 'Bot' : 'User';
}

function byNumber(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
