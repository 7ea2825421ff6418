import type { AiAdoptionAnswer, AiImpactAnswer } from '@adjutant/core';
import type { AiImpactRow } from '@adjutant/core/domain';
import { terminalWidth } from '@adjutant/insights';
import { allMetrics } from '@adjutant/metrics';
import { expect, test } from 'vitest';
import { aiImpactText } from './ai-impact-text.ts';
import { createOutput } from './output.ts';

const weekMs = 7 * 86_400_000;
const monday = Date.UTC(2026, 8, 7);
const window = { from: monday, to: monday + 8 * weekMs };
const meta = { asOf: window.to, syncedAt: window.to, gaps: [] };
const output = createOutput(
  {
    stdout: { write: () => true, isTty: false, columns: 80 },
    stderr: { write: () => true, isTty: false, columns: 80 },
    env: {},
  } as unknown as Parameters<typeof createOutput>[0],
  { json: false, color: false },
);

/** Two arms of 48 by six people each, the assisted ones shorter and smaller. */
const rows = Array.from({ length: 96 }, (_, place): AiImpactRow => {
  const isAssisted = place % 2 === 0;
  return {
    aiClass: isAssisted ? 'assisted' : 'declared_none',
    authorKey: `SECRET-${place % 12}`,
    hours: (isAssisted ? 6 : 30) + (place % 7),
    repository: 'acme/\u001b[31mwidgets',
    sizeLines: 60 + place,
    workType: 'story',
    wasReverted30d: place % 16 === 0,
    reworkRounds: place % 3,
    mergedWithoutReview: null,
    mergedAt: monday + Math.floor(place / 12) * weekMs,
    isOpen: false,
  };
});

test('a comparison is told with what stands beside speed, the groups and the weeks', () => {
  const { aiImpact } = allMetrics;
  if (aiImpact === undefined) throw new TypeError('The package brings no comparison.');
  const comparison: AiImpactAnswer = {
    ...aiImpact.compare(rows, { window }),
    measure: 'opened_to_merge',
    gaps: [],
    meta,
  };
  const adoption: AiAdoptionAnswer = { ...aiImpact.adoption(rows, window), gaps: [], meta };
  const text = aiImpactText(comparison, adoption, output);
  expect(text).toContain('Assistance is associated with shorter pull requests');
  expect(text).toMatch(/assisted +48 +6 /);
  expect(text).toMatch(/Reverted within 30 days +13 % \(5\.9 % to 25 %\) +0 % \(0 % to 7\.4 %\)/);
  expect(text).toMatch(/Cliff's delta −1 \(large\), p <0\.001/);
  expect(text).toMatch(/Merged without review +unknown +unknown/);
  expect(text).toMatch(/Difference of medians: −\S+ h over all/);
  expect(text).toMatch(/2026-09-07 +12 +6 +6 +0 +0/);
  expect(text).not.toMatch(/SECRET|NaN|undefined|caused/);
  expect(text).not.toContain('\u001b');
  expect(text.split('\n').filter((line) => terminalWidth(line) > 80)).toEqual([]);
});
