import { fakeWorkspace } from '../testing/fake-workspace.ts';
import { describe, expect, it } from 'vitest';
import { callFake } from '../testing/call-fake.ts';
import { listWork } from './list-work.ts';

describe('list_work', () => {
  it('groups work by kind, repository and state', async () => {
    const answer = await callFake('list_work', { kind: 'pull_request', limit: 6 });
    expect(listWork.outputSchema.parse(answer.structured)).toEqual(answer.structured);
    expect(answer.text).toMatchInlineSnapshot(`
      "as_of: 2026-10-30T09:30Z
      synced_at: 2026-10-30T08:30Z
      gaps:
      code	message	affected
      squash_author_time	Squash merges carry no author time of their own; coding time is unknown for them.	12
      total: 58
      next_cursor: after-6
      groups: kind=pull_request repository=billing-api state=open
      id	key	title	author	hours
      AaGMJQnAf-yrZv_IbzjZUg	#1200	Retry webhook delivery with exponential backoff	mira.holm	3.4
      AaGMJQnFfy2ifeN7lCuq0A	#1215	Fix rounding of partial refunds in multi-currency carts	dkeller	244
      groups: kind=pull_request repository=checkout-web state=open
      AaGMJQnBe4aic_80_OGdaw	#1203	Cache feature flags per request instead of per process	aisha-n	51.5
      groups: kind=pull_request repository=identity state=open
      AaGMJQnCdHOuOiZeFu7gPw	#1206	chore: tidy CI matrix	lea.brandt	99.6
      groups: kind=pull_request repository=mobile-app state=open
      AaGMJQnDfgeghWK-24tgzg	#1209	Remove the legacy session cookie after the migration window	dkeller	148
      groups: kind=pull_request repository=platform state=open
      AaGMJQnEeyKnd9TdH8Ycbw	#1212	Move invoice rendering to a background job	renovate	196"
    `);
  });

  it('reaches every row by its cursors, each once', async () => {
    const ids: string[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const { structured } = await callFake('list_work', { limit: 13, cursor });
      const page = listWork.outputSchema.parse(structured);
      ids.push(...page.groups.flatMap((group) => group.items.map(({ id }) => id)));
      cursor = page.next_cursor;
      expect(page.total).toBe(58);
    }
    expect(ids).toHaveLength(58);
    expect(new Set(ids).size).toBe(58);
  });

  it('shortens what would be too long and continues exactly where it stopped', async () => {
    const workspace = fakeWorkspace({ pullRequests: 400, title: () => '負'.repeat(400) });
    const first = await callFake('list_work', {}, workspace);
    const page = listWork.outputSchema.parse(first.structured);
    const shown = page.groups.flatMap((group) => group.items);
    expect(shown.length).toBeLessThan(50);
    expect(shown[0]?.title).toHaveLength(120);
    expect(page.next_cursor).toBe(`after-${shown.length}`);
  });

  it('knows the teams by key and names them where a key is unknown', async () => {
    expect((await callFake('list_work', { team: 'payments' })).isError).toBe(false);
    const unknown = await callFake('list_work', { team: 'nobody' });
    expect(unknown.text).toBe('There is no team of that key. Known team keys: payments.');
  });
});
