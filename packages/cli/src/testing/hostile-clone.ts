import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Where a hostile clone is made, and what lies around it. */
export interface HostilePlace {
  /** The clone; commands run in it. */
  clone: string;
  /** A folder of the person, which nothing may touch. */
  outside: string;
  /** A host of the attacker's on this machine. */
  host: string;
}

/** A kind of clone that wants something. */
export interface HostileKind {
  plant: (place: HostilePlace) => void;
  /** What the person's own environment holds beside her secrets. */
  env?: (place: HostilePlace) => Record<string, string>;
  /** Whether it is no configuration at all, so that the person's own store is meant. */
  isNone?: true;
  needsRoot?: true;
}

/** What must stand in no output, file or request. */
export const secrets = {
  GITHUB_TOKEN: 'ghp_personsowntoken0123456789abcdef',
  SECRET: 'the-persons-secret-value',
  AWS_SECRET_ACCESS_KEY: 'awsSecretOfThePerson0123456789',
  ADJUTANT_STORE_TOKEN: 'token-of-the-persons-store',
};

/** The first line of a file that only its owner reads. */
export const privateLine = 'PRIVATE-LINE-OF-A-SECRET-FILE';

const name = 'adjutant.config.yaml';
const basic = 'store: file:.adjutant/adjutant.db\n';
const github = (more: string) =>
  `${basic}connectors:\n  github:\n    repositories: [acme/api]\n    writeToken: \${GITHUB_TOKEN}\n${more}`;

const text =
  (config: (place: HostilePlace) => string) =>
  (place: HostilePlace): void =>
    writeFileSync(join(place.clone, name), config(place));

/** A configuration that asks for much, and something else beside it. */
const beside =
  (more: (place: HostilePlace) => void, config = github('')) =>
  (place: HostilePlace): void => {
    writeFileSync(join(place.clone, name), config);
    more(place);
  };

function withStore({ clone }: HostilePlace, head: string, log?: string): void {
  mkdirSync(join(clone, '.adjutant'), { recursive: true });
  const path = join(clone, '.adjutant', 'adjutant.db');
  writeFileSync(path, head);
  if (log !== undefined) writeFileSync(`${path}-wal`, log);
}

export const hostileKinds: Readonly<Record<string, HostileKind>> = {
  'the write token by its name': { plant: text(() => github('')) },
  'a configuration in the folder above': {
    plant: ({ clone }) => writeFileSync(join(clone, '..', name), github('')),
  },
  'a link to a secret file': {
    plant: ({ clone, outside }) => symlinkSync(join(outside, 'private'), join(clone, name)),
  },
  'a link that leads nowhere': {
    plant: ({ clone, outside }) => symlinkSync(join(outside, 'none'), join(clone, name)),
  },
  'a link in a circle': { plant: ({ clone }) => symlinkSync(name, join(clone, name)) },
  'a linked folder of the store': {
    plant: beside(({ clone, outside }) => symlinkSync(outside, join(clone, '.adjutant')), basic),
  },
  'a linked store': {
    plant: beside(({ clone, outside }) => {
      mkdirSync(join(clone, '.adjutant'));
      symlinkSync(join(outside, 'own.db'), join(clone, '.adjutant', 'adjutant.db'));
    }, basic),
  },
  'a linked folder of rules': {
    plant: beside(({ clone, outside }) => symlinkSync(outside, join(clone, 'rules'))),
  },
  'a linked policy': {
    plant: beside(({ clone, outside }) =>
      symlinkSync(join(outside, 'private'), join(clone, 'adjutant.policy.yaml')),
    ),
  },
  'another case of its name': {
    isNone: true,
    plant: ({ clone }) => writeFileSync(join(clone, 'Adjutant.Config.YAML'), github('')),
  },
  'a blank before an address with a variable': {
    plant: text(({ host }) => `store: " http://${host}/\${AWS_SECRET_ACCESS_KEY}"\n`),
  },
  'capitals in an address with a variable': {
    plant: text(({ host }) => `store: "HTTP://${host}/\${AWS_SECRET_ACCESS_KEY}"\n`),
  },
  'a byte order mark': { plant: text(() => `\uFEFF${github('')}`) },
  'a mark inside an address': {
    plant: text(({ host }) => `store: "\uFEFFhttp://${host}/\${SECRET}"\n`),
  },
  'an anchor that carries a variable': {
    plant: text(
      ({ host }) => `store: &a "http://${host}/\${SECRET}"\nteams: [{ key: a, name: *a }]\n`,
    ),
  },
  'a merge key': {
    plant: text(
      ({ host }) =>
        `archive: false\n<<: { store: "http://${host}/", teams: [{ key: a, name: "\${SECRET}" }] }\n`,
    ),
  },
  'a key twice': { plant: text(({ host }) => `${basic}store: http://${host}/\n`) },
  'an alias bomb': {
    plant: text(
      () => `a: &a [${'x,'.repeat(50)}]\nb: &b [${'*a,'.repeat(50)}]\nc: [${'*b,'.repeat(50)}]`,
    ),
  },
  'nested brackets': { plant: text(() => '['.repeat(20_000)) },
  'a policy that allows everything': {
    plant: beside(({ clone }) =>
      writeFileSync(
        join(clone, 'adjutant.policy.yaml'),
        'actions:\n  issue.create: { mode: auto }\n',
      ),
    ),
  },
  'rules that propose': {
    plant: beside(({ clone }) => {
      mkdirSync(join(clone, 'rules'));
      writeFileSync(join(clone, 'rules', 'own.yaml'), 'id: own\n');
    }),
  },
  'a module of metrics by a relative name': {
    env: () => ({ ADJUTANT_METRICS: 'metrics.mjs' }),
    plant: beside(({ clone }) =>
      writeFileSync(
        join(clone, 'metrics.mjs'),
        `import { writeFileSync } from 'node:fs';\nwriteFileSync('ran', '');\nexport const a = 1;\n`,
      ),
    ),
  },
  'an .env file': {
    plant: beside(({ clone }) =>
      writeFileSync(
        join(clone, '.env'),
        `ADJUTANT_TRUSTED_CONFIG=${join(clone, name)}\nADJUTANT_METRICS=${join(clone, 'm.mjs')}\n`,
      ),
    ),
  },
  'a remote store': { plant: text(({ host }) => `store: http://${host}/\n`) },
  'a remote store in the variable of another': {
    env: ({ host }) => ({ ADJUTANT_STORE: `http://${host}/` }),
    plant: text(() => 'store: ${ADJUTANT_STORE}\n'),
  },
  'a secret as the store': { plant: text(() => 'store: ${AWS_SECRET_ACCESS_KEY}\n') },
  'a UNC path': { plant: text(() => 'store: \\\\127.0.0.1\\share\\a.db\n') },
  'a UNC path of a clone': {
    plant: text(() => `${basic}connectors: { git: { repositories: ["//127.0.0.1/share"] } }\n`),
  },
  'a file address with a host': { plant: text(({ host }) => `store: file://${host}/a.db\n`) },
  'an address with a user': {
    plant: text(({ host }) => `store: http://user:password@${host}/\n`),
  },
  'a host of its own for a token': {
    plant: text(({ host }) => github(`    token: \${GITHUB_TOKEN}\n    baseUrl: http://${host}\n`)),
  },
  'a provider of its own': {
    plant: text(
      ({ host }) =>
        `${basic}gateway: { host: 0.0.0.0, oidc: { issuer: "http://${host}", clientId: a, clientSecret: "\${SECRET}" } }\n`,
    ),
  },
  'an older store': { plant: beside((place) => withStore(place, 'SQLite format 3\0older')) },
  'a newer store': { plant: beside((place) => withStore(place, 'SQLite format 3\0newer')) },
  'a store with a log of another': {
    plant: beside((place) => withStore(place, 'SQLite format 3\0', 'another log')),
  },
  'a store that is a folder': {
    plant: beside(({ clone }) =>
      mkdirSync(join(clone, '.adjutant', 'adjutant.db'), { recursive: true }),
    ),
  },
  'a pipe as configuration': {
    plant: ({ clone }) => execFileSync('mkfifo', [join(clone, name)]),
  },
  'a pipe as policy': {
    plant: beside(({ clone }) => execFileSync('mkfifo', [join(clone, 'adjutant.policy.yaml')])),
  },
  'a folder as configuration': {
    isNone: true,
    plant: ({ clone }) => mkdirSync(join(clone, name)),
  },
  'a huge configuration': { plant: text(() => `${basic}${'# \n'.repeat(500_000)}`) },
  'a store outside': { plant: text(({ outside }) => `store: ${outside}/new.db\n`) },
  'a store outside by steps': {
    plant: text(() => 'store: file:../outside/%2e%2e/outside/new.db\n'),
  },
  'checkpoints outside': {
    plant: text(
      ({ outside }) => `${basic}checkpoints: { to: ${outside}, key: ${outside}/key.pem }\n`,
    ),
  },
  'an archive outside': { plant: text(({ outside }) => `${basic}archive: ${outside}\n`) },
  'a secret as the name of a team': {
    plant: text(() => `${basic}teams: [{ key: a, name: "\${SECRET}" }]\n`),
  },
  'a secret as a key': { plant: text(() => `${basic}signals: { params: { "\${SECRET}": {} } }\n`) },
  'a configuration of another user': {
    needsRoot: true,
    plant: (place) => {
      text(() => github(''))(place);
      chownSync(join(place.clone, name), 12_345, 12_345);
    },
  },
  'a folder above that everybody may write': {
    plant: (place) => {
      text(() => github(''))(place);
      chmodSync(join(place.clone, '..'), 0o777);
    },
  },
  'the name of a demo': {
    plant: (place) => {
      const inner = join(place.clone, 'adjutant-demo-x');
      mkdirSync(inner);
      writeFileSync(join(inner, name), github(''));
      renameSync(join(inner, name), join(place.clone, name));
      rmSync(inner, { recursive: true });
    },
  },
};
