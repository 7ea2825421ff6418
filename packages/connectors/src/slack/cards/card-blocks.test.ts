import type { ActionDetail, ApprovalCard } from '@adjutant/core';
import { textExtent } from '@adjutant/core/ports';
import { textsOutOfView } from '@adjutant/core/testing';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buttonIds, readButton } from './button-value.ts';
import { type CardAudience, cardBlocks } from './card-blocks.ts';

const room: CardAudience = { isPublic: false, isExternal: false };
const options = { canDecide: true, pageUrl: 'https://approvals.example.com/' };

const action: ActionDetail = {
  id: 'action-1',
  type: 'pr.merge',
  title: 'Merge a pull request',
  status: 'pending',
  revision: 1,
  risk: 'high',
  mode: 'require_approval',
  targetRef: 'acme/api#12',
  requester: 'agent:assistant for person:1',
  sponsorName: 'Ada',
  createdAt: 0,
  expiresAt: Date.UTC(2026, 10, 21, 12),
  nextStep: null,
  effectClass: 'keyed',
  reversible: false,
  payload: { number: 12 },
  payloadHash: 'a'.repeat(64),
  preconditions: null,
  preview: {
    facts: [
      { label: 'Checks', value: 'green', tone: 'plain' },
      { label: 'Reviews', value: 'none', tone: 'warning' },
    ],
    recipients: ['acme/api'],
    content: 'Merge commit',
  },
  rationale: 'trust me',
  outsideTexts: null,
  policyReason: null,
  policyHash: null,
  quorum: 1,
  assurance: 'presence',
  sponsorPersonId: '1',
  targetUrl: 'https://github.example.com/acme/api/pull/12',
  modelVersion: null,
  traceId: 'trace-1',
  executeBy: null,
  decidedAt: null,
  decidedBy: null,
  settledAt: null,
  outcome: null,
  decisions: [],
  revisions: [],
  attempts: [],
};

function cardOf(
  change: Partial<ActionDetail> = {},
  more: Partial<ApprovalCard> = {},
): ApprovalCard {
  const changed = { ...action, ...change };
  const card = { workspaceId: 'default', key: 'key', isTargetPublic: null, action: changed };
  return { ...card, revision: changed.revision, ...more };
}

interface Shown {
  type?: unknown;
  text?: unknown;
  [name: string]: unknown;
}

/** Every object of a card, however deep. */
function parts(value: unknown): Shown[] {
  if (Array.isArray(value)) return value.flatMap(parts);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Shown, ...Object.values(value).flatMap(parts)];
}

const withoutApproving = [buttonIds.decline, buttonIds.modify, buttonIds.why];
const buttonsOf = (card: unknown): Shown[] => parts(card).filter(({ type }) => type === 'button');
const textOf = (card: unknown): string =>
  parts(card)
    .flatMap(({ type, text }) => (type === 'text' && typeof text === 'string' ? [text] : []))
    .join('');

describe('a card', () => {
  it('shows who asks for what at which risk, what was found with warnings first, and until when', () => {
    const card = cardBlocks(cardOf(), room, options);
    const text = textOf(card);
    for (const shown of [
      'pr.merge',
      'assistant (an assistant)',
      'Ada',
      'high',
      'acme/api',
      'Merge commit',
      '2026-11-21 12:00 UTC',
      'aaaaaaaaaaaa',
    ]) {
      expect(text).toContain(shown);
    }
    expect(text.indexOf('Reviews')).toBeLessThan(text.indexOf('Checks'));
    expect(text).not.toContain('trust me');
    const links = parts(card).filter(({ type }) => type === 'link');
    expect(links.map(({ url }) => url)).toEqual([
      'https://github.example.com/acme/api/pull/12',
      'https://approvals.example.com/actions/action-1',
    ]);
  });

  it('binds its buttons to the action, its revision and its words', () => {
    const shown = buttonsOf(cardBlocks(cardOf({ revision: 3 }), room, options));
    const purposes = ['approve', 'decline', 'modify', 'why'];
    expect(shown).toHaveLength(purposes.length);
    for (const [position, purpose] of purposes.entries()) {
      const button = shown[position];
      expect(
        readButton({ actionId: String(button?.['action_id']), value: String(button?.['value']) }),
      ).toEqual({
        actionId: 'action-1',
        revision: 3,
        payloadHash: 'a'.repeat(64),
        traceId: 'trace-1',
        purpose,
      });
    }
  });

  it.each([
    ['text', { preview: { facts: [], recipients: [], content: 'x'.repeat(6_001) } }],
    [
      'fact',
      {
        preview: {
          facts: [{ label: 'a', value: 'x'.repeat(501), tone: 'plain' as const }],
          recipients: [],
          content: null,
        },
      },
    ],
    [
      'list',
      { preview: { facts: [], recipients: Array.from({ length: 31 }, String), content: null } },
    ],
  ])('cannot be approved where a %s is longer than it shows', (_, change) => {
    const card = cardBlocks(cardOf(change), room, options);
    expect(buttonsOf(card).map((button) => button['action_id'])).toEqual(withoutApproving);
    expect(textOf(card)).toContain('too long');
  });

  it.each([
    ['signs that nobody sees', '\u200B'.repeat(3_900)],
    ['selectors of variations', '\u{E0101}'.repeat(2_900)],
    ['Hangul fillers', '\u3164'.repeat(5_900)],
  ])('is short where %s would make it longer than Slack takes', (_, content) => {
    const preview = { facts: [], recipients: [], content };
    const card = cardBlocks(cardOf({ preview }), room, options);
    expect(textOf(card).length).toBeLessThan(11_000);
    expect(buttonsOf(card).map((button) => button['action_id'])).toEqual(withoutApproving);
    expect(textOf(card)).toContain('too long');
  });

  it('shows code with its tabs and ends of lines, as long as it is', () => {
    const content = '\tif (a) {\r\n'.repeat(500);
    const preview = { facts: [], recipients: [], content };
    const card = cardBlocks(cardOf({ preview }), room, options);
    expect(textOf(card)).toContain('\tif (a) {\n\tif (a) {');
    expect(buttonsOf(card)).toHaveLength(4);
  });

  it.each(['\u3164', '\uFFA0', '\u115F', '\u2800', '\u034F', '\uFE0F', '\u{E0101}'])(
    'shows %j by its number',
    (sign) => {
      const preview = { facts: [], recipients: [], content: `a${sign}b` };
      const shown = textOf(cardBlocks(cardOf({ preview }), room, options));
      const number = sign.codePointAt(0)?.toString(16).toUpperCase();
      expect(shown).toMatch(new RegExp(`a\\[U\\+0*${number}\\]b`));
    },
  );

  it.each([
    'approved',
    'executing',
    'unknown',
    'reconciling',
    'executed',
    'failed',
    'declined',
    'expired',
    'revoked',
    'needs_human',
    'blocked',
  ] as const)('has no buttons once it is %s', (status) => {
    const card = cardBlocks(cardOf({ status }), room, options);
    expect(buttonsOf(card)).toEqual([]);
    expect(textOf(card)).not.toContain('Waits');
  });

  it('of an earlier revision shows neither words nor buttons', () => {
    const card = cardBlocks(cardOf({ revision: 2 }, { revision: 1 }), room, options);
    expect(buttonsOf(card)).toEqual([]);
    expect(textOf(card)).not.toContain('Merge commit');
    expect(textOf(card)).toContain('Changed since');
  });

  it('without a signing secret has no buttons, and says where to decide', () => {
    const card = cardBlocks(cardOf(), room, { canDecide: false, pageUrl: null });
    expect(buttonsOf(card)).toEqual([]);
    expect(textOf(card)).toContain('Decide on the page');
  });

  it('never calls, formats, links or hides anything that comes from outside', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.constantFrom(
        '<!channel> <@U0ADA> <https://evil.example|here>',
        '*bold* _it_ ~no~ `code` ```',
        'a\u202Eb\u200Bc\u0000d\u2028e',
        'javascript:alert(1)',
      ),
    );
    fc.assert(
      fc.property(hostile, hostile, hostile, fc.boolean(), (one, other, url, isPublic) => {
        const card = cardBlocks(
          cardOf({
            title: one,
            type: other,
            targetRef: one,
            targetUrl: url,
            requester: other,
            sponsorName: one,
            payload: { text: one },
            preview: {
              facts: [{ label: one, value: other, tone: 'warning' }],
              recipients: [other],
              content: one === '' ? null : one,
            },
          }),
          { isPublic, isExternal: false },
          options,
        );
        expect(card.text).toBe('An action waits for a decision.');
        expect(card.blocks.length).toBeLessThanOrEqual(50);
        for (const part of parts(card.blocks)) {
          expect(part.type).not.toBe('mrkdwn');
          if (part.type === 'plain_text') expect(String(part.text)).not.toMatch(/[<>]/);
          if (part.type === 'link') expect(String(part['url'])).toMatch(/^https?:/);
          if (part.type !== 'text') continue;
          expect(part.text).not.toBe('');
          expect(String(part.text)).not.toMatch(/(?![\n\t])[\p{Cf}\p{Cc}\p{Zl}\p{Zp}]/u);
        }
      }),
      { numRuns: 500, seed: 11 },
    );
  });
});

describe('the value of a button', () => {
  it('that is none of ours is nothing', () => {
    fc.assert(
      fc.property(fc.string(), fc.oneof(fc.string(), fc.json()), (actionId, value) => {
        expect(readButton({ actionId, value })).toBeNull();
      }),
      { numRuns: 500, seed: 11 },
    );
  });
});

describe('words taken out of view', () => {
  it.each(Object.entries(textsOutOfView))(
    '%s: all of it is seen, or it is not approved there',
    (_, { text }) => {
      const preview = { facts: [], recipients: ['acme/api'], content: text };
      const card = cardBlocks(cardOf({ preview }), room, options);
      const isApproved = buttonsOf(card).some(({ action_id: id }) => id === buttonIds.approve);
      const read = (shown: string): string =>
        shown.replaceAll(/\[U\+[0-9A-F]+\]/g, '').replaceAll(/[\p{M}\p{C}\p{Z}\s]/gu, '');
      const shown = textOf(card);
      if (isApproved) expect(read(shown)).toContain(read(text));
      else expect(shown).toContain('It is too long for a card: approve it on the page.');
      expect(shown).toContain(textExtent(text));
      expect(shown).not.toMatch(/\p{M}{4}/u);
    },
  );
});
