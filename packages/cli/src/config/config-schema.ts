import { z } from 'zod';
import { eventsSchema } from './events-schema.ts';
import { gatewaySchema } from './gateway-schema.ts';
import { githubSchema } from './github-schema.ts';
import { jiraSchema } from './jira-schema.ts';
import { pagerdutySchema } from './pagerduty-schema.ts';
import { pathSchema, storeSchema } from './place-schema.ts';
import { retentionSchema } from './retention-schema.ts';
import { slackSchema } from './slack-schema.ts';

const nonEmpty = z.string().trim().min(1, 'must not be empty').max(1_000, 'is too long');

const deploymentsSchema = z.strictObject({
  tags: nonEmpty,
  environment: nonEmpty.default('production'),
});

/** The address of a remote may carry a password, which must not travel on as the name of a folder. */
const folderSchema = pathSchema.refine((path) => !/^[a-z][a-z0-9+.-]+:/i.test(path), {
  message: 'is an address; name a folder of this machine',
});

const gitSchema = z.strictObject({
  repositories: z.array(folderSchema).min(1, 'names no repository').max(10_000),
  deployments: deploymentsSchema.optional(),
  /** The branch that changes are merged into, where the clone does not tell. */
  defaultBranch: nonEmpty.optional(),
  /** Which files are read as documents; READMEs, documentation, runbooks and decisions unless told. */
  documents: z.union([z.boolean(), z.array(nonEmpty.max(200)).min(1).max(100)]).optional(),
  /** Leaves out history from before this day. */
  since: z.iso.date('is written as a day, such as 2026-01-31').optional(),
});

const teamSchema = z.strictObject({
  key: nonEmpty.regex(/^[a-z0-9][a-z0-9._-]*$/i, 'may hold letters, digits, ".", "_" and "-"'),
  name: nonEmpty,
  repositories: z.array(nonEmpty).default([]),
});

const accountSchema = nonEmpty.regex(
  /^[a-z][a-z0-9-]*:.+$/,
  'is written "source:id", such as git:ada@example.com',
);

const personSchema = z.strictObject({ name: nonEmpty, accounts: z.array(accountSchema).min(1) });

/** Where `serve` puts checkpoints of the ledger, so that nobody can rewrite it unseen. */
const checkpointsSchema = z.strictObject({
  to: folderSchema,
  /** When, beside the start and the end: five fields, in UTC. */
  cron: nonEmpty.optional(),
  /** The signing key; one in the user's data folder unless named. */
  key: pathSchema.optional(),
});

const flowSchema = z.strictObject({
  /** The statuses in which somebody works on an item; in all others it waits. */
  activeStatuses: z.array(nonEmpty).min(1, 'names no status').max(100),
});

const ruleIdsSchema = z.array(nonEmpty).max(500);

/** What rules find: which of them run, and with what. */
const signalsSchema = z.strictObject({
  /** The folder of rules in YAML; `rules` beside this file, where there is one, unless told. */
  rules: folderSchema.optional(),
  /** Thresholds by rule. */
  params: z.record(nonEmpty, z.record(nonEmpty, z.unknown())).optional(),
  /** Rules that are not run. */
  off: ruleIdsSchema.optional(),
  /** Rules whose first suggestion is proposed as an action when something is found. */
  propose: ruleIdsSchema.optional(),
});

/** The form of adjutant.config.yaml. */
export const configSchema = z.strictObject({
  store: storeSchema.default('file:.adjutant/adjutant.db'),
  connectors: z
    .strictObject({
      git: gitSchema.optional(),
      github: githubSchema.optional(),
      jira: jiraSchema.optional(),
      pagerduty: pagerdutySchema.optional(),
      slack: slackSchema.optional(),
      events: eventsSchema.optional(),
    })
    .default({}),
  teams: z.array(teamSchema).default([]),
  people: z.array(personSchema).default([]),
  flow: flowSchema.optional(),
  /** Weekly values of every metric with each sync, for dashboards that read them by SQL. */
  rollups: z.boolean().optional(),
  /** The zone of days and weeks, such as Europe/Berlin; UTC unless told. */
  timeZone: nonEmpty.optional(),
  checkpoints: checkpointsSchema.optional(),
  /** For how many days each class of rows is kept; `kept` for ever. */
  retention: retentionSchema.optional(),
  /** The folder that rows go to before they are purged; beside the store unless told, false for nowhere. */
  archive: z.union([folderSchema, z.literal(false)]).optional(),
  signals: signalsSchema.optional(),
  gateway: gatewaySchema.optional(),
});
export type Config = z.infer<typeof configSchema>;
