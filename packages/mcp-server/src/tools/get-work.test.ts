import { shortId } from '../answer/short-id.ts';
import { fakeWorkspace } from '../testing/fake-workspace.ts';
import { describe, expect, it } from 'vitest';
import { callFake } from '../testing/call-fake.ts';
import { getWork } from './get-work.ts';
import { fakeId } from '../testing/fake-rows.ts';

describe('get_work', () => {
  it('shows one piece of work with its history', async () => {
    const answer = await callFake('get_work', { id: fakeId(0) });
    expect(getWork.outputSchema.parse(answer.structured)).toEqual(answer.structured);
    expect(answer.text).toMatchInlineSnapshot(`
      "as_of: 2026-10-30T09:30Z
      synced_at: 2026-10-30T08:30Z
      gaps:
      code	message	affected
      squash_author_time	Squash merges carry no author time of their own; coding time is unknown for them.	12
      id: AaGMJQnAf-yrZv_IbzjZUg
      kind: pull_request
      source: git
      repository: billing-api
      key: #1200
      title: Retry webhook delivery with exponential backoff
      state: open
      author: mira.holm
      url: -
      started_at: 2026-10-30T06:06Z
      finished_at: -
      hours: 3.4
      facts.coding_hours: 2
      facts.pickup_hours: -
      facts.merged_at: 2026-10-30T08:30Z
      facts.is_revert: false
      ai_evidence:
      class	tool	origin
      assisted	an-assistant	trailer
      events:
      at	kind	actor	state
      2026-10-30T05:30Z	review	mira.holm	approved
      2026-10-30T06:30Z	comment	tomasz	-
      2026-10-30T07:30Z	comment	dkeller	-
      2026-10-30T08:30Z	review	aisha-n	approved
      events_total: 4
      commits:
      sha	subject	committed_at
      01a18c252ce8	Retry webhook delivery with exponential backoff	2026-10-30T05:30Z
      01a18c252ce9	Fix rounding of partial refunds in multi-currency carts	2026-10-30T06:30Z
      commits_total: 2
      next_cursor: -
      raw_record_id: AaGMJR1If46ktytuDJ6Isw"
    `);
  });

  it('takes the short id of a list and the long one of the store', async () => {
    const [short, long] = await Promise.all([
      callFake('get_work', { id: shortId(fakeId(3)) }),
      callFake('get_work', { id: fakeId(3) }),
    ]);
    expect(short.structured['key']).toBe('#1209');
    expect(short).toEqual(long);
  });

  it('says what to do about an unknown id', async () => {
    const answer = await callFake('get_work', { id: 'nothing' });
    expect(answer).toMatchObject({
      isError: true,
      text: 'There is no piece of work of that id. list_work gives the ids.',
    });
  });

  it('pages through a long history', async () => {
    const workspace = fakeWorkspace({ history: 60 });
    const first = await callFake('get_work', { id: fakeId(0) }, workspace);
    const cursor = first.structured['next_cursor'];
    const second = await callFake('get_work', { id: fakeId(0), cursor }, workspace);
    const pages = [first, second].map((page) => getWork.outputSchema.parse(page.structured));
    expect(pages.map((page) => page.events.length)).toEqual([25, 25]);
    expect(pages.map((page) => page.commits.length)).toEqual([25, 5]);
    expect(pages[0]?.events_total).toBe(60);
  });
});
