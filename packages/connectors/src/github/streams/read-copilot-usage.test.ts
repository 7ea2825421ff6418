import type { AdjutantError } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMemoryStore } from '../__fixtures__/memory-store.ts';
import type { TwinCopilotUse } from '../testing/data/copilot.ts';
import { createGithubData } from '../testing/data/github-data.ts';
import { startGithubTwin } from '../testing/start-github-twin.ts';

const hourMs = 3_600_000;
const now = Date.parse('2026-05-12T09:00:00Z');
const days = ['2026-05-06', '2026-05-07', '2026-05-08', '2026-05-09', '2026-05-10', '2026-05-11'];

/** An organization in which six people use Copilot, five of them in one team. */
async function startWorld({
  seats = 6,
  people = 6,
}: {
  seats?: number | null;
  people?: number;
} = {}) {
  const clock = createFakeClock(now);
  const data = createGithubData();
  const organization = data.addOrganization('acme');
  const actors = Array.from({ length: people }, (_, at) => {
    const actor = data.addActor({ login: `person-${at}` });
    data.addMember(organization, actor);
    return actor;
  });
  const large = data.addTeam(organization, { slug: 'large', members: actors.slice(0, 5) });
  data.addTeam(organization, { slug: 'small', members: actors.slice(4) });
  const copilot = data.addCopilot(organization, seats);
  const use = (at: number, more: Partial<TwinCopilotUse> = {}): TwinCopilotUse => {
    const actor = actors[at];
    if (actor === undefined) throw new Error('No such person.');
    return { actor, interactions: 10 + at, linesAdded: 100 + at, usedChat: true, ...more };
  };
  const everybody = actors.map((_, at) => use(at));
  for (const day of days) data.setCopilotDay(organization, day, everybody, actors);
  const twin = await startGithubTwin({ data, clock });
  onTestFinished(() => twin.close());
  const config = {
    organization: 'acme',
    baseUrl: twin.url,
    token: twin.token,
    copilotUsage: true,
    since: '2026-05-06',
  };
  const store = createMemoryStore(config, clock);
  const usage = () => store.rows().filter((row) => row.startsWith('aiUsageDays '));
  const of = (day: string) => usage().filter((row) => row.includes(`"${day}"`));
  const gaps = () => store.gaps().filter(({ stream }) => stream === 'copilot_usage');
  const codes = () => gaps().map(({ code }) => code);
  const asked = (name: string) =>
    twin.requests.flatMap(({ path, query }) => (path.endsWith(name) ? [query['day'] ?? ''] : []));
  return {
    clock,
    data,
    organization,
    actors,
    large,
    copilot,
    twin,
    config,
    store,
    use,
    usage,
    of,
    gaps,
    codes,
    asked,
  };
}

describe('days of Copilot', () => {
  it('are read with the teams that people were in, and nothing is missing', async () => {
    const { store, usage, of, codes, actors, large } = await startWorld();
    const { errors } = await store.pass();
    expect(errors).toEqual([]);
    expect(usage()).toHaveLength(days.length * 6);
    const [first, ...others] = of('2026-05-07').map(
      (row) => JSON.parse(row.slice(row.indexOf('{'))) as unknown,
    );
    expect(first).toEqual({
      source: 'github',
      accountExternalId: String(actors[0]?.id),
      day: '2026-05-07',
      tool: 'copilot',
      interactions: 10,
      suggestions: 0,
      suggestionsAccepted: 0,
      linesAdded: 100,
      linesDeleted: 0,
      usedAgent: false,
      usedChat: true,
      usedCli: false,
      creditsUsed: null,
      groupExternalIds: [`team:${large.id}`],
    });
    // The small team has fewer than five people: GitHub's report leaves it out.
    expect(others.at(-1)).toMatchObject({ groupExternalIds: [] });
    expect(codes()).toEqual([]);
  });

  it('are fetched from the other host without the credential', async () => {
    const { store, twin } = await startWorld();
    await store.pass();
    expect(twin.reportHost.requests.length).toBeGreaterThan(10);
    const sent = JSON.stringify(twin.reportHost.requests);
    expect(sent).not.toContain(twin.token);
    expect(sent).not.toMatch(/"(?:authorization|cookie|x-github[^"]*)":/);
  });

  it('are read only where the configuration asks, and removed when it no longer does', async () => {
    const { twin, clock, config, store, usage, asked } = await startWorld();
    const off = createMemoryStore({ ...config, copilotUsage: false }, clock);
    await off.pass();
    expect(twin.requests.filter(({ path }) => path.includes('copilot'))).toEqual([]);
    await store.pass();
    expect(usage()).not.toEqual([]);
    for (const [key, place] of store.places) {
      for (const [id, record] of place.records) off.places.get(key)?.records.set(id, record);
    }
    const before = asked('users-1-day').length;
    await off.pass();
    expect(off.rows().filter((row) => row.startsWith('aiUsageDays '))).toEqual([]);
    expect(asked('users-1-day')).toHaveLength(before);
  });
});

describe('a later pass', () => {
  it('asks nothing within six hours, then the days that still settle and new ones', async () => {
    const { store, clock, data, organization, asked, twin, use, of } = await startWorld();
    await store.pass();
    const before = asked('users-1-day').length;
    clock.advance(hourMs);
    await store.pass();
    expect(asked('users-1-day')).toHaveLength(before);
    clock.advance(23 * hourMs);
    // Late news of a day that was read, and a day that is new.
    data.setCopilotDay(organization, '2026-05-10', [use(0, { linesAdded: 7 }), use(1)]);
    data.setCopilotDay(organization, '2026-05-12', [use(2)]);
    twin.requests.length = 0;
    const { errors } = await store.pass();
    expect(errors).toEqual([]);
    expect(asked('users-1-day')).toEqual([...days.slice(2), '2026-05-12']);
    expect(of('2026-05-10')).toHaveLength(2);
    expect(of('2026-05-10')[0]).toContain('"linesAdded":7');
    expect(of('2026-05-12')).toHaveLength(1);
    expect(of('2026-05-06')).toHaveLength(6);
  });

  it('goes on after the day at which the last one was cut off', async () => {
    const { store, asked, usage } = await startWorld();
    let batches = 0;
    while ((await store.pass({ stopAfter: 4 })).batches >= 4) batches += 1;
    expect(batches).toBeGreaterThan(1);
    expect(usage()).toHaveLength(days.length * 6);
    expect(new Set(asked('users-1-day'))).toEqual(new Set(days));
  });

  it('asks again for a day that had no report, and keeps what a report no longer shows', async () => {
    const { store, clock, copilot, data, organization, use, gaps, codes, of } = await startWorld();
    copilot.days.delete('2026-05-07');
    await store.pass();
    expect(gaps()).toMatchObject([{ code: 'copilot_days_missing', affectedCount: 1 }]);
    expect(gaps()[0]?.message).toContain('2026-05-07');
    data.setCopilotDay(organization, '2026-05-07', [use(3)]);
    copilot.days.delete('2026-05-10');
    clock.advance(24 * hourMs);
    await store.pass();
    expect(of('2026-05-07')).toHaveLength(1);
    expect(of('2026-05-10')).toHaveLength(6);
    expect(codes()).toEqual([]);
  });
});

describe('where there are no reports', () => {
  it.each([
    ['forbidden', 'copilot_not_permitted', /Organization Copilot metrics: read.*policy/s],
    ['unknown', 'copilot_not_available', /Business or Enterprise/],
    ['switched_off', 'copilot_reports_off', /policy "Copilot usage metrics"/],
    ['nothing_yet', 'copilot_no_reports', /asked for again/],
  ] as const)('%s is a state with a way out, and no error', async (access, code, words) => {
    const { store, copilot, clock, gaps, codes, usage } = await startWorld();
    copilot.access = access;
    const { errors } = await store.pass();
    expect(errors).toEqual([]);
    expect(gaps()).toMatchObject([{ code, touches: ['ai_usage_day'] }]);
    expect(gaps()[0]?.message).toMatch(words);
    // Once it is put right, the next pass reads, however soon.
    copilot.access = 'given';
    clock.advance(1_000);
    await store.pass();
    expect(codes()).toEqual([]);
    expect(usage()).toHaveLength(days.length * 6);
  });

  it('four licences are too few, and nothing is asked of anybody', async () => {
    const { store, gaps, usage, asked } = await startWorld({ seats: 4 });
    await store.pass();
    expect(gaps()).toMatchObject([{ code: 'copilot_too_few_people', affectedCount: 4 }]);
    expect(usage()).toEqual([]);
    expect(asked('users-1-day')).toEqual([]);
  });

  it.each([
    [4, ['copilot_too_few_people'], 0],
    [5, [], 30],
  ])(
    'where licences cannot be seen, %i people who used it decide',
    async (people, gapCodes, rows) => {
      const { store, codes, usage } = await startWorld({ seats: null, people });
      await store.pass();
      expect(codes()).toEqual(gapCodes);
      expect(usage()).toHaveLength(rows);
    },
  );

  it.each([
    'the latest report has no files',
    'the latest report is empty',
    'a link to it is refused',
    'it does not count people',
  ])('where licences cannot be seen and %s, nothing is read of anybody', async (how) => {
    const { twin, clock, config, asked } = await startWorld({ seats: null });
    const store = createMemoryStore(config, clock, async (input, init) => {
      const response = await fetch(input, init);
      const { url } = new Request(input);
      const isFile = url.startsWith(twin.reportHost.url);
      if (how.endsWith('no files') && url.includes('organization-28-day')) {
        return Response.json({ download_links: [], report_end_day: days.at(-1) });
      }
      if (!isFile || how.endsWith('no files')) return response;
      if (how.endsWith('refused')) return new Response('Signature not valid', { status: 403 });
      const text = await response.text();
      return new Response(
        how.endsWith('empty') ? '' : text.replaceAll('monthly_active_users', 'other'),
      );
    });
    const { errors } = await store.pass();
    expect(errors).toEqual([]);
    expect(store.gaps().filter(({ stream }) => stream === 'copilot_usage')).toMatchObject([
      { code: how.endsWith('no files') ? 'copilot_no_reports' : 'copilot_people_unknown' },
    ]);
    expect(store.rows().filter((row) => row.startsWith('aiUsageDays '))).toEqual([]);
    expect(asked('users-1-day')).toEqual([]);
  });

  it('reports without teams count for no team, and say so', async () => {
    const { store, copilot, gaps, of } = await startWorld();
    copilot.reportsTeams = false;
    await store.pass();
    expect(gaps()).toMatchObject([{ code: 'copilot_teams_unknown', affectedCount: days.length }]);
    expect(of('2026-05-07')[0]).toContain('"groupExternalIds":null');
  });

  it('teams that were read once stay when a later report comes without them', async () => {
    const { store, copilot, clock, data, organization, use, large, gaps, codes, of } =
      await startWorld();
    await store.pass();
    copilot.reportsTeams = false;
    data.setCopilotDay(organization, '2026-05-10', [use(0, { linesAdded: 7 })]);
    data.setCopilotDay(organization, '2026-05-12', [use(0)]);
    clock.advance(24 * hourMs);
    await store.pass();
    await store.pass();
    expect(of('2026-05-10')).toHaveLength(6);
    expect(of('2026-05-10')[0]).toContain(`"groupExternalIds":["team:${large.id}"]`);
    expect(of('2026-05-12')[0]).toContain('"groupExternalIds":null');
    expect(gaps()).toMatchObject([
      { code: 'copilot_days_kept', affectedCount: 4 },
      { code: 'copilot_teams_unknown', affectedCount: 1 },
    ]);
    // Long after these days have settled the teams are reported again.
    copilot.reportsTeams = true;
    clock.advance(9 * 24 * hourMs);
    data.setCopilotDay(organization, '2026-05-20', [use(0)]);
    await store.pass();
    expect(of('2026-05-10')).toHaveLength(1);
    expect(of('2026-05-10')[0]).toContain('"linesAdded":7');
    expect(of('2026-05-12')[0]).not.toContain('"groupExternalIds":null');
    expect(codes()).toEqual(['copilot_days_missing']);
  });

  it('a day of which some lines could not be read is asked for again', async () => {
    const { store, twin, clock, codes, of } = await startWorld();
    twin.reportHost.faults.push({ status: 200, body: '' }, { status: 200, body: '<html>' });
    await store.pass();
    const before = of('2026-05-06').length;
    expect(before).toBeLessThan(6);
    expect(codes()).toEqual(['copilot_days_broken']);
    clock.advance(9 * 24 * hourMs);
    await store.pass();
    expect(of('2026-05-06')).toHaveLength(6);
  });
});

describe('what goes wrong with a report', () => {
  it('fails for a while, asks to wait in words nobody knows, or breaks off: it is asked again', async () => {
    const { store, twin, usage } = await startWorld();
    twin.reportHost.faults.push(
      { status: 503 },
      { status: 429, headers: { 'retry-after': 'soon, perhaps' } },
      { status: 200, headers: { 'content-length': '5000' }, body: '{"user_', breaksOff: true },
    );
    const { errors } = await store.pass();
    expect(errors).toEqual([]);
    expect(usage()).toHaveLength(days.length * 6);
  });

  it('a link that has run out is asked for anew', async () => {
    const { store, twin, usage, asked } = await startWorld();
    twin.reportHost.faults.push({ status: 403, body: 'Signature not valid' });
    await store.pass();
    expect(usage()).toHaveLength(days.length * 6);
    expect(asked('users-1-day')).toHaveLength(days.length + 1);
  });

  it('a host that stays away ends the pass with an error, without the link in it', async () => {
    const { store, twin, usage } = await startWorld();
    twin.reportHost.faults.push(...Array.from({ length: 5 }, () => ({ status: 500 })));
    const { errors } = await store.pass();
    expect(errors).toMatchObject([{ code: 'Upstream', retryable: true }]);
    expect(told(errors)).not.toContain('sig=');
    await store.pass();
    expect(usage()).toHaveLength(days.length * 6);
  });

  it('lines that cannot be read do not take away what was read before', async () => {
    const { store, twin, clock, gaps, of } = await startWorld();
    await store.pass();
    clock.advance(24 * hourMs);
    twin.reportHost.faults.push({ status: 200, body: '<html>Sign in</html>' });
    await store.pass();
    expect(gaps()).toMatchObject([{ code: 'copilot_days_broken', affectedCount: 1 }]);
    expect(of('2026-05-08')).toHaveLength(6);
  });

  it.each(['without files', 'without rows'])(
    'a report %s takes nothing of what is known',
    async (how) => {
      const { twin, clock, config } = await startWorld();
      let isEmpty = false;
      const store = createMemoryStore(config, clock, async (input, init) => {
        const { url } = new Request(input);
        const isUsers = isEmpty && url.includes('users-1-day') && url.includes('2026-05-10');
        const response = await fetch(input, init);
        if (!isUsers) return response;
        const link = twin.reportHost.publish('');
        return Response.json({ download_links: how === 'without files' ? [] : [link] });
      });
      const of = () => store.rows().filter((row) => row.startsWith('aiUsageDays ')).length;
      await store.pass();
      expect(of()).toBe(days.length * 6);
      isEmpty = true;
      clock.advance(24 * hourMs);
      const { errors } = await store.pass();
      expect(errors).toEqual([]);
      expect(of()).toBe(days.length * 6);
    },
  );

  it('a link to a host that GitHub does not name is never asked', async () => {
    const { store, twin, clock, config } = await startWorld();
    const hosts: string[] = [];
    const moved: typeof fetch = async (input, init) => {
      hosts.push(new URL(new Request(input).url).host);
      const response = await fetch(input, init);
      const text = await response.text();
      const body = text.replaceAll(twin.reportHost.url, 'https://reports.example.com');
      const headers = new Headers(response.headers);
      headers.delete('content-length');
      return new Response(response.status === 204 ? null : body, {
        status: response.status,
        headers,
      });
    };
    const elsewhere = createMemoryStore(config, clock, moved);
    const { errors } = await elsewhere.pass();
    expect(told(errors)).toContain('reports.example.com');
    expect(new Set(hosts)).toEqual(new Set([new URL(twin.url).host]));
    expect((await store.pass()).errors).toEqual([]);
  });

  it('a redirect from a report leads nowhere', async () => {
    const { store, twin } = await startWorld();
    const location = `${twin.url}/user`;
    const redirect = { status: 302, headers: { location } };
    twin.reportHost.faults.push(redirect, redirect, redirect, redirect, redirect);
    const { errors } = await store.pass();
    expect(errors).toMatchObject([{ code: 'Upstream' }]);
    expect(twin.requests.filter(({ path }) => path === '/user')).toEqual([]);
  });
});

function told(errors: readonly AdjutantError[]): string {
  return errors.map(({ message, hint }) => `${message} ${hint}`).join('\n');
}
