import type { ReportSummary, SharedReports } from '@adjutant/core';
import { describe, expect, it } from 'vitest';
import { digestBlocks } from './digest-blocks.ts';
import { digestMarkdown } from './digest-markdown.ts';
import { digestOf } from './report-digest.ts';

function report(name: string, fields: Partial<ReportSummary> = {}): ReportSummary {
  return {
    id: `report-${name}-${fields.day ?? ''}`,
    day: '2026-09-14',
    timeZone: 'UTC',
    author: { personId: `person-${name}`, name },
    isOwn: false,
    did: 'Built a widget',
    next: null,
    blockers: null,
    visibility: 'team',
    revision: 1,
    submittedVia: 'cli',
    createdAt: 0,
    updatedAt: 0,
    ...fields,
  };
}

function shared(reports: ReportSummary[], fields: Partial<SharedReports> = {}): SharedReports {
  return {
    fromDay: '2026-09-14',
    toDay: '2026-09-14',
    reports,
    isCut: false,
    sharing: new Set(reports.map(({ author }) => author.personId)).size,
    ...fields,
  };
}

const hostile =
  '<!channel> <@U123> **bold** [link](https://evil.example) @everyone <script>alert(1)</script> \u202egnp\u200b';

describe('the digest of a team', () => {
  const told = shared([
    report('Ada', { next: 'Test it\nShip it', blockers: 'Waiting for access' }),
    report('Grace', { blockers: 'Waiting for Ada' }),
    report('Grace', { day: '2026-09-13' }),
  ]);

  it('puts what is in the way first and tells of nobody who shared nothing', () => {
    expect(digestMarkdown(digestOf(told))).toMatchInlineSnapshot(`
      "## Progress on 2026-09-14

      2 people shared a report.

      ### In the way

      - **Ada**, 2026-09-14: Waiting for access
      - **Grace**, 2026-09-14: Waiting for Ada

      ### Ada

      - 2026-09-14, did: Built a widget
      - 2026-09-14, next:
        - Test it
        - Ship it

      ### Grace

      - 2026-09-13, did: Built a widget
      - 2026-09-14, did: Built a widget
      "
    `);
  });

  it('is the same in whatever order reports come', () => {
    const reversed = shared([...told.reports].toReversed());
    expect(digestMarkdown(digestOf(reversed))).toBe(digestMarkdown(digestOf(told)));
    expect(digestBlocks(digestOf(reversed))).toEqual(digestBlocks(digestOf(told)));
  });

  it('says in Slack what it says in Markdown, in plain text alone', () => {
    const blocks = digestBlocks(digestOf(told));
    expect(blocks.map(({ type }) => type)).toEqual([
      'header',
      'context',
      'section',
      'section',
      'section',
      'divider',
      'section',
      'section',
    ]);
    expect(JSON.stringify(blocks)).not.toContain('mrkdwn');
    expect(JSON.stringify(blocks)).toContain('Waiting for access');
  });

  it('lets nothing that somebody wrote act', () => {
    const digest = digestOf(
      shared([report(hostile, { id: 'report-1', did: hostile, next: hostile, blockers: hostile })]),
    );
    const markdown = digestMarkdown(digest);
    expect(markdown).not.toMatch(/<[!@s]/);
    expect(markdown).not.toContain('](');
    expect(markdown).not.toMatch(/(?<!\\)@/);
    for (const text of [markdown, JSON.stringify(digestBlocks(digest)), JSON.stringify(digest)]) {
      expect(text).not.toMatch(/[\u202e\u200b]/);
    }
  });

  it('stays within what one Slack message may hold', () => {
    const many = Array.from({ length: 300 }, (_, place) =>
      report(`Person ${place}`, { did: 'x\n'.repeat(2_000), blockers: 'y'.repeat(4_000) }),
    );
    const blocks = digestBlocks(digestOf(shared(many)));
    expect(blocks.length).toBeLessThanOrEqual(50);
    for (const block of blocks) {
      if (block.type === 'section') expect(block.text.text.length).toBeLessThanOrEqual(3_000);
    }
    expect(JSON.stringify(blocks.at(-1))).toContain('More was shared');
  });

  it('says plainly that nothing was shared', () => {
    expect(digestMarkdown(digestOf(shared([])))).toContain('Nothing was shared.');
  });
});
