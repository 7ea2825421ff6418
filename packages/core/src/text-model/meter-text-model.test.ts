import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Adjutant } from '../adjutant.ts';
import { createAdjutant } from '../create-adjutant.ts';
import type { Viewer } from '../domain.ts';
import { tables } from '../store/tables.ts';
import { openStore } from '../store/open-store.ts';
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts';
import { meterTextModel } from './meter-text-model.ts';
import type { TextAnswer, TextModel, TextRequest } from './text-model.ts';

const token = ['ghp', 'Zk3Q9vR7tY2wX5uB8nM1cL6dF4gH0jPaSsEe'].join('_');
const question = { instructions: 'Say it shorter.', input: 'A text.', mostOutputTokens: 100 };
const asked = { ...question, purpose: 'a summary' };
const system: Viewer = { kind: 'system' };

interface ScriptedModel extends TextModel {
  declaredUsd: number;
  answer: () => Promise<TextAnswer>;
  readonly requests: TextRequest[];
}

function scriptedModel(): ScriptedModel {
  const model: ScriptedModel = {
    id: 'example/small',
    declaredUsd: 1,
    requests: [],
    answer: async () => ({ text: 'Short.', costUsd: 0.25 }),
    declareCostUsd: () => model.declaredUsd,
    async generate(request) {
      model.requests.push(request);
      return await model.answer();
    },
  };
  return model;
}

let adjutant: Adjutant;
let clock: FakeClock;
let model: ScriptedModel;

beforeEach(async () => {
  clock = createFakeClock(Date.parse('2026-11-20T12:00:00Z'));
  model = scriptedModel();
  adjutant = await createAdjutant({ store: ':memory:', clock, textModel: model });
});
afterEach(() => adjutant.close());

async function ask(more: { declaredUsd?: number; costUsd?: number | null } = {}) {
  model.declaredUsd = more.declaredUsd ?? 1;
  const { costUsd = 0.25 } = more;
  model.answer = async () => ({ text: 'Short.', costUsd });
  return adjutant.textModel(system)?.generate(asked);
}

async function ledger() {
  const { items } = await adjutant
    .workspace()
    .as(await adjutant.owner())
    .audit.list({});
  return items.filter(({ event }) => event.startsWith('model.')).toReversed();
}

describe('the budget of the month', () => {
  it('holds a call that brings it to 200.00, and refuses one that brings it to 200.01', async () => {
    await ask({ declaredUsd: 200, costUsd: 199.99 });
    await ask({ declaredUsd: 0.01, costUsd: 0.01 });
    await expect(ask({ declaredUsd: 0.01 })).rejects.toMatchObject({
      code: 'PolicyDenied',
      message: 'The call would bring this month to 200.01 US dollars; the limit is 200.',
      hint: 'Wait for the next month, or raise max_monthly_cost_usd in the policy.',
    });
    expect(model.requests).toHaveLength(2);
    expect((await ledger()).at(-1)).toMatchObject({ event: 'model.refused', outcome: 'refused' });
  });

  it('begins anew with the month, and holds what costs nothing', async () => {
    await ask({ declaredUsd: 200, costUsd: 200 });
    await expect(ask()).rejects.toMatchObject({ code: 'PolicyDenied' });
    expect(await ask({ declaredUsd: 0, costUsd: 0 })).toMatchObject({ text: 'Short.' });
    clock.advance(12 * 86_400_000);
    expect(await ask()).toMatchObject({ text: 'Short.' });
  });

  it('counts what a call really cost in place of what it declared, and more where it was more', async () => {
    await ask({ declaredUsd: 150, costUsd: 1 });
    await ask({ declaredUsd: 150, costUsd: 199.5 });
    await expect(ask({ declaredUsd: 0.01 })).rejects.toMatchObject({
      message: expect.stringContaining('200.51'),
    });
  });

  it('counts as declared what is not known: a cost that is not told, and a call that failed', async () => {
    await ask({ declaredUsd: 100, costUsd: null });
    model.declaredUsd = 100;
    model.answer = () => Promise.reject(new TypeError(`fetch failed with ${token}`));
    const failed = adjutant.textModel(system)?.generate(asked);
    await expect(failed).rejects.toMatchObject({ code: 'Upstream' });
    await expect(failed).rejects.not.toThrow(token);
    await expect(ask({ declaredUsd: 0.01 })).rejects.toMatchObject({ code: 'PolicyDenied' });
  });

  it('is reserved before the call, so that two at once cannot both have the last of it', async () => {
    model.declaredUsd = 150;
    const metered = adjutant.textModel(system);
    const both = await Promise.allSettled([metered?.generate(asked), metered?.generate(asked)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(model.requests).toHaveLength(1);
  });

  it('is no more than a host’s own policy says', async () => {
    const store = await openStore(':memory:', { clock });
    const redactor = { redact: (text: string) => text, find: () => [] };
    const engine = { hash: 'own', evaluate: () => expect.fail('nothing is judged') };
    const meter = (monthlyCostLimitUsd: number | null) =>
      meterTextModel(model, {
        store,
        clock,
        workspaceId: 'one',
        actor: 'system',
        policy: async () => ({ engine: { ...engine, monthlyCostLimitUsd }, redactor }),
      });
    await expect(meter(0.5).generate(asked)).rejects.toMatchObject({ code: 'PolicyDenied' });
    model.declaredUsd = 5_000;
    expect(await meter(null).generate(asked)).toMatchObject({ text: 'Short.' });
    const rows = await store.read.select().from(tables.budgetReservations);
    expect(rows).toMatchObject([
      { workspaceId: 'one', actionId: null, status: 'spent', amountUsdMicros: 250_000 },
    ]);
    await store.close();
  });

  it.each([Number.NaN, -1, Number.POSITIVE_INFINITY])(
    'takes no declared cost of %s',
    async (usd) => {
      await expect(ask({ declaredUsd: usd })).rejects.toMatchObject({ code: 'Configuration' });
      expect(model.requests).toEqual([]);
    },
  );
});

it('stands in the ledger with what it was for, one trace for the call and its cost', async () => {
  await ask({ declaredUsd: 1, costUsd: 0.25 });
  const [called, answered] = await ledger();
  expect(called).toMatchObject({ event: 'model.called', actor: 'system' });
  expect(answered).toMatchObject({ event: 'model.answered', outcome: 'applied' });
  expect(answered?.subject).toBe(called?.subject);
  expect(answered?.traceId).toBe(called?.traceId);
});

it('sends no secret and no personal data to the model', async () => {
  const input = `Written by mira@example.com with ${token}`;
  await adjutant.textModel(system)?.generate({ ...asked, input });
  expect(model.requests[0]?.input).toBe('Written by [e-mail] with [secret]');
});

it('is not there where the host brought none', async () => {
  const bare = await createAdjutant({ store: ':memory:', clock });
  expect(bare.textModel(system)).toBeNull();
  await bare.close();
});
