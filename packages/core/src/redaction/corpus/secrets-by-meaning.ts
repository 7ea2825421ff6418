import { assemble } from './assemble.ts';
import type { CorpusCase } from './corpus-case.ts';
import { secretCase, secretsCase } from './make-case.ts';

const wrappedStart = assemble('ghp', '_', 'rRbuevU13', 'sCUvj95RL');
const wrappedRest = assemble('WzKmHx0In', '0R8G4dNNq');

/** Secrets that neither form nor label gives away: good to find, not to be expected. */
export const secretsByMeaning: readonly CorpusCase[] = [
  secretCase(
    'prose-password',
    assemble('plum-', 'Teapot', '-41'),
    (value) =>
      `I changed the password for the demo tenant, it is now ${value}, tell the sales team.`,
  ),
  secretCase(
    'prose-words-as-password',
    assemble('correct ', 'otter ', 'lantern'),
    (value) => `Wi-Fi in the new office: network "acme-guest", and you get in with ${value}`,
  ),
  secretCase(
    'mysql-attached-flag',
    assemble('7h', 'pKCU', 'WiyD'),
    (value) => `mysql -h db -u app -p${value} ledger < fix.sql`,
  ),
  secretsCase(
    'token-wrapped-by-terminal',
    [wrappedStart, wrappedRest],
    `GH_TOKEN is set to ${wrappedStart}\n${wrappedRest} in the old runner image`,
  ),
  secretCase(
    'base64-of-an-env-file',
    Buffer.from(`DB_PASSWORD=${assemble('0zooeXTS', 'L9mZIjO5')}`).toString('base64'),
    (value) => `echo ${value} | base64 -d > .env`,
  ),
  secretCase(
    'argument-by-position',
    assemble('lz3NbyCrM4', '7HNAQrsV4j'),
    (value) => `./scripts/provision.sh staging eu-west-1 admin ${value} --dry-run`,
  ),
];
