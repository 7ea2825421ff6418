import type { Clock } from '../clock.ts';
import { createSecrets } from '../secrets/create-secrets.ts';
import type { KeyProvider } from '../secrets/key-provider.ts';
import { openStore } from '../store/open-store.ts';
import type { ConformanceCase } from './connector-conformance.ts';

export interface KeyProviderConformanceOptions {
  /** Returns a provider with at least one key; called anew for each case. */
  create: () => KeyProvider | Promise<KeyProvider>;
  /** Makes another key the current one, as an operator would; the earlier one stays readable. */
  changeCurrent: (provider: KeyProvider) => void | Promise<void>;
  clock: Clock;
}

const unknownKeyId = 'no-such-key';

/**
 * Returns the cases that every key provider must pass, for any test runner:
 * `for (const { name, run } of testKeyProvider(options)) test(name, run)`.
 */
export function testKeyProvider(options: KeyProviderConformanceOptions): ConformanceCase[] {
  return [
    {
      name: 'gives the current key by its id, 32 bytes long, and the same one again',
      run: async () => {
        const provider = await options.create();
        const keyId = await provider.currentKeyId();
        ensure(
          /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(keyId),
          'the id of the key has another form',
        );
        const first = await provider.key(keyId);
        ensure(first?.length === 32, `the key is ${first?.length ?? 0} bytes long`);
        ensure((await provider.currentKeyId()) === keyId, 'the current key changed by itself');
        const copy = Buffer.from(first ?? []);
        // Whoever wipes what it was given must not wipe the provider's own.
        first?.fill(0);
        const again = await provider.key(keyId);
        ensure(copy.equals(again ?? new Uint8Array()), 'the key is another one when asked again');
      },
    },
    {
      name: 'has null for a key that is not there',
      run: async () => {
        const provider = await options.create();
        ensure((await provider.key(unknownKeyId)) === null, 'an unknown id has a key');
      },
    },
    {
      name: 'keeps the earlier key when another one becomes current',
      run: async () => {
        const provider = await options.create();
        const before = await provider.currentKeyId();
        const key = Buffer.from((await provider.key(before)) ?? []);
        await options.changeCurrent(provider);
        const after = await provider.currentKeyId();
        ensure(after !== before, 'the current key is still the same');
        const earlier = Buffer.from((await provider.key(before)) ?? []);
        ensure(key.equals(earlier), 'the earlier key is gone or another one');
        const current = Buffer.from((await provider.key(after)) ?? []);
        ensure(current.length === 32 && !current.equals(key), 'the new key is the earlier one');
      },
    },
    {
      name: 'keeps a secret through a change of key, and lets go of the earlier one',
      run: async () => {
        const provider = await options.create();
        await withSecrets(options.clock, provider, async (secrets) => {
          await secrets.put('connector:example:read', 'a secret');
          const before = await provider.currentKeyId();
          await options.changeCurrent(provider);
          const { unreadable } = await secrets.rotate();
          ensure(unreadable.length === 0, 'a secret could not be read while rotating');
          await secrets.retire(before);
          const value = await secrets.get('connector:example:read');
          ensure(value === 'a secret', 'the secret is another one after the rotation');
        });
      },
    },
  ];
}

async function withSecrets(
  clock: Clock,
  keyProvider: KeyProvider,
  work: (secrets: ReturnType<typeof createSecrets>) => Promise<void>,
): Promise<void> {
  const store = await openStore(':memory:', { clock });
  try {
    await work(createSecrets({ store, workspaceId: 'conformance', clock, keyProvider }));
  } finally {
    await store.close();
  }
}

function ensure(condition: boolean, problem: string): asserts condition {
  if (!condition) throw new Error(`Not a key provider: ${problem}.`);
}
