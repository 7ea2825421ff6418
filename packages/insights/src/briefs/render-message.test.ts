import { describe, expect, it } from 'vitest';
import { type Brief, lineOf, sectionOf } from './brief.ts';
import { renderBriefMessage } from './render-message.ts';

const hostile = 'x` *bold* https://evil.example <!channel> \u202e `y';

function briefWith(count: number, missing: string[] = []): Brief {
  const line = lineOf({
    text: 'shop#12 waits for a review.',
    about: { id: 'row', key: 'shop#12', title: hostile, url: 'https://evil.example' },
    severity: 'high',
    evidence: ['row'],
  });
  const lines = Array.from({ length: count }, () => line);
  return {
    kind: 'weekly',
    title: 'The week',
    team: null,
    asOf: 0,
    syncedAt: null,
    timeZone: 'UTC',
    window: { from: 0, to: 7 * 86_400_000 },
    sections: [sectionOf('open', 'Open for longest', lines, { most: count })],
    notes: [],
    missing,
  };
}

describe('a brief as a message', () => {
  it('quotes titles in the signs of code, out of which nothing in them leads', () => {
    const text = renderBriefMessage(briefWith(1));
    const [, quoted = ''] = /shop#12 waits for a review\. `([^`]*)`$/m.exec(text) ?? [];
    expect(quoted).toContain('https://evil.example');
    expect(quoted).toContain("x' *bold*");
    expect(text.split('`')).toHaveLength(3);
    expect(text).not.toMatch(/\u202e/);
  });

  it('is never longer than a message may be, says so, and keeps what is missing', () => {
    const text = renderBriefMessage(briefWith(200, ['No deployments were read.']));
    expect(text.length).toBeLessThanOrEqual(4_000);
    expect(text).toContain('The rest is too long');
    expect(text).toContain('Missing: No deployments were read.');
  });
});
