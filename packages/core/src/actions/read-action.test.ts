import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import type { RiskTier } from '../domain.ts';
import { type ActionBench, openActionBench } from '../testing/action-bench.ts';
import { createTestAction, createTestTarget } from '../testing/test-action.ts';

let bench: ActionBench;
afterEach(() => bench.close());

const textSchema = z.object({ text: z.string() });
const risks: readonly RiskTier[] = ['low', 'high', 'medium', 'high', 'low'];

async function open() {
  bench = await openActionBench({
    definitions: [createTestAction({ target: createTestTarget() })],
    policy: ({ payload }) => ({
      mode: 'ask',
      risk: risks[Number(payload['text'])] ?? 'low',
    }),
  });
  await bench.addPerson('sponsor');
  const actions = bench.agent();
  for (const [number] of risks.entries()) {
    bench.clock.advance(1_000);
    const text = String(number);
    await actions.propose({ type: 'test.write', payload: { text }, idempotencyKey: `key-${text}` });
  }
  await bench.settle();
  return actions;
}

async function order(actions: Awaited<ReturnType<typeof open>>, limit = 2): Promise<string[]> {
  const texts: string[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await actions.list({ limit, cursor: cursor ?? undefined });
    for (const { id } of page.items) {
      const { text } = textSchema.parse((await actions.get(id)).payload);
      texts.push(text);
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  return texts;
}

it('lists what waits by risk and then by age, over all pages, and the rest newest first', async () => {
  const actions = await open();
  expect(await order(actions)).toEqual(['1', '3', '2', '0', '4']);
  const pending = await actions.list({ status: ['pending'] });
  expect(pending.items.map(({ risk }) => risk)).toEqual(['high', 'high', 'medium', 'low', 'low']);
  for (const { id } of pending.items.slice(1, 4)) {
    bench.clock.advance(1_000);
    await actions.withdraw(id);
  }
  expect(await order(actions)).toEqual(['1', '4', '3', '2', '0']);
});

it('tells by name for whom an assistant proposes', async () => {
  const actions = await open();
  const [first] = (await actions.list()).items;
  expect(first).toMatchObject({ requester: 'agent:assistant for person:sponsor' });
  expect(first?.sponsorName).toBe('sponsor');
  expect(await actions.get(first?.id ?? '')).toMatchObject({ sponsorName: 'sponsor' });
});
