// Renews a secret in a process of its own, or dies once the old one is spent: renew-secret.test.ts.
import { systemClock } from '../../clock.ts';
import { openStore } from '../../store/open-store.ts';
import { createSecrets } from '../create-secrets.ts';
import { createKeyRing } from './key-ring.ts';

const [path = '', name = '', issuer = '', dies = ''] = process.argv.slice(2);
const store = await openStore(path, { clock: systemClock });
const keyProvider = createKeyRing('k1');
const secrets = createSecrets({ store, workspaceId: 'w', clock: systemClock, keyProvider });
const value = await secrets.renew(name, {
  isDue: (present) => present.startsWith('old'),
  async change(present) {
    const answer = await fetch(issuer, { method: 'POST', body: present });
    const next = await answer.text();
    if (dies === 'dies') process.kill(process.pid, 'SIGKILL');
    return answer.ok ? next : `ended: ${next}`;
  },
});
process.stdout.write(String(value));
await store.close();
