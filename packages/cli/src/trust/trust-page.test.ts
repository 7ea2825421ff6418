import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { expect, test } from 'vitest';
import { configSchema } from '../config/config-schema.ts';
import { thisUser } from '../config/checked-file.ts';
import { capabilitiesOf, capabilityKinds, grownBy, growthOf, lostGuards } from './capabilities.ts';
import { kindTitles, trustText } from './trust-text.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/concepts/trust.md'), 'utf8');

test('the page has one row for each kind of capability, and each has a title', () => {
  const rows = [...page.matchAll(/^\| `([\w-]+)` +\|/gm)].map(([, kind]) => kind);
  expect(rows).toEqual([...capabilityKinds]);
  expect(Object.keys(kindTitles)).toEqual([...capabilityKinds]);
});

/** Places of the file that a person is not asked about, each with why. */
const harmless: Readonly<Record<string, string>> = {
  'connectors.git.defaultBranch': 'what of a clone is read',
  'connectors.git.deployments.environment': 'a name in figures',
  'connectors.git.deployments.tags': 'a name in figures',
  'connectors.git.documents': 'what of a clone is read',
  'connectors.git.since': 'what of a clone is read',
  'connectors.github.app.appId': 'a public number',
  'connectors.github.app.installationId': 'a public number',
  'connectors.github.deploymentSources': 'what counts in figures',
  'connectors.github.deploymentTags': 'what counts in figures',
  'connectors.github.documents': 'what of a repository is read that is named',
  'connectors.github.productionEnvironments': 'what counts in figures',
  'connectors.github.since': 'how far back what is named is read',
  'connectors.github.workflows.*': 'what counts in figures',
  'connectors.github.workflows.*.environment': 'what counts in figures',
  'connectors.github.workflows.*.jobs': 'what counts in figures',
  'connectors.github.workflows.*.workflow': 'what counts in figures',
  'connectors.jira.linkWords.blocks': 'what counts in figures',
  'connectors.jira.linkWords.duplicates': 'what counts in figures',
  'connectors.jira.linkWords.relates': 'what counts in figures',
  'connectors.jira.pointsField': 'what counts in figures',
  'connectors.jira.since': 'how far back what is named is read',
  'connectors.pagerduty.since': 'how far back what is named is read',
  'connectors.slack.blockerWords': 'what counts in figures',
  'connectors.slack.since': 'how far back what is named is read',
  'connectors.slack.watchDays': 'how long what is named is looked at again',
  'connectors.slack.weeklyReport.at': 'when, not what',
  'connectors.slack.weeklyReport.weekday': 'when, not what',
  'checkpoints.cron': 'when, not what',
  'flow.activeStatuses': 'what counts in figures',
  'gateway.oidc.clientId': 'a public name at a provider that is named',
  'gateway.oidc.name': 'a label',
  'gateway.oidc.scopes': 'what is asked of a provider that is named',
  'people.accounts': 'who is who in figures; no right follows it',
  'people.name': 'who is who in figures; no right follows it',
  rollups: 'figures',
  'signals.off': 'what is shown',
  'signals.params.*.*': 'what is shown',
  'teams.key': 'what is shown',
  'teams.name': 'what is shown',
  'teams.repositories': 'what is shown',
  timeZone: 'figures',
};

/** Of each other place a value that is allowed there; with it, more may be done than without. */
const acting: Readonly<Record<string, unknown>> = {
  store: 'other.db',
  archive: 'elsewhere',
  'checkpoints.to': 'elsewhere',
  'checkpoints.key': 'key.pem',
  'connectors.git.repositories': ['elsewhere'],
  'connectors.github.repositories': ['a/b', 'c/d'],
  'connectors.github.organization': 'c',
  'connectors.github.select': ['c-*'],
  'connectors.github.copilotUsage': true,
  'connectors.jira.projects': ['B', 'C'],
  'connectors.pagerduty.services': ['C'],
  'connectors.slack.channels': ['b', 'c'],
  'connectors.github.commandWords': ['merge'],
  'connectors.github.token': '${A}',
  'connectors.github.writeToken': '${A}',
  'connectors.github.app.privateKey': '${A}',
  'connectors.github.webhookSecret': '${A}',
  'connectors.github.baseUrl': 'https://a.example.com',
  'connectors.github.webhookUrl': 'https://a.example.com',
  'connectors.github.nonDeployingWorkflows.*': ['ci.yml'],
  'connectors.github.workflows.*.deploys': [{ workflow: 'ci.yml', deploys: false }],
  'connectors.jira.site': 'https://a.example.com',
  'connectors.jira.email': '${A}',
  'connectors.jira.token': '${A}',
  'connectors.jira.writeEmail': '${A}',
  'connectors.jira.writeToken': '${A}',
  'connectors.jira.webhookSecret': '${A}',
  'connectors.jira.webhookJwtSecret': '${A}',
  'connectors.jira.lookUpAddresses': true,
  'connectors.pagerduty.baseUrl': 'https://a.example.com',
  'connectors.pagerduty.eventsUrl': 'https://a.example.com',
  'connectors.pagerduty.token': '${A}',
  'connectors.pagerduty.routingKey': '${A}',
  'connectors.pagerduty.webhookSecret': '${A}',
  'connectors.slack.baseUrl': 'https://a.example.com',
  'connectors.slack.token': '${A}',
  'connectors.slack.writeToken': '${A}',
  'connectors.slack.signingSecret': '${A}',
  'connectors.slack.approvals.channel': 'team',
  'connectors.slack.approvals.signingSecret': '${A}',
  'connectors.slack.approvals.pageUrl': 'https://a.example.com',
  'connectors.slack.weeklyReport.channel': 'team',
  'connectors.events.webhookSecret': '${A}',
  'signals.rules': 'elsewhere',
  'signals.propose': ['rule'],
  'gateway.origin': 'https://a.example.com',
  'gateway.host': '0.0.0.0',
  'gateway.proxy.trusted': ['192.0.2.1'],
  'gateway.proxy.header': 'x-real-ip',
  'gateway.oidc.issuer': 'https://a.example.com',
  'gateway.oidc.clientSecret': '${A}',
  'gateway.oidc.people.*': 'owner:default',
  'gateway.oauth.issuer': 'https://a.example.com',
  'gateway.oauth.people.*': 'owner:default',
  'retention.*': 7,
};

const nodeSchema = z.object({
  properties: z.record(z.string(), z.unknown()).optional(),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  allOf: z.array(z.unknown()).optional(),
});

/** Every place of the schema that holds a value and nothing below it. */
function leavesOf(value: unknown, path: readonly string[]): string[] {
  const parsed = nodeSchema.safeParse(value);
  if (!parsed.success) return [];
  const { properties, additionalProperties, items, anyOf = [], allOf = [] } = parsed.data;
  const isOpen = typeof additionalProperties === 'object';
  const below = [
    ...Object.entries(properties ?? {}).flatMap(([key, each]) => leavesOf(each, [...path, key])),
    ...(isOpen ? leavesOf(additionalProperties, [...path, '*']) : []),
    ...(items === undefined ? [] : leavesOf(items, path)),
    ...[...anyOf, ...allOf].flatMap((each) => leavesOf(each, path)),
  ];
  return below.length > 0 ? below : [path.join('.')];
}

const leaves = [...new Set(leavesOf(z.toJSONSchema(configSchema, { io: 'input' }), []))].toSorted();

test('each place of the configuration is one that a person is asked about, or harmless for a reason', () => {
  const known = [...Object.keys(harmless), ...Object.keys(acting)].toSorted();
  expect(leaves).toEqual(known);
});

/** What has to stand beside a place, so that the file is valid. */
function around(path: readonly string[]): Record<string, unknown> {
  const secret = { webhookSecret: '${B}' };
  const oidc = { issuer: 'https://b.example.com', clientId: 'b' };
  const all: Record<string, unknown> = {
    github: {
      connectors: {
        github: {
          repositories: ['a/b'],
          ...(path[2] === 'app' ? { app: { appId: 1, installationId: 1 } } : {}),
          ...(path[2] === 'select' ? { organization: 'c' } : {}),
        },
      },
    },
    jira: { connectors: { jira: { site: 'https://b.example.com', projects: ['B'] } } },
    pagerduty: { connectors: { pagerduty: {} } },
    slack: {
      connectors: {
        slack: {
          channels: ['b'],
          ...(path[2] === 'approvals' && path[3] !== 'channel'
            ? { approvals: { channel: 'b' } }
            : {}),
        },
      },
    },
    events: { connectors: { events: secret } },
    oidc: { gateway: { origin: 'https://b.example.com', oidc } },
    proxy: { gateway: { proxy: { trusted: ['192.0.2.9'] } } },
    oauth: { gateway: { origin: 'https://b.example.com', oauth: { issuer: oidc.issuer } } },
    ...(path.includes('key') ? { checkpoints: { checkpoints: { to: 'b' } } } : {}),
  };
  const found = path.map((step) => all[step]).find((each) => each !== undefined);
  return structuredClone((found ?? {}) as Record<string, unknown>);
}

/**
 * Of the places that are asked about, those that guard: without them more could happen than with them.
 * Of each other one that is gone less is done.
 */
const guarding: ReadonlySet<string> = new Set([
  'connectors.github.commandWords',
  'checkpoints.to',
  'retention.*',
]);

/** A configuration without a value at a place, and with it. */
function withAndWithout(place: string, value: unknown) {
  // One of a list, so its value is the list.
  const path = place
    .replace('workflows.*.deploys', 'workflows.*')
    .split('.')
    .map((step) => (step === '*' ? (place.startsWith('retention') ? 'reports' : 'name') : step));
  const before = around(path);
  const after = structuredClone(before);
  path.slice(0, -1).reduce<Record<string, unknown>>((here, step) => {
    here[step] ??= {};
    return here[step] as Record<string, unknown>;
  }, after)[path.at(-1) ?? ''] = value;
  const of = (config: unknown) =>
    capabilitiesOf({ config: configSchema.parse(config), folder: '/nowhere', owner: thisUser() });
  return { without: of(before), having: of(after) };
}

test.each(Object.entries(acting))('%s is asked about', (place, value) => {
  const { without, having } = withAndWithout(place, value);
  // One that only guards does no harm by coming.
  const onlyGuards = having.every(
    (each) => each.kind === 'guard' || grownBy([each], without).length === 0,
  );
  expect(growthOf(having, without).length > 0).toBe(!onlyGuards);
  expect(having).not.toEqual(without);
});

test.each(Object.entries(acting))(
  '%s that is gone is asked about where it guards',
  (place, value) => {
    const { without, having } = withAndWithout(place, value);
    expect(lostGuards(without, having).length > 0).toBe(guarding.has(place));
    if (guarding.has(place)) expect(growthOf(without, having)).not.toEqual([]);
  },
);

test('a guard that was taken away is asked about again, and one that is added is not', () => {
  const words = (commandWords: string[]) =>
    withAndWithout('connectors.github.commandWords', commandWords).having;
  expect(growthOf(words(['a']), words(['a', 'b']))).toMatchObject([{ kind: 'guard' }]);
  expect(growthOf(words(['a', 'b']), words(['a']))).toEqual([]);
});

test.each([3, 500, 10_000])(
  'of %s points of each kind the last lines name or count what reaches outside',
  (count) => {
    const points = capabilityKinds.flatMap((kind) =>
      Array.from({ length: count }, (_, at) => ({
        kind,
        what: `${kind}-${at}-${'x'.repeat(at % 900)}`,
      })),
    );
    const config = configSchema.parse({});
    const read = {
      path: '/nowhere/a.yaml',
      folder: '/nowhere',
      config,
      variables: [],
      capabilities: points,
      isNamed: false,
    };
    for (const record of [
      null,
      { version: 1 as const, path: read.path, trustedAt: 0, capabilities: [] },
    ]) {
      const lines = trustText(read, { record, grown: points }).split('\n');
      const last = lines.slice(-20).join('\n');
      for (const kind of ['contact', 'credential', 'change'] as const) {
        expect(last).toContain(kindTitles[kind]);
        for (let at = 0; at < 3; at += 1) expect(last).toContain(`${kind}-${at}-`);
        if (count > 3) expect(last).toContain(`and ${count - 3} more: adjutant trust --all`);
      }
      expect(lines.at(-1)).toMatch(
        new RegExp(`hosts ${count}.*credentials ${count}.*changes outside ${count}`),
      );
      expect(lines.length).toBeLessThan(200);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(500);
    }
  },
);
