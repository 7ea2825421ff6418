import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AdjutantError } from '../errors.ts';
import { type ActionBench, openActionBench } from '../testing/action-bench.ts';
import { createTestAction, createTestTarget, type TestTarget } from '../testing/test-action.ts';
import { prepareAction } from './prepare-action.ts';

let bench: ActionBench;
let target: TestTarget;

beforeEach(async () => {
  target = createTestTarget();
  const policy = () => ({ mode: 'ask' }) as const;
  bench = await openActionBench({ definitions: [createTestAction({ target })], policy });
});
afterEach(() => bench.close());

const proposal = { type: 'test.write', payload: { text: 'hello' }, idempotencyKey: 'key-1' };

describe('prepare', () => {
  it('binds the words and the target into one hash, and shows facts and recipients', async () => {
    const { id } = await bench.agent().propose(proposal);
    expect(await prepareAction(bench.deps, id)).toBe('pending');
    const action = await bench.agent().get(id);
    expect(action).toMatchObject({
      preconditions: { head: 'a1' },
      targetRef: 'acme/widgets#7',
      preview: { recipients: ['acme/widgets'], content: 'hello' },
    });
    expect(action.payloadHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('gives the same hash for the same words on the same target, and another where either differs', async () => {
    const hashOf = async (key: string, text: string): Promise<string | null> => {
      const { id } = await bench
        .agent()
        .propose({ ...proposal, payload: { text }, idempotencyKey: key });
      await prepareAction(bench.deps, id);
      return (await bench.agent().get(id)).payloadHash;
    };
    const first = await hashOf('1', 'hello');
    expect(await hashOf('2', 'hello')).toBe(first);
    expect(await hashOf('3', 'hello!')).not.toBe(first);
    target.observed = { head: 'b2' };
    expect(await hashOf('4', 'hello')).not.toBe(first);
  });

  it('does nothing the second time', async () => {
    const { id } = await bench.agent().propose(proposal);
    await prepareAction(bench.deps, id);
    const before = await bench.agent().get(id);
    expect(await prepareAction(bench.deps, id)).toBe('pending');
    expect(await bench.agent().get(id)).toEqual(before);
  });

  it('tries again later what may come right, until the proposal expires', async () => {
    const { id } = await bench.agent().propose(proposal);
    target.preparationErrors.push(new TypeError('fetch failed'));
    expect(await prepareAction(bench.deps, id)).toBe('preparing');
    expect(await prepareAction(bench.deps, id)).toBe('preparing');
    bench.clock.advance(2_000);
    expect(await prepareAction(bench.deps, id)).toBe('pending');

    const other = await bench.agent().propose({ ...proposal, idempotencyKey: 'key-2' });
    bench.clock.advance(24 * 3_600_000);
    expect(await prepareAction(bench.deps, other.id)).toBe('expired');
  });

  it('waits as long as the source asks', async () => {
    const { id } = await bench.agent().propose(proposal);
    target.preparationErrors.push(
      new AdjutantError('RateLimited', 'Slow down.', { retryAfterMs: 90_000 }),
    );
    await prepareAction(bench.deps, id);
    bench.clock.advance(89_999);
    expect(await prepareAction(bench.deps, id)).toBe('preparing');
    bench.clock.advance(1);
    expect(await prepareAction(bench.deps, id)).toBe('pending');
  });

  it.each([
    ['NotFound', new AdjutantError('NotFound', 'There is no such pull request.')],
    ['a refusal of the source', new AdjutantError('Upstream', 'Gone.', { status: 410 })],
  ])('fails at once on %s', async (_what, error) => {
    const { id } = await bench.agent().propose(proposal);
    target.preparationErrors.push(error);
    expect(await prepareAction(bench.deps, id)).toBe('failed');
    expect((await bench.agent().get(id)).outcome).toMatchObject({ reason: 'preparation_failed' });
  });

  it('keeps the text of a foreign error to itself', async () => {
    const { id } = await bench.agent().propose(proposal);
    target.preparationErrors.push(new Error('token ghp_secret was refused'));
    await prepareAction(bench.deps, id);
    expect(JSON.stringify(await bench.agent().get(id))).not.toContain('ghp_secret');
  });
});
