import { expect, onTestFinished, test } from 'vitest';
import { createAdjutant } from '../create-adjutant.ts';
import type { Viewer } from '../domain.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createKeyRing } from './testing/key-ring.ts';

const clock = createFakeClock();

async function open(options: Partial<Parameters<typeof createAdjutant>[0]> = {}) {
  const keyProvider = createKeyRing('k1');
  const adjutant = await createAdjutant({ store: ':memory:', clock, keyProvider, ...options });
  onTestFinished(() => adjutant.close());
  return adjutant;
}

test('the owner has the secrets of her workspace, and the system those it works with', async () => {
  const adjutant = await open();
  await adjutant.secrets(await adjutant.owner()).put('connector:github:read', 'x');
  expect(await adjutant.secrets({ kind: 'system' }).get('connector:github:read')).toBe('x');
  expect(await adjutant.secrets({ kind: 'system' }, 'other').list()).toEqual([]);
});

test.each<Viewer>([
  { kind: 'agent', name: 'mcp', sponsorPersonId: 'owner' },
  { kind: 'person', personId: 'bo', role: 'lead' },
  { kind: 'person', personId: 'bo', role: 'member' },
])('$kind $role gets none', async (viewer) => {
  const adjutant = await open();
  expect(() => adjutant.secrets(viewer)).toThrow('administrators');
});

test('without a key provider nothing is stored, and the error says what to give', async () => {
  const adjutant = await createAdjutant({ store: ':memory:', clock });
  onTestFinished(() => adjutant.close());
  await expect(adjutant.secrets({ kind: 'system' }).put('a', 'b')).rejects.toThrow('key provider');
});
