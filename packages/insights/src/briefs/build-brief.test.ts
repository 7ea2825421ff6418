import { createAdjutant, type DomainRows } from '@adjutant/core';
import {
  buildPullRequest,
  buildWorkItem,
  createFakeClock,
  createRowsConnector,
} from '@adjutant/core/testing';
import { allMetrics } from '@adjutant/metrics';
import { describe, expect, it, onTestFinished } from 'vitest';
import { shippedRules } from '../signals/shipped-rules.ts';
import { type BriefKind, briefKindSchema, briefSchema } from './brief.ts';
import { buildBrief } from './build-brief.ts';
import { startOfPreviousWeekday } from './previous-weekday.ts';
import { renderBriefPage } from './render-html.ts';
import { renderBriefMarkdown } from './render-markdown.ts';
import { renderBriefSlack } from './render-slack.ts';
import { renderBriefText } from './render-text.ts';

const dayMs = 86_400_000;
// A Wednesday.
const now = Date.UTC(2026, 10, 18, 9);
const hostile =
  'Ignore all rules <script>alert(1)</script> [x](https://evil.example) <!channel> \u202egnp.exe \u001b[31m @here `rm`';

/** What moves a cursor or turns a line around; line ends apart. */
const acting = /(?!\n)\p{Cc}|\p{Cf}/u;

function rows(): Record<string, DomainRows> {
  const source = 'forge';
  const request = (number: number, fields: object): DomainRows => ({
    pullRequests: [
      buildPullRequest({
        source,
        repositoryExternalId: 'shop',
        externalId: `request-${number}`,
        number,
        title: hostile,
        authorAccountExternalId: 'ada',
        mergeSha: null,
        closedAt: null,
        ...fields,
      }),
    ],
  });
  return {
    team: {
      repositories: [
        {
          source,
          externalId: 'shop',
          name: 'shop',
          fullName: 'acme/shop',
          url: 'https://github.com/acme/shop',
          defaultBranch: 'main',
          mergeStyle: null,
        },
      ],
      accounts: [
        {
          source,
          externalId: 'ada',
          login: 'ada',
          name: null,
          email: null,
          emailVerified: false,
          vendorId: null,
          kind: 'human',
          isBot: false,
        },
      ],
    },
    stale: request(1, { state: 'open', mergedAt: null, openedAt: now - 30 * dayMs }),
    merged: request(2, { state: 'merged', openedAt: now - 3 * dayMs, mergedAt: now - dayMs }),
    older: request(3, { state: 'merged', openedAt: now - 9 * dayMs, mergedAt: now - 8 * dayMs }),
    item: {
      workItems: [
        buildWorkItem({
          source,
          externalId: 'item-1',
          key: 'PAY-1',
          title: 'Pay by card',
          statusCategory: 'done',
          createdAt: now - 9 * dayMs,
          startedAt: now - 5 * dayMs,
          doneAt: now - dayMs,
        }),
      ],
    },
  };
}

async function startWorkspace() {
  const clock = createFakeClock(now);
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock,
    metrics: allMetrics,
    signals: shippedRules,
    connectors: [createRowsConnector({ id: 'forge', showsReviews: true, records: rows })],
  });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  return { adjutant, handle: adjutant.workspace().as(await adjutant.owner()) };
}

const textsOf = async (kind: BriefKind): Promise<Record<string, string[]>> => {
  const { handle } = await startWorkspace();
  const { sections } = await buildBrief(handle, { kind });
  return Object.fromEntries(sections.map(({ id, lines }) => [id, lines.map(({ text }) => text)]));
};

describe('a brief', () => {
  it('says what is worst first, with a page that can be opened', async () => {
    const { handle } = await startWorkspace();
    const today = await buildBrief(handle, { kind: 'today' });
    const severe = today.sections.find(({ id }) => id === 'severe');
    const [stale] = severe?.lines ?? [];
    expect(stale).toMatchObject({
      text: expect.stringContaining('Nobody has touched shop#1 for 30 days.'),
      severity: 'high',
      about: { url: 'https://github.com/acme/shop/pull/1' },
    });
    expect(stale?.findingId).not.toBeNull();
  });

  it('has nothing wait for a viewer who is nobody', async () => {
    const { adjutant } = await startWorkspace();
    const nobody = adjutant.workspace().as({ kind: 'system' });
    const { sections } = await buildBrief(nobody, { kind: 'today' });
    const linesOf = (id: string) => sections.find((section) => section.id === id)?.lines;
    expect(linesOf('yours')).toEqual([]);
    expect(linesOf('severe')).not.toEqual([]);
  });

  it('of the morning holds what ended since the last weekday began, and not what ended before', async () => {
    const { done } = await textsOf('standup');
    expect(done).toContain('PAY-1 is done.');
    expect(done).toContain('shop#2 was merged.');
    expect(done).not.toContain('shop#3 was merged.');
  });

  it('of the week compares figures with the week before, each with its citation', async () => {
    const { handle } = await startWorkspace();
    const weekly = await buildBrief(handle, { kind: 'weekly' });
    const figures = weekly.sections.find(({ id }) => id === 'figures')?.lines ?? [];
    expect(figures.length).toBeGreaterThan(0);
    for (const { evidence } of figures) {
      const [first = ''] = evidence;
      const id = first.slice('citation:'.length);
      await expect(handle.explainCitation(id)).resolves.toBeDefined();
    }
  });

  it('of a Monday looks back to Friday', () => {
    expect(startOfPreviousWeekday(Date.UTC(2026, 10, 16, 8), 'UTC')).toBe(Date.UTC(2026, 10, 13));
    expect(startOfPreviousWeekday(Date.UTC(2026, 10, 18, 8), 'Europe/Berlin')).toBe(
      Date.UTC(2026, 10, 16, 23),
    );
  });

  it.each(briefKindSchema.options)(
    '%s has evidence for each sentence and is the same twice',
    async (kind) => {
      const { handle } = await startWorkspace();
      const first = await buildBrief(handle, { kind });
      expect(briefSchema.parse(first)).toEqual(first);
      for (const { lines } of first.sections) {
        for (const { evidence } of lines) expect(evidence.length).toBeGreaterThan(0);
      }
      const withoutCitations = (brief: unknown): string =>
        JSON.stringify(brief).replaceAll(/citation:[^"]+/g, 'citation');
      const second = await buildBrief(handle, { kind });
      expect(withoutCitations(second)).toBe(withoutCitations(first));
    },
  );

  it.each(briefKindSchema.options)(
    '%s shows text from outside so that it cannot act',
    async (kind) => {
      const { handle } = await startWorkspace();
      const brief = await buildBrief(handle, { kind });
      const page = renderBriefPage(brief);
      expect(page).not.toContain('<script');
      expect(page).not.toMatch(acting);
      const markdown = renderBriefMarkdown(brief);
      expect(markdown).not.toMatch(/<script|<!channel|@here|\]\(https:\/\/evil/);
      const text = renderBriefText(brief, { paint: (_, words) => words, width: 80 });
      expect(text.join('\n')).not.toMatch(acting);
      expect(markdown).not.toMatch(acting);
      expect(Math.max(...text.map((line) => line.length))).toBeLessThanOrEqual(84);
      const { blocks } = renderBriefSlack(brief);
      expect(JSON.stringify(blocks)).not.toMatch(/"type":"(?:mrkdwn|user|broadcast|channel)"/);
    },
  );
});
