import { fakeWorkspace } from '../testing/fake-workspace.ts';
import { describe, expect, it } from 'vitest';
import { callFake } from '../testing/call-fake.ts';
import { getTeamOverview } from './get-team-overview.ts';

describe('get_team_overview', () => {
  it('shows the team with figures, gaps and the worker', async () => {
    const answer = await callFake('get_team_overview', {});
    expect(getTeamOverview.outputSchema.parse(answer.structured)).toEqual(answer.structured);
    expect(answer.text).toMatchInlineSnapshot(`
      "as_of: 2026-10-30T09:30Z
      synced_at: 2026-10-30T08:30Z
      gaps:
      code	message	affected
      squash_author_time	Squash merges carry no author time of their own; coding time is unknown for them.	12
      team: Payments
      teams: payments
      from: 2026-10-02T09:30Z
      to: 2026-10-30T09:30Z
      humans: 6
      coding_agents: 1
      service_bots: 1
      open_work: 58
      oldest_open_hours: 1176
      metrics:
      metric_id	unit	value	p90	sample_size	caveats
      lead_time	hours	31.25	144.13	38	Three pull requests have no deployment yet; they are not counted.
      throughput	hours	31.25	144.13	38	Three pull requests have no deployment yet; they are not counted.
      repositories:
      name	merge_style	commits	merged	last_commit_hours_ago
      service-0	squash	840	120	5
      service-1	squash	841	121	5
      service-2	squash	842	122	5
      service-3	squash	843	123	5
      service-4	squash	844	124	5
      repositories_total: 5
      next_cursor: -
      worker.running: false
      worker.start: adjutant sync --every 15m"
    `);
  });

  it('pages through many repositories and says how many there are', async () => {
    const workspace = fakeWorkspace({ repositories: 60 });
    const first = await callFake('get_team_overview', {}, workspace);
    const page = getTeamOverview.outputSchema.parse(first.structured);
    expect(page.repositories).toHaveLength(25);
    expect(page.repositories_total).toBe(60);
    const cursor = page.next_cursor;
    const next = await callFake('get_team_overview', { cursor }, workspace);
    const names = getTeamOverview.outputSchema.parse(next.structured).repositories;
    expect(names.map(({ name }) => name)).toEqual(
      Array.from({ length: 25 }, (_, index) => `service-${index + 25}`),
    );
  });
});
