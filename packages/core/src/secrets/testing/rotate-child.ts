// Rotates the secrets of a store and dies in the middle, without a word: rotate-keys.test.ts.
import { createFakeClock } from '../../testing/fake-clock.ts';
import { openStore } from '../../store/open-store.ts';
import { rotateKeys } from '../rotate-keys.ts';
import { createKeyRing } from './key-ring.ts';

const [path = '', dieAfter = ''] = process.argv.slice(2);
const clock = createFakeClock();
const store = await openStore(path, { clock });
const keyProvider = createKeyRing('k2', 'k1');
await rotateKeys(
  { store, workspaceId: 'w', clock, keyProvider, actor: 'system', onValue: () => undefined },
  (reencrypted) => {
    if (reencrypted === Number(dieAfter)) process.kill(process.pid, 'SIGKILL');
  },
);
await store.close();
