import { describe, expect, it } from 'vitest';
import { dayTotalsOf } from './day-totals.ts';
import { joinUsage } from './join-usage.ts';
import { readReportRows } from './report-rows.ts';

const day = '2026-05-07';
const users = [
  {
    user_id: 1001,
    user_login: 'alpha',
    day,
    organization_id: '999',
    user_initiated_interaction_count: 50,
    code_generation_activity_count: 40,
    code_acceptance_activity_count: 12,
    loc_added_sum: 88,
    loc_deleted_sum: 3,
    used_chat: true,
    used_agent: true,
    used_cli: false,
    ai_credits_used: 12.5,
  },
  { user_id: 1002, user_login: 'beta', day, code_acceptance_activity_count: 7, loc_added_sum: 24 },
];
const teams = [
  { user_id: 1001, user_login: 'alpha', day, team_id: 42, slug: 'frontend' },
  { user_id: 1001, user_login: 'alpha', day, team_id: 43, slug: 'backend' },
  { user_id: 1002, user_login: 'beta', day, team_id: 42, slug: 'frontend' },
];

/** What the join is for: sums by team, as the published recipe makes them. */
function linesByTeam(people: ReturnType<typeof joinUsage>['people']): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { teamIds, linesAdded } of people) {
    for (const team of teamIds ?? []) sums[team] = (sums[team] ?? 0) + (linesAdded ?? 0);
  }
  return sums;
}

describe('a day of people joined with the teams of that day', () => {
  it('counts each person in every team, by the published example', () => {
    const { people, unreadable } = joinUsage(day, users, teams);
    expect(unreadable).toBe(0);
    expect(linesByTeam(people)).toEqual({ 42: 112, 43: 88 });
    expect(people[0]).toEqual({
      account: { id: '1001', login: 'alpha', type: 'User' },
      interactions: 50,
      suggestions: 40,
      suggestionsAccepted: 12,
      linesAdded: 88,
      linesDeleted: 3,
      usedAgent: true,
      usedChat: true,
      usedCli: false,
      creditsUsed: 12.5,
      teamIds: ['42', '43'],
    });
  });

  it('leaves unknown what a report does not say, and never makes it nothing', () => {
    const [, beta] = joinUsage(day, users, null).people;
    expect(beta).toMatchObject({ suggestions: null, usedAgent: null, creditsUsed: null });
    expect(beta?.teamIds).toBeNull();
    const odd = [{ ...users[0], loc_added_sum: -4, ai_credits_used: 'many' }];
    expect(joinUsage(day, odd, null).people[0]).toMatchObject({
      linesAdded: null,
      creditsUsed: null,
      interactions: 50,
    });
  });

  it('is in no team who stands in no row, and takes no row of another day', () => {
    const other = { ...users[0], day: '2026-05-06', loc_added_sum: 1_000 };
    const { people } = joinUsage(day, [...users, other], [{ ...teams[0], day: '2026-05-06' }]);
    expect(people.map(({ linesAdded, teamIds }) => [linesAdded, teamIds])).toEqual([
      [88, []],
      [24, []],
    ]);
  });

  it('is the same in any order and with rows told twice', () => {
    const straight = joinUsage(day, users, teams);
    const turned = joinUsage(day, [...users, ...users].toReversed(), [...teams, ...teams]);
    expect(turned).toEqual(straight);
  });

  it('counts rows of a form that nobody knows', () => {
    const { people, unreadable } = joinUsage(day, [users[0], { user_id: 'x' }, 7, null], null);
    expect(people).toHaveLength(1);
    expect(unreadable).toBe(3);
  });
});

describe('reports of one day and of 28', () => {
  it('give the same days, flat or wrapped', () => {
    const wrapped = { user_id: 1, day_totals: [{ day, loc_added_sum: 3 }] };
    expect(dayTotalsOf({ user_id: 1, day, loc_added_sum: 3 })).toEqual(dayTotalsOf(wrapped));
    expect(dayTotalsOf('no row')).toEqual([]);
  });
});

describe('the lines of a report', () => {
  it('are read one by one, also as one list, and broken ones are counted', async () => {
    expect(await readReportRows('{"a":1}\r\n\n{"a":2}')).toEqual({
      rows: [{ a: 1 }, { a: 2 }],
      broken: 0,
    });
    expect(await readReportRows(' [{"a":1},\n{"a":2}]')).toEqual({
      rows: [{ a: 1 }, { a: 2 }],
      broken: 0,
    });
    expect(await readReportRows('{"a":1}\n{"a":')).toEqual({ rows: [{ a: 1 }], broken: 1 });
    expect(await readReportRows('')).toEqual({ rows: [], broken: 0 });
  });
});
