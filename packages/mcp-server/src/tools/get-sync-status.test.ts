import { fakeWorkspace } from '../testing/fake-workspace.ts';
import { describe, expect, it } from 'vitest';
import { callFake } from '../testing/call-fake.ts';
import { getSyncStatus } from './get-sync-status.ts';

describe('get_sync_status', () => {
  it('says how fresh the data is and how to start the worker', async () => {
    const answer = await callFake('get_sync_status', {});
    expect(getSyncStatus.outputSchema.parse(answer.structured)).toEqual(answer.structured);
    expect(answer.text).toMatchInlineSnapshot(`
      "as_of: 2026-10-30T09:30Z
      synced_at: 2026-10-30T08:30Z
      gaps:
      code	message	affected
      squash_author_time	Squash merges carry no author time of their own; coding time is unknown for them.	12
      streams:
      source	scope	stream	complete	synced_hours_ago	last_error
      git	billing-api	commits	true	1	-
      streams_total: 1
      sources:
      source	requests	quota_left	waits_until	notice
      git	0	-	-	-
      next_cursor: -
      rows.commits: 4210
      rows.pull_requests: 58
      refresh: none
      worker.running: false
      worker.start: adjutant sync --every 15m"
    `);
  });

  it('asks the worker once: the second request is already pending', async () => {
    const workspace = fakeWorkspace();
    const states = [];
    for (const input of [{}, { refresh: true }, { refresh: true }, {}]) {
      const { structured } = await callFake('get_sync_status', input, workspace);
      states.push(structured['refresh']);
    }
    expect(states).toEqual(['none', 'requested', 'already_pending', 'pending']);
  });

  it('lists every gap over its pages, which other tools only count', async () => {
    const workspace = fakeWorkspace({ gaps: 70 });
    const codes: string[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const { structured } = await callFake('get_sync_status', { cursor }, workspace);
      const page = getSyncStatus.outputSchema.parse(structured);
      codes.push(...page.gaps.map(({ code }) => code));
      cursor = page.next_cursor;
    }
    expect(new Set(codes).size).toBe(70);
    const overview = await callFake('get_team_overview', {}, workspace);
    expect(overview.text).toContain('62 more kinds of gap; get_sync_status lists them all');
  });
});
